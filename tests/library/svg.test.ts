import { expect, test } from 'vitest';
import { cleanSvg } from '../../electron/library/saving/svg.ts';

const svg = (inside: string, attributes = '') => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`);
const cleaned = (bytes: Uint8Array) => Buffer.from(cleanSvg(bytes)?.bytes ?? '').toString();

const attacks = [
  '<script>alert(1)</script>', '<script href="https://evil.example/x.js"/>', '<rect onload="alert(1)" onclick="alert(1)"/>', '<foreignObject><iframe src="https://evil.example"></iframe></foreignObject>',
  '<a href="javascript:alert(1)"><rect/></a>', '<a xlink:href="https://evil.example"><text>x</text></a>', '<use href="https://evil.example/x.svg#a"/>', '<use xlink:href="data:image/svg+xml,x#a"/>',
  '<image href="https://evil.example/a.png"/>', '<image xlink:href="//evil.example/a.png"/>', '<image href="data:image/svg+xml;base64,PHN2Zz4="/>', '<feImage href="https://evil.example/a.png"/>',
  '<animate attributeName="href" to="javascript:alert(1)"/>', '<set attributeName="onmouseover" to="alert(1)"/>', '<style>@import "https://evil.example/a.css";</style>', '<style>rect{fill:url(https://evil.example/a)}</style>',
  '<style>rect{fill:u\\72l(https://evil.example/a)}</style>', '<rect style="fill:url(https://evil.example/a)"/>', '<rect fill="url(https://evil.example/a#b)"/>', '<rect filter="url( \'https://evil.example/a\' )"/>',
  '<style><![CDATA[ @font-face{src:url(https://evil.example/f)} ]]></style>', '<handler type="application/ecmascript">alert(1)</handler>', '<iframe src="https://evil.example"/>', '<html:script xmlns:html="http://www.w3.org/1999/xhtml">alert(1)</html:script>',
  '<title><img src="https://evil.example" onerror="alert(1)"></title>', '<desc><script>alert(1)</script></desc>', '<text xml:base="https://evil.example/">x</text>', '<video src="https://evil.example/v"/>',
];
test.each(attacks)('%s does nothing', (attack) => {
  const out = cleaned(svg(`${attack}<circle r="4"/>`));
  expect(out).toContain('<circle r="4">');
  expect(out).not.toMatch(/evil|alert|script|javascript|\son\w+=|foreignObject|animate|<set|iframe|image\/svg/i);
});

test('a drawing keeps what draws it', () => {
  const inside = '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient><path id="p" d="M0 0L9 9"/></defs><style>.a{fill:url(#g)}</style><g class="a" transform="scale(2)"><use xlink:href="#p"/><rect fill="url(#g)" style="opacity:.5"/><text>R &amp; D</text></g><image href="data:image/png;base64,iVBORw0KGgo="/>';
  const out = cleaned(svg(inside, 'viewBox="0 0 100 50"'));
  for (const part of ['<linearGradient id="g">', '<use xlink:href="#p">', 'fill="url(#g)"', '.a{fill:url(#g)}', 'style="opacity:.5"', 'R &amp; D', 'data:image/png;base64,iVBORw0KGgo=', 'viewBox="0 0 100 50"']) expect(out).toContain(part);
});

test('an XML declaration, a document type and comments are no hindrance', () => {
  const text = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<!-- by hand -->\n<svg xmlns="http://www.w3.org/2000/svg" width="10pt" height="6pt"><path d="M0 0"/></svg>';
  expect(cleanSvg(Buffer.from(text))).toMatchObject({ width: 13, height: 8 });
});

test.each([
  ['width="40" height="30"', 40, 30], ['viewBox="0 0 200 100"', 200, 100], ['viewBox="0 0 200 100" width="50"', 50, 25], ['viewBox="0 0 200 100" width="100%" height="100%"', 200, 100], ['', null, null],
])('%s is measured', (attributes, width, height) => expect(cleanSvg(svg('<path d=""/>', attributes))).toMatchObject({ width, height }));

test('bombs and depths are refused', () => {
  const levels = Array.from({ length: 12 }, (_, i) => `<g id="l${i + 1}">${`<use href="#l${i}"/>`.repeat(10)}</g>`).join('');
  expect(cleanSvg(svg(`<g id="l0"><path d=""/></g>${levels}<use href="#l12"/>`))).toBeNull();
  expect(cleanSvg(svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'))).toBeNull();
  expect(cleanSvg(svg('<g>'.repeat(5_000)))).toBeNull();
  expect(cleanSvg(Buffer.alloc(5_000_000, '<svg>'))).toBeNull();
  expect(cleanSvg(Buffer.from('<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>'))).toBeNull();
});
