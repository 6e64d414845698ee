import createDOMPurify from 'dompurify';
import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { sanitise } from '../../electron/library/extract/clean.ts';
import { extractPage } from '../../electron/library/extract/extract.ts';
import { launchChromium } from '../stage.ts';

const base = 'https://page.example/dir/article.html';

/** Everything the web has tried: each must come out without a way to run, load a frame, post or redirect. */
const attacks = [
  '<script>hit()</script>', '<img src=x onerror=hit()>', '<svg onload=hit()><circle/></svg>', '<svg><script>hit()</script></svg>', '<svg><a xlink:href="javascript:hit()"><text>x</text></a></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=hit()&gt;">', '<math><mi//xlink:href="data:x,<script>hit()</script>">', '<math href="javascript:hit()">x</math>',
  '<math><annotation-xml encoding="text/html"><svg><img src=x onerror=hit()></svg></annotation-xml></math>', '<math><semantics><annotation encoding="application/x-tex"><img src=x onerror=hit()></annotation></semantics></math>',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=hit()>', '<a href="javascript:hit()">a</a>', '<a href=" &#14; java\nscript:hit()">a</a>', '<a href="data:text/html,<script>hit()</script>">a</a>', '<a href="vbscript:hit()">a</a>',
  '<iframe src="javascript:hit()"></iframe>', '<iframe srcdoc="<script>hit()</script>"></iframe>', '<object data="javascript:hit()"></object>', '<embed src="javascript:hit()">', '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=javascript:hit()">', '<link rel=stylesheet href="https://evil.example/x.css">', '<style>@import "https://evil.example/";</style>', '<form action="https://evil.example/"><button formaction="javascript:hit()">x</button></form>',
  '<noscript><p title="</noscript><img src=x onerror=hit()>">', '<template><script>hit()</script></template>', '<xmp><img src=x onerror=hit()></xmp>', '<noembed><img src=x onerror=hit()></noembed>', '<plaintext><img src=x onerror=hit()>',
  '<textarea></textarea><img src=x onerror=hit()>', '<title><img src=x onerror=hit()></title>', '<select><template shadowrootmode=open><img src=x onerror=hit()></template></select>', '<div style="background:url(javascript:hit())">x</div>',
  '<video src=x onerror=hit()><source onerror=hit()></video>', '<details ontoggle=hit() open>x</details>', '<input autofocus onfocus=hit()>', '<p id="x" name="y" class="z" data-foo="1" tabindex=1 accesskey=x contenteditable>t</p>',
  '<a href="https://ok.example" onclick="hit()" style="position:fixed" target="_top" ping="https://evil.example">a</a>', '<img src="data:text/html,<script>hit()</script>">', '<img srcset="javascript:hit()" src="https://ok.example/i.png">', '<isindex action=javascript:hit()>', '<body onload=hit()>',
  '<p>a</p><!--<img src=x onerror=hit()>--!><img src=x onerror=hit()>', '<table><tr><td background="javascript:hit()">x</table>', '<a href="http://user:pw@ok.example/">a</a>', '<custom-element onclick=hit()>x</custom-element>', '<img src="x" alt="&quot;><script>hit()</script>">',
];

const tags = new Set('a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rb rp rt rtc ruby s samp small strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr'.split(' '));

const { window } = new JSDOM('');
const purify = createDOMPurify(window);

/** What a browser makes of a fragment. */
function parse(html: string): HTMLElement {
  const box = window.document.createElement('div');
  box.innerHTML = html;
  return box;
}

