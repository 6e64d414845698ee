const breaks = /^(?:p|h[1-6]|li|dt|dd|pre|blockquote|div|section|article|figure|figcaption|table|caption|tr|ul|ol|dl|hr|details|summary|aside)$/;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0', apos: "'" };

/**
 * The text of HTML that our own sanitiser wrote (well-formed, five named entities): blocks on lines of their own,
 * table cells parted by a tab. Linear, so that an index of many thousand articles is quickly made again.
 */
export function plainText(html: string): string {
  const steps = plainTextSteps(html);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** How much HTML is read, and how many characters of its text are put in order, in one step. */
const stride = 200_000;

/** The same in steps of a few milliseconds, so that others can be answered between them. */
export function* plainTextSteps(html: string): Generator<undefined, string> {
  const pieces: string[] = [];
  let text = '';
  let next = stride;
  for (const { index, 1: name, 2: rest } of withoutComments(html).matchAll(/<\/?([a-z][a-z0-9]*)(?:"[^"]*"|'[^']*'|[^"'<>])*>|([^<]+|<)/gi)) {
    const piece = rest ?? (name === undefined ? '' : breakFor(name.toLowerCase()));
    text += piece;
    // The piece is asked, not the text: that is put together only once, or each sign of a long row would cost all before it.
    if (index < next || !piece.endsWith('\n')) continue;
    // What ends with a line can be put in order by itself.
    next = index + stride;
    pieces.push(linesOf(text));
    text = '';
    yield;
  }
  pieces.push(linesOf(text));
  return pieces.filter((piece) => piece !== '').join('\n').trim();
}

function linesOf(text: string): string {
  return text
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{1,10}));/gi, character)
    .split('\n')
    .map(withoutBlanks)
    .filter((line) => line !== '')
    .join('\n');
}

/** Not by a pattern, which would begin again at every blank of a long row of them. */
function withoutBlanks(line: string): string {
  let from = 0;
  let to = line.length;
  while (from < to && isBlank(line[from])) from++;
  while (to > from && isBlank(line[to - 1])) to--;
  return line.slice(from, to);
}

const isBlank = (sign: string | undefined): boolean => sign === ' ' || sign === '\t' || sign === '\r';

function withoutComments(html: string): string {
  let text = '';
  let at = 0;
  for (;;) {
    const from = html.indexOf('<!--', at);
    const to = from < 0 ? -1 : html.indexOf('-->', from + 4);
    if (to < 0) return text + html.slice(at);
    text += html.slice(at, from);
    at = to + 3;
  }
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
