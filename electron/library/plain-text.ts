const breaks = /^(?:p|h[1-6]|li|dt|dd|pre|blockquote|div|section|article|figure|figcaption|table|caption|tr|ul|ol|dl|hr|details|summary|aside)$/;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0', apos: "'" };

/**
 * The text of HTML that our own sanitiser wrote (well-formed, five named entities): blocks on lines of their own,
 * table cells parted by a tab. Linear, so that an index of many thousand articles is quickly made again.
 */
export function plainText(html: string): string {
  let text = '';
  for (const [, comment, name, rest] of html.matchAll(/(<!--[^]*?-->)|<\/?([a-z][a-z0-9]*)(?:"[^"]*"|'[^']*'|[^"'>])*>|([^<]+|<)/gi)) {
    if (comment !== undefined) continue;
    if (rest !== undefined) text += rest;
    else if (name !== undefined) text += breakFor(name.toLowerCase());
  }
  return text
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, character)
    .replace(/[ \t\r]*\n[ \t\r\n]*/g, '\n')
    .trim();
}

function breakFor(name: string): string {
  if (name === 'td' || name === 'th') return '\t';
  return name === 'br' || breaks.test(name) ? '\n' : '';
}

function character(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
}