function check(box: HTMLElement): void {
  for (const element of box.querySelectorAll('*')) {
    const isMath = element.namespaceURI === 'http://www.w3.org/1998/Math/MathML';
    if (!isMath && !tags.has(element.localName)) throw new Error(`${element.localName} came through`);
    for (const { name, value } of element.attributes) {
      if (/^on|style|class|srcset|^data-(?!embed$|lang$|missing$)|xlink|target|ping/.test(name)) throw new Error(`${name} came through`);
      if (name === 'href' && !/^(?:https?:|mailto:|#l-)/.test(value)) throw new Error(`href ${value}`);
      if (name === 'src' && !/^(?:https?:|data:image\/|\/files\/)/.test(value)) throw new Error(`src ${value}`);
    }
  }
}

describe('sanitise', () => {
  test.each(attacks)('%s', (attack) => expect(() => check(parse(sanitise(attack, base)))).not.toThrow());

  test('any mixture stays inside the list, is stable, and leaves DOMPurify nothing to take away', { timeout: 60_000 }, () => {
    const pieces = ['<p>', '</p>', '<table>', '<td>', '</table>', '<math>', '</math>', '<mi>', '<svg>', '</svg>', '<a href="/x">', '</a>', '<li>', '<pre>\n', '</pre>', '<!--', '-->', '<b>', '&lt;script&gt;', 'text', '<h2>', '<select>', '<style>', '</style>', '<title>', ']]>', '<![CDATA[', '<figure>', '\0'];
    const piece = fc.oneof(fc.constantFrom(...attacks), fc.constantFrom(...pieces), fc.string({ maxLength: 12 }));
    const config = { SAFE_FOR_XML: false, USE_PROFILES: { html: true, mathMl: true }, ADD_TAGS: ['semantics', 'annotation', 'rtc', 'rb'], ADD_ATTR: ['encoding'] };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (parts) => {
        const once = parse(sanitise(parts.join(''), base));
        check(once);
        const html = once.innerHTML;
        expect(parse(sanitise(html, base)).textContent).toBe(once.textContent);
        const purified = html.includes('<math') ? html : parse(purify.sanitize(html, config)).innerHTML;
        expect(purified).toBe(html);
      }),
      { numRuns: 150 },
    );
  });

  test('keeps what reading needs', () => {
    const html = '<p dir="rtl" lang="ar">a<sup id="l-r1"><a href="#l-n1">1</a></sup></p><ol start="3" reversed type="a"><li value="2">x</li></ol><table><tr><th scope="row" colspan="2">a</th></tr></table><pre data-lang="js"><code>\n\nx</code></pre><time datetime="2024-01-01">d</time>';
    expect(sanitise(html, base)).toBe('<p lang="ar" dir="rtl">a<sup id="l-r1"><a href="#l-n1">1</a></sup></p><ol start="3" reversed="" type="a"><li value="2">x</li></ol><table><tbody><tr><th colspan="2" scope="row">a</th></tr></tbody></table><pre data-lang="js"><code>\n\nx</code></pre><time datetime="2024-01-01">d</time>');
    expect(sanitise('<a href="../b?c=1#d" title="t">x</a><img src="i.png" alt="a" width="10px" height="5">', base)).toBe('<a href="https://page.example/b?c=1#d" title="t">x</a><img src="https://page.example/dir/i.png" alt="a" width="10" height="5">');
    expect(sanitise('<math display="block"><msup><mi>x</mi><mn>2</mn></msup></math>', base)).toBe('<math display="block"><msup><mi>x</mi><mn>2</mn></msup></math>');
    expect(sanitise('<figure data-embed="video"><figcaption>a</figcaption></figure><figure data-embed="video x"><figcaption>b</figcaption></figure><p data-embed="video">c</p>', base)).toBe('<figure data-embed="video"><figcaption>a</figcaption></figure><figure><figcaption>b</figcaption></figure><p>c</p>');
    expect(sanitise('<center>a</center><strike>b</strike><unknown>c</unknown>', base)).toBe('<div>a</div><s>b</s>c');
    expect(sanitise('<a href="/x">no base</a><img src="i.png">', null)).toBe('<a>no base</a>');
  });
});

test('in a real browser neither the sanitiser’s output nor an extracted page runs or calls anything', { timeout: 60_000 }, async () => {
  const text = '<p>A paragraph of good length, which says something, and then some more, so that anyone would take it for text.</p>'.repeat(6);
  const whole = extractPage(`<!doctype html><title>T</title><body><article><h1>T</h1>${attacks.map((attack) => text + attack).join('')}${text}</article>`, { url: base, name: 'x' }).html;
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const calls: string[] = [];
    await page.route('**/*', (route) => {
      const url = route.request().url();
      if (route.request().resourceType() !== 'image' && !url.startsWith('https://shell.example/')) calls.push(url);
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' });
    });
    page.on('dialog', (dialog) => {
      calls.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto('https://shell.example/');
    const hits = await page.evaluate(async (bodies) => {
      const marked = window as unknown as { hits: number; hit(): void };
      marked.hits = 0;
      marked.hit = () => marked.hits++;
      for (const body of bodies) {
        const box = document.createElement('div');
        box.innerHTML = body;
        document.body.append(box);
        for (const element of box.querySelectorAll('*')) for (const type of ['toggle', 'focus', 'mouseover', 'error', 'load']) element.dispatchEvent(new Event(type));
        // Parsed a second time, as when it is stored and read again.
        const again = document.createElement('div');
        again.innerHTML = box.innerHTML;
        document.body.append(again);
      }
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      return marked.hits;
    }, [...attacks.map((attack) => sanitise(attack, base)), sanitise(attacks.join(''), base), whole]);
    expect(hits).toBe(0);
    expect(calls).toEqual([]);
    expect(await page.locator('script, iframe, object, embed, form, base, meta, link, style, svg').count()).toBe(await page.locator('head *').count());
  } finally {
    await browser.close();
  }
});
