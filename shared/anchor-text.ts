/*
 * The text that highlights are anchored in: an article's signs without blanks and marks that cannot be seen, case, width and
 * kinds of quotation marks and dashes folded. Blocks, lines and markup leave no trace in it, so that none of them matters.
 */

const quotes = '“”„‟«»「」『』〝〞〟';
const ticks = '‘’‚‛′ʼ';
const dashes = '‐‑‒–—―−─';
const stops: Record<string, string> = { '。': '.', '、': ',', '・': '·', '〜': '~', '…': '…' };
const unseen = /[\s\p{Cc}\p{Cf}\p{Z}\u115f\u1160\u3164]|\p{Variation_Selector}/u;

let table: Uint16Array | null = null;

/** Each UTF-16 unit's folded one; 0 drops it. Only what folds to one unit is folded: the offsets stay simple. */
function folding(): Uint16Array {
  if (table !== null) return table;
  const made = Uint16Array.from({ length: 0x10000 }, (_, code) => code);
  // Ideographs, syllables and halves of pairs are as they are.
  for (const [from, to] of [[0, 0x3100], [0xa640, 0xa800], [0xab30, 0xabc0], [0xfb00, 0x10000]] as const) {
    for (let code = from; code < to; code++) {
      const sign = String.fromCharCode(code);
      if (unseen.test(sign)) made[code] = 0;
      else {
        const folded = sign.normalize('NFKC').toLowerCase();
        if (folded.length === 1) made[code] = folded.charCodeAt(0);
      }
    }
  }
  const all = (signs: string, as: string): void => {
    for (const sign of signs) made[sign.charCodeAt(0)] = as.charCodeAt(0);
  };
  all(quotes, '"');
  all(ticks, "'");
  all(dashes, '-');
  for (const [sign, as] of Object.entries(stops)) all(sign, as);
  table = made;
  return made;
}

/** The folded signs of a text. */
export function signsOf(text: string): string {
  const fold = folding();
  const units = new Uint16Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = fold[text.charCodeAt(at)] ?? 0;
    if (code !== 0) units[count++] = code;
  }
  let folded = '';
  for (let from = 0; from < count; from += 8_192) folded += String.fromCharCode(...units.subarray(from, Math.min(count, from + 8_192)));
  return folded;
}

/** How many folded signs the first `length` units of a text have. */
export function foldedLength(text: string, length: number = text.length): number {
  const fold = folding();
  let count = 0;
  for (let at = 0; at < length; at++) if (fold[text.charCodeAt(at)] !== 0) count++;
  return count;
}

/** Where the folded sign number `index` stands in the text it was folded from; its length when there is no such sign. */
export function unfoldedAt(text: string, index: number): number {
  const fold = folding();
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    if (fold[text.charCodeAt(at)] === 0) continue;
    if (count === index) return at;
    count++;
  }
  return text.length;
}
