/*
 * Runs in the page, in a world of its own, when the reader asks: writes the page down as it stands on the screen.
 * Shadow roots are opened, pictures get the address they are shown from, scripts, styles and what was typed into forms
 * stay behind. Nothing in the page is changed.
 */
(() => {
  /** Bounds: characters of the whole, depth, pictures taken along and their bytes, dots of one that is copied from the screen, and how long is waited for them (ms). */
  const most = { text: 29_000_000, depth: 1_500, frames: 3, pictures: 60, picture: 3_000_000, allPictures: 12_000_000, copied: 40_000_000, wait: 8_000 };

  const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'link', 'meta', 'param', 'source', 'track', 'wbr']);
  const left = new Set(['canvas', 'style', 'template', 'input', 'textarea', 'select', 'option', 'optgroup', 'datalist', 'output', 'object', 'applet', 'frame', 'frameset', 'portal']);
  const addresses = new Set(['href', 'src', 'poster', 'cite', 'data-src', 'data-original']);
  /** Where lazy pictures keep their real address until a script comes. */
  const lazy = /^(?:data-(?:src|srcset|original|lazy.*|actualsrc|echo|url|image|img|hi-res-src|full-src|orig-file|large-file|ks-lazyload)|_src|original|file|zoomfile|lazysrc|lay-src|loading|sizes)$/i;
  const secretMeta = /csrf|xsrf|token|nonce|session|verification/i;
  const wholes = 'pre,ul,ol,dl,table,blockquote,figure';

  /**
   * A page's own names, of a form's fields or of pictures, stand before what the browser calls so: a form with a field named
   * `attributes` has no others, a page with a picture named `body` no body. Asked of the prototype they are what they are. @template T @param {object} prototype @param {string} name @returns {(of: Node) => T}
   */
  const plain = (prototype, name) => (of) => Object.getOwnPropertyDescriptor(prototype, name)?.get?.call(of);
  const childrenOf = /** @type {(of: Node) => NodeListOf<ChildNode>} */ (plain(Node.prototype, 'childNodes'));
  const page = {
    /** @type {HTMLElement} */ root: plain(Document.prototype, 'documentElement')(document),
    /** @type {HTMLHeadElement | null} */ head: plain(Document.prototype, 'head')(document),
    /** @type {HTMLElement} */ body: plain(Document.prototype, 'body')(document),
    /** @type {string} */ title: plain(Document.prototype, 'title')(document),
  };

  /** @param {string} text */
  const escapeText = (text) => text.replaceAll('&', '&amp;').replaceAll('\u00a0', '&nbsp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  /** @param {string} text */
  const escapeValue = (text) => text.replaceAll('&', '&amp;').replaceAll('\u00a0', '&nbsp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

  /** @param {string} value @param {string} base */
  function absolute(value, base) {
    // A place in the page itself stays one: footnotes live by it.
    if (value.startsWith('#') || value.trim() === '') return value;
    return URL.parse(value, base)?.href ?? value;
  }

  /** The open root of an element; browsers show extensions closed ones too, and the reader sees what is in them. @param {Element} element */
  function rootOf(element) {
    if (element instanceof HTMLFormElement) return null;
    if (element.shadowRoot !== null) return element.shadowRoot;
    if (!element.localName.includes('-')) return null;
    // Chromium has a function for it, Firefox a property that pages do not see.
    const way = typeof chrome === 'undefined' ? undefined : chrome.dom;
    return way?.openOrClosedShadowRoot(element) ?? element.openOrClosedShadowRoot ?? null;
  }

  /** What an image is shown from, when it is there; null while only something holds its room. @param {HTMLImageElement} image */
  function shownFrom(image) {
    if (image.currentSrc === '' || image.naturalWidth <= 2) return null;
    return /^data:image\/(?:gif|svg)/i.test(image.currentSrc) && image.currentSrc.length < 1_500 ? null : image.currentSrc;
  }

  /**
   * Writes nodes down. `pictures` are addresses to be taken from the page itself; `range` limits what is written.
   * @param {Map<string, string>} pictures
   * @param {Range | null} range
   */
  function createWriter(pictures, range) {
    /** @type {string[]} */
    const out = [];
    let size = 0;
    const put = (/** @type {string} */ text) => {
      size += text.length;
      if (size > most.text) throw new Error('too large');
      out.push(text);
    };

    /** @param {Node} node @param {number} depth */
    function write(node, depth) {
      if (range !== null && !range.intersectsNode(node)) return;
      if (node instanceof HTMLFormElement) {
        // On some sites it is the whole page: what it holds is written, and nothing asked of itself.
        put('<form>');
        if (depth <= most.depth) for (const child of childrenOf(node)) write(child, depth + 1);
        return put('</form>');
      }
      if (node.nodeType === Node.TEXT_NODE) return put(escapeText(textIn(/** @type {Text} */ (node))));
      if (node.nodeType !== Node.ELEMENT_NODE) return;
      const element = /** @type {Element} */ (node);
      const name = element.localName;
      if (left.has(name) || (name === 'script' && !isKeptScript(element))) return;
      if (name === 'meta' && secretMeta.test(`${element.getAttribute('name') ?? ''} ${element.getAttribute('property') ?? ''}`)) return;
      if (name === 'link' && !/\b(?:canonical|alternate|next|prev|icon|author|license|amphtml)\b/i.test(element.getAttribute('rel') ?? '')) return;
      if (name === 'noscript' && !/<(?:img|picture)\b/i.test(element.textContent ?? '')) return;
      if (depth > most.depth) return put(escapeText(element.textContent ?? ''));
      if (name === 'iframe' && writeFrame(/** @type {HTMLIFrameElement} */ (element), depth)) return;
      if (name === 'slot' && element.getRootNode() instanceof ShadowRoot) return writeSlot(/** @type {HTMLSlotElement} */ (element), depth);
      put(`<${name}${attributes(element)}>`);
      if (empty.has(name)) return;
      if (name === 'script' || name === 'noscript') put((element.textContent ?? '').replaceAll(/<\/(?=script|noscript)/gi, '<\\/'));
      else {
        // The parser takes away a line feed that follows these at once.
        if ((name === 'pre' || name === 'listing') && element.textContent?.startsWith('\n') === true) put('\n');
        for (const child of (rootOf(element) ?? element).childNodes) write(child, depth + 1);
      }
      put(`</${name}>`);
    }

    /** @param {HTMLSlotElement} slot @param {number} depth */
    function writeSlot(slot, depth) {
      const given = slot.assignedNodes();
      for (const child of given.length > 0 ? given : slot.childNodes) write(child, depth + 1);
    }

    let frames = 0;
    /** A frame of the page's own site with text to read is part of what the reader sees. @param {HTMLIFrameElement} frame @param {number} depth */
    function writeFrame(frame, depth) {
      let inner;
      try {
        inner = frame.contentDocument?.body ?? null;
      } catch {
        return false;
      }
      if (inner === null || frames >= most.frames || frame.offsetHeight < 100 || (inner.textContent ?? '').trim().length < 200) return false;
      frames += 1;
      put('<div>');
      for (const child of inner.childNodes) write(child, depth + 1);
      put('</div>');
      return true;
    }

    /** @param {Text} text */
    function textIn(text) {
      if (range === null) return text.data;
      const from = text === range.startContainer ? range.startOffset : 0;
      const to = text === range.endContainer ? range.endOffset : text.length;
      return text.data.slice(from, to);
    }

    /** @param {Element} element */
    function attributes(element) {
      const base = element.ownerDocument.baseURI;
      const image = element instanceof HTMLImageElement || element.localName === 'img' ? /** @type {HTMLImageElement} */ (element) : null;
      const shown = image === null ? null : shownFrom(image);
      const taken = shown === null ? undefined : pictures.get(shown);
      const inPicture = element.localName === 'source' && element.parentElement?.localName === 'picture' ? element.parentElement.querySelector('img') : null;
      // Its picture was taken along: other candidates must not be chosen over it.
      if (inPicture !== null && pictures.has(shownFrom(inPicture) ?? '')) return '';
      let text = '';
      for (const { name, value } of element.attributes) {
        if (/^on|^nonce$|^srcdoc$|^value$|^integrity$/i.test(name)) continue;
        if (shown !== null && (name === 'src' || lazy.test(name) || (name === 'srcset' && taken !== undefined))) continue;
        const written = addresses.has(name) ? absolute(value, base) : name === 'srcset' || name === 'data-srcset' ? absoluteSet(value, base) : value;
        text += ` ${name}="${escapeValue(written)}"`;
      }
      if (shown !== null) text += ` src="${escapeValue(taken ?? shown)}"`;
      if (image !== null && shown !== null && !image.hasAttribute('width') && image.width > 0) text += ` width="${image.width}" height="${image.height}"`;
      return text;
    }

    return { write, put, text: () => out.join('') };
  }

  /** @param {string} set @param {string} base */
  function absoluteSet(set, base) {
    return set.replaceAll(/(^|,\s+|,(?=\S+\s[\d.]+[wx]))\s*([^\s,]\S*)/g, (_all, /** @type {string} */ gap, /** @type {string} */ url) => `${gap}${absolute(url, base)}`);
  }

  /** Data about the article and formulas in their source; programs stay behind. @param {Element} element */
  function isKeptScript(element) {
    return /^(?:application\/ld\+json|math\/)/i.test(element.getAttribute('type') ?? '');
  }

  /** Every image in a tree, in open roots and in the page's own frames too. @param {Document | ShadowRoot} root @returns {HTMLImageElement[]} */
  function imagesIn(root) {
    /** @type {HTMLImageElement[]} */
    const found = [];
    for (const element of (root === document ? page.root : root).querySelectorAll('*')) {
      if (element instanceof HTMLFormElement) continue;
      if (element.localName === 'img') found.push(/** @type {HTMLImageElement} */ (element));
      const inner = rootOf(element);
      if (inner !== null) found.push(...imagesIn(inner));
    }
    return found;
  }

  /** A host in a private network, which Lectern does not ask on a page's word. */
  const near = /^(?:localhost|.*\.(?:local|localhost|lan|home|internal|intranet|corp)|[^.]+|\[.*\]|\d+(?:\.\d+){3})$/i;

  /**
   * Pictures that only this browser can get, as `data:` addresses: made by the page itself, or refused without the
   * reader's cookies. All others Lectern fetches.
   * @param {HTMLImageElement[]} images
   */
  async function takePictures(images) {
    const stop = AbortSignal.timeout(most.wait);
    /** @type {Map<string, string>} */
    const taken = new Map();
    let bytes = 0;
    const wanted = new Map(images.filter((image) => image.naturalWidth > 48).map((image) => [shownFrom(image) ?? '', image]));
    const own = [...wanted].filter(([url]) => url.startsWith('blob:') || (/^https?:/.test(url) && URL.parse(url)?.origin === location.origin)).slice(0, most.pictures);
    await Promise.all(
      own.map(async ([url, image]) => {
        try {
          const blob = await blobOf(url, image, stop);
          if (blob === null) return;
          // Drawings and animations in `data:` addresses are mostly placeholders, and extractors take them for that.
          if (!/^image\/(?!svg|gif)/.test(blob.type) || blob.size > most.picture || bytes + blob.size > most.allPictures) return;
          bytes += blob.size;
          taken.set(url, await dataAddress(blob));
        } catch {
          // Then Lectern tries, and says what it could not get.
        }
      }),
    );
    return taken;
  }

  /** A picture's bytes; null for one that Lectern can get itself. @param {string} url @param {HTMLImageElement} image @param {AbortSignal} stop */
  async function blobOf(url, image, stop) {
    try {
      if (!url.startsWith('blob:') && !near.test(location.hostname) && (await isPublic(url, stop))) return null;
      return await (await fetch(url, { signal: stop, cache: 'force-cache', credentials: 'same-origin' })).blob();
    } catch {
      // Firefox holds us to the page's own policy, which may forbid to ask: what is on the screen is copied from there.
      return copyOf(url, image);
    }
  }

  let copying = /** @type {Promise<Blob | null>} */ (Promise.resolve(null));
  /** @param {string} url @param {HTMLImageElement} image @returns {Promise<Blob | null>} */
  function copyOf(url, image) {
    if (/\.(?:svg|gif)(?:$|[?#])/i.test(url) || image.naturalWidth * image.naturalHeight > most.copied) return Promise.resolve(null);
    // One after the other: each takes four bytes for every dot, and a page may have sixty.
    copying = copying.then(() => copyNow(image)).catch(() => null);
    return copying;
  }

  /** @param {HTMLImageElement} image @returns {Promise<Blob | null>} */
  function copyNow(image) {
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    return new Promise((done) => canvas.toBlob(done, 'image/webp', 0.9));
  }

  /** @param {string} url @param {AbortSignal} stop */
  async function isPublic(url, stop) {
    const response = await fetch(url, { method: 'HEAD', credentials: 'omit', cache: 'no-store', signal: stop });
    return response.ok && (response.headers.get('content-type') ?? '').startsWith('image/');
  }

  /** @param {Blob} blob @returns {Promise<string>} */
  function dataAddress(blob) {
    return new Promise((done, fail) => {
      const reader = new FileReader();
      reader.addEventListener('load', () => done(String(reader.result)));
      reader.addEventListener('error', () => fail(reader.error));
      reader.readAsDataURL(blob);
    });
  }

  /** @returns {Range[]} what is selected, if it is more than a place */
  function selectedRanges() {
    const selection = getSelection();
    if (selection === null || selection.isCollapsed) return [];
    return Array.from({ length: selection.rangeCount }, (_each, at) => selection.getRangeAt(at)).filter((range) => !range.collapsed);
  }

  /** @param {'page' | 'selection'} part */
  async function capture(part) {
    const ranges = part === 'selection' ? selectedRanges() : [];
    if (part === 'selection' && ranges.length === 0) throw new Error('nothing is selected');
    const images = imagesIn(document).filter((image) => part === 'page' || ranges.some((range) => range.intersectsNode(image)));
    const pictures = await takePictures(images);
    const writer = createWriter(pictures, null);
    const { root } = page;
    writer.put(`<!doctype html>\n<html${['lang', 'dir'].map((name) => (root.hasAttribute(name) ? ` ${name}="${escapeValue(root.getAttribute(name) ?? '')}"` : '')).join('')}>`);
    if (page.head !== null) writer.write(page.head, 0);
    if (part === 'page') writer.write(page.body, 0);
    else {
      writer.put('<body>');
      for (const range of ranges) writer.put(rangeText(range, pictures));
      writer.put('</body>');
    }
    writer.put('</html>');
    return { url: location.href, title: page.title.slice(0, 500), html: writer.text() };
  }

  /** What a range holds, inside the list, table or listing it is part of. @param {Range} range @param {Map<string, string>} pictures */
  function rangeText(range, pictures) {
    const common = range.commonAncestorContainer;
    const box = common.nodeType === Node.ELEMENT_NODE ? /** @type {Element} */ (common) : common.parentElement;
    const writer = createWriter(pictures, range);
    const whole = box?.closest(wholes) ?? null;
    if (whole !== null) writer.write(whole, 0);
    else if (box === page.body || box === page.root) for (const child of childrenOf(page.body)) writer.write(child, 0);
    else if (box !== null) writer.write(box, 0);
    return writer.text();
  }

  window.lecternPage = { selected: () => selectedRanges().length > 0, capture };
})();
