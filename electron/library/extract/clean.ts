import { attr, fromAside, isElement, isHtml, isMath, isText, parsePart, type Aside, type Element, type Node, type Parent } from './tree.ts';

/*
 * The allow-list: what stored article HTML may be made of. Output is written anew from the parsed tree, so nothing that
 * is not named here can be in it, whatever the input was.
 */

/** Kept as they are. */
const kept = new Set(
  ('a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p ' +
    'pre q rb rp rt rtc ruby s samp small strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr').split(' '),
);
/** Kept under another name. */
const renamed: Record<string, string> = {
  article: 'div', section: 'div', main: 'div', header: 'div', footer: 'div', aside: 'div', nav: 'div', center: 'div', address: 'p', hgroup: 'div',
  strike: 's', tt: 'code', big: 'b', listing: 'pre', xmp: 'pre', dir: 'ul', menu: 'ul', acronym: 'abbr',
};
/** Dropped with everything in them; any other unknown element only loses its tag. */
const dropped = new Set(
  ('script style template noscript iframe frame frameset noframes object embed applet param form input button select option optgroup textarea datalist output ' +
    'base meta link title head canvas audio video source track map area dialog portal fencedframe noembed plaintext svg').split(' '),
);
const math = new Set(
  ('math mrow mi mo mn ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts ' +
    'none mtable mtr mlabeledtr mtd semantics').split(' '),
);
const mathAttributes = new Set(
  ('display displaystyle scriptlevel mathvariant stretchy fence separator lspace rspace accent accentunder movablelimits largeop symmetric minsize maxsize form ' +
    'linethickness numalign denomalign rowspan columnspan rowalign columnalign rowspacing columnspacing width height depth voffset notation open close dir').split(' '),
);
const voids = new Set(['br', 'col', 'hr', 'img', 'wbr']);
const listTypes = new Set(['1', 'a', 'A', 'i', 'I']);
/** A fragment outgrowing this was built to; the article ends there. */
const maxOutput = 32_000_000;

/** Rebuilds untrusted HTML from the allow-list. Addresses are made absolute against `base`; those that cannot be, or are not http(s), go. */
export function sanitise(html: string, base: string | null): string {
  const aside: Aside = [];
  return sanitiseNodes(parsePart(html, aside).childNodes, base, aside);
}

/** The same for a tree already parsed; `aside` holds the long `data:` addresses taken out of it. */
export function sanitiseNodes(nodes: Node[], base: string | null, aside: Aside): string {
  const out: string[] = [];
  let size = 0;
  const write = (text: string): void => {
    size += text.length;
    if (size <= maxOutput) out.push(text);
  };
  for (const node of nodes) if (!isBlank(node)) writeNode(node, write, { base, aside, math: false, pre: false });
  return out.join('');
}

type Write = (text: string) => void;
type Where = { base: string | null; aside: Aside; math: boolean; pre: boolean };

function writeNode(node: Node, write: Write, where: Where): void {
  if (isText(node)) write(escapeText(node.value));
  else if (isElement(node)) {
    if (isHtml(node) && !where.math) writeHtml(node, write, where);
    else if (isMath(node)) writeMath(node, write, where);
    else if (where.math) writeChildren(node, write, where);
  }
}

/** White space between blocks is only the source's layout. */
const isBlank = (node: Node): boolean => isText(node) && /^[ \t\r\n\f]*$/.test(node.value);
const layout = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup', 'ul', 'ol', 'dl', 'blockquote', 'figure', 'details']);

function writeChildren(parent: Parent, write: Write, where: Where): void {
  const skipsBlank = !where.pre && layout.has(parent.nodeName);
  for (const child of parent.childNodes) if (!skipsBlank || !isBlank(child)) writeNode(child, write, where);
}

function writeHtml(element: Element, write: Write, where: Where): void {
  const tag = renamed[element.tagName] ?? element.tagName;
  if (dropped.has(tag)) return;
  if (!kept.has(tag)) return writeChildren(element, write, where);
  const attributes = allowedAttributes(tag, element, where);
  if (attributes === null) return;
  write(`<${tag}${attributes}>`);
  if (voids.has(tag)) return;
  // A parser drops the first line break inside <pre>; one that belongs there is written twice.
  if (tag === 'pre' && textStart(element) === '\n') write('\n');
  writeChildren(element, write, tag === 'pre' ? { ...where, pre: true } : where);
  write(`</${tag}>`);
}

function textStart(element: Element): string {
  const first = element.childNodes[0];
  return first !== undefined && isText(first) ? first.value.slice(0, 1) : '';
}

/** MathML by its own list: token elements may hold text only, and nothing may lead back into HTML. */
function writeMath(element: Element, write: Write, where: Where): void {
  const tag = element.tagName;
  if (tag === 'annotation') {
    if (!/tex/i.test(attr(element, 'encoding') ?? '')) return;
    write('<annotation encoding="application/x-tex">');
    for (const child of element.childNodes) if (isText(child)) write(escapeText(child.value));
    return write('</annotation>');
  }
  if (!math.has(tag)) {
    if (tag !== 'annotation-xml' && where.math) writeChildren(element, write, where);
    return;
  }
  if (tag === 'math' && where.math) return writeChildren(element, write, where);
  let attributes = '';
  for (const one of element.attrs) {
    if (mathAttributes.has(one.name) && one.value.length < 100) attributes += ` ${one.name}="${escapeAttribute(one.value)}"`;
  }
  write(`<${tag}${attributes}>`);
  const inside = { ...where, math: true };
  if (/^(?:mi|mo|mn|ms|mtext)$/.test(tag)) write(escapeText(mathText(element)));
  else writeChildren(element, write, inside);
  write(`</${tag}>`);
}

