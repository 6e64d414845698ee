/*
 * What kind of character each is, asked of the engine's own tables once a character. Texts are looked through a dozen times a
 * page, and a regular expression that collects what it finds makes a string of each.
 */

export const letter = 1;
export const digit = 2;
export const upper = 4;
/** Han, hiragana or katakana: each a word of its own. */
export const single = 8;
/** Those and hangul: each says as much as two and a half Latin letters. */
export const wide = 16;
const known = 128;

export const scripts = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Arabic', 'Hebrew', 'Syriac', 'Thaana', 'Thai', 'Greek', 'Devanagari', 'Bengali', 'Cyrillic'] as const;
const tests = scripts.map((name) => new RegExp(`^\\p{Script=${name}}$`, 'u'));

const kinds = new Uint8Array(0x110000);
const scriptOf = new Uint8Array(0x110000);

function ask(code: number): number {
  const character = String.fromCodePoint(code);
  const script = tests.findIndex((test) => test.test(character));
  scriptOf[code] = script + 1;
  const bits = known | (/^\p{L}$/u.test(character) ? letter : 0) | (/^\p{N}$/u.test(character) ? digit : 0) | (/^\p{Lu}$/u.test(character) ? upper : 0) | (script >= 0 && script < 3 ? single : 0) | (script >= 0 && script < 4 ? wide : 0);
  kinds[code] = bits;
  return bits;
}

/** The bits of a code point. */
export const kindOf = (code: number): number => kinds[code] || ask(code);

/** How many characters have any of these bits. */
export function countKind(text: string, bits: number): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if ((code & 0xfc00) === 0xd800) {
      code = text.codePointAt(i) ?? code;
      if (code > 0xffff) i++;
    }
    if ((kindOf(code) & bits) !== 0) count++;
  }
  return count;
}

/** How many letters a text has, and how many characters of each of `scripts`. */
export function countScripts(text: string): { letters: number; of(...names: Array<(typeof scripts)[number]>): number } {
  const counts = new Uint32Array(scripts.length + 1);
  let letters = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if ((code & 0xfc00) === 0xd800) {
      code = text.codePointAt(i) ?? code;
      if (code > 0xffff) i++;
    }
    if ((kindOf(code) & letter) !== 0) letters++;
    const at = scriptOf[code] ?? 0;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return { letters, of: (...names) => names.reduce((sum, name) => sum + (counts[scripts.indexOf(name) + 1] ?? 0), 0) };
}