function mathText(node: Parent): string {
  let out = '';
  for (const child of node.childNodes) {
    if (isText(child)) out += child.value;
    else if (isElement(child) && !dropped.has(child.tagName)) out += mathText(child);
  }
  return out;
}

/** The attributes that may stay, written out; null drops the element itself (a picture without an address). */
function allowedAttributes(tag: string, element: Element, where: Where): string | null {
  let out = '';
  const put = (name: string, value: string | null): void => {
    if (value !== null) out += ` ${name}="${escapeAttribute(value)}"`;
  };
  const get = (name: string): string | null => attr(element, name);
  put('lang', matching(get('lang'), /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i));
  put('dir', matching(get('dir')?.toLowerCase() ?? null, /^(?:ltr|rtl|auto)$/));
  put('id', matching(get('id'), /^l-[a-z0-9-]{1,60}$/));
  const title = get('title');
  switch (tag) {
    case 'a': {
      const href = get('href');
      if (href !== null) put('href', /^#l-[a-z0-9-]{1,60}$/.test(href) ? href : linkAddress(href, where.base));
      put('title', title);
      break;
    }
    case 'img': {
      const missing = matching(get('data-missing'), /^\d{1,6}$/);
      const src = imageAddress(get('src') ?? '', where);
      if (src === null && missing === null) return null;
      put('src', src);
      put('alt', get('alt') ?? '');
      put('title', title);
      put('width', pixels(get('width')));
      put('height', pixels(get('height')));
      put('data-missing', missing);
      break;
    }
    case 'td': case 'th':
      put('colspan', count(get('colspan'), 1_000));
      put('rowspan', count(get('rowspan'), 65_534));
      put('align', alignment(element));
      if (tag === 'th') put('scope', matching(get('scope')?.toLowerCase() ?? null, /^(?:row|col|rowgroup|colgroup)$/));
      break;
    case 'col': case 'colgroup': put('span', count(get('span'), 1_000)); break;
    case 'p': case 'h1': case 'h2': case 'h3': case 'h4': case 'h5': case 'h6': case 'div': put('align', alignment(element)); break;
    case 'ol': {
      put('start', matching(get('start')?.trim() ?? null, /^-?\d{1,9}$/));
      if (get('reversed') !== null) put('reversed', '');
      const type = get('type');
      put('type', type !== null && listTypes.has(type) ? type : null);
      break;
    }
    case 'li': put('value', matching(get('value')?.trim() ?? null, /^-?\d{1,9}$/)); break;
    case 'time': case 'del': case 'ins': put('datetime', matching(get('datetime')?.trim() ?? null, /^[\dTZ:+. W-]{4,40}$/)); break;
    case 'pre': put('data-lang', matching(get('data-lang'), /^[a-z0-9+#._-]{1,30}$/i)); break;
    case 'figure': put('data-embed', matching(get('data-embed'), /^(?:video|audio|post|code|page)$/)); break;
    case 'abbr': case 'dfn': put('title', title); break;
    case 'details': if (get('open') !== null) put('open', ''); break;
  }
  return out;
}

const matching = (value: string | null, pattern: RegExp): string | null => (value !== null && pattern.test(value) ? value : null);

function count(value: string | null, most: number): string | null {
  const number = Number.parseInt(value ?? '', 10);
  return number > 1 && number <= most ? String(number) : null;
}

function pixels(value: string | null): string | null {
  const number = /^\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$/.exec(value ?? '')?.[1];
  return number !== undefined && Number(number) > 0 ? String(Number(number)) : null;
}

function alignment(element: Element): string | null {
  const said = attr(element, 'align') ?? /(?:^|;)\s*text-align\s*:\s*([a-z]+)/i.exec(attr(element, 'style') ?? '')?.[1] ?? '';
  const value = said.trim().toLowerCase();
  return value === 'center' || value === 'right' ? value : null;
}

/** An absolute http(s) or mailto address, else null. */
export function linkAddress(value: string, base: string | null): string | null {
  const url = resolve(value, base);
  return url !== null && /^(?:https?|mailto):$/.test(url.protocol) ? url.href : null;
}

/** Absolute http(s), a picture in a `data:` address, or one of our own stored pictures. */
function imageAddress(value: string, where: Where): string | null {
  const whole = fromAside(value.trim(), where.aside);
  if (/^data:image\/(?:png|jpe?g|gif|webp|avif|bmp|svg\+xml)[;,]/i.test(whole.slice(0, 40))) return whole;
  if (/^\/files\/[0-9a-f]{2}\/[0-9a-f]{64}\.[a-z0-9]{2,5}$/.test(whole)) return whole;
  const url = resolve(whole, where.base);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

function resolve(value: string, base: string | null): URL | null {
  const text = value.trim();
  if (text === '' || text.length > 8_000) return null;
  const url = base === null ? URL.parse(text) : URL.parse(text, base);
  // A name and password in an address are nobody's to keep or to send.
  if (url !== null && url.username + url.password !== '' && url.protocol !== 'mailto:') url.username = url.password = '';
  return url;
}

const escapeText = (text: string): string => text.replace(/[&<>\u00a0\0]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '\0' ? '' : '&nbsp;'));
const escapeAttribute = (text: string): string => text.replace(/[&<>"\u00a0\0]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '"' ? '&quot;' : c === '\0' ? '' : '&nbsp;'));
