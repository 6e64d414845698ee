import { countKind, countScripts, digit, kindOf, letter, wide } from './characters.ts';

/** A language by content and declaration, and the direction that goes with it. */
export type Language = { lang: string | null; dir: 'ltr' | 'rtl' };

/** Common words of languages in Latin letters: the plain ones, and those with marks. */
const words: Array<[lang: string, plain: string, marked: RegExp | null]> = [
  ['en', 'the and of to in is that for with was are this', null],
  ['de', 'der die und das ist nicht mit den von auf ein eine auch', /\bfür\b/giu],
  ['fr', 'le la les et des est dans une que pour qui pas sur du', null],
  ['es', 'el los las que en una por con para del es como', /\bmás\b/giu],
  ['it', 'il che di per una sono con non della gli anche nel', /\bè\b/giu],
  ['pt', 'que uma para com os do da em mais ao', /\b(?:não|são|também)\b/giu],
  ['nl', 'het een van en dat niet zijn voor met ook deze wordt', null],
  ['sv', 'och att det som inte med har till ett', /\b(?:är|för)\b/giu],
  ['pl', 'nie na jest do jak przez oraz dla', /\b(?:się|że|który)\b/giu],
  ['cs', 'je se na jsou pro nebo jako byl', /\b(?:že|které|také)\b/giu],
  ['tr', 've bir bu ile olarak daha olan gibi', /\b(?:için|çok)\b/giu],
  ['id', 'yang dan dengan untuk dari pada tidak ini dalam adalah', null],
  ['vi', '', /(?:^|\s)(?:và|của|là|được|cho|các|không|những|một|với)(?=\s)/giu],
];
const languages = words.map(([lang]) => lang);
const speaks = new Map<string, number[]>();
for (const [at, [, plain]] of words.entries()) for (const word of plain.split(' ')) speaks.set(word, [...(speaks.get(word) ?? []), at]);
const longest = Math.max(...[...speaks.keys()].map(({ length }) => length));

const traditional = /[們這個說來會為時對國學過後還發點開關書東車門間見電話實機應當經與從種樣無體頭產變]/gu;
const simplified = /[们这个说来会为时对国学过后还发点开关书东车门间见电话实机应当经与从种样无体头产变]/gu;

/** Reads the text's script and most common words; the declaration wins where the content does not contradict it. */
export function findLanguage(text: string, declared: string | null, dir: string | null): Language {
  // The first few pages of a book tell its language.
  const sample = text.slice(0, 6_000);
  const counts = countScripts(sample);
  const spoken = byContent(sample, counts);
  const stated = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i.test(declared?.trim() ?? '') ? (declared ?? '').trim().replace(/_/g, '-') : null;
  const lang = spoken === null || (stated !== null && stated.slice(0, 2).toLowerCase() === spoken.slice(0, 2)) ? (stated ?? spoken) : isSure(sample, spoken) ? spoken : (stated ?? spoken);
  const byText = counts.letters > 0 ? counts.of('Arabic', 'Hebrew', 'Syriac', 'Thaana') / counts.letters > 0.4 : dir === 'rtl';
  return { lang: lang === null ? null : canonical(lang), dir: byText ? 'rtl' : 'ltr' };
}

function byContent(sample: string, { letters, of }: ReturnType<typeof countScripts>): string | null {
  if (letters === 0) return null;
  if (of('Hangul') / letters > 0.25) return 'ko';
  if (of('Hiragana', 'Katakana') / letters > 0.1) return 'ja';
  if (of('Han') / letters > 0.25) return count(sample, traditional) > count(sample, simplified) ? 'zh-Hant' : 'zh';
  for (const [script, lang] of [['Arabic', /[پچژگ]/u.test(sample) ? 'fa' : 'ar'], ['Hebrew', 'he'], ['Thai', 'th'], ['Greek', 'el'], ['Devanagari', 'hi'], ['Bengali', 'bn'], ['Cyrillic', /[іїєґ]/iu.test(sample) ? 'uk' : 'ru']] as const) {
    if (of(script) / letters > 0.4) return lang;
  }
  const hits = countWords(sample);
  const best = hits.indexOf(Math.max(...hits));
  return (hits[best] ?? 0) >= 5 ? (languages[best] ?? null) : null;
}

/** How often each language's common words stand in a text. */
function countWords(text: string): number[] {
  const hits = words.map(([, , marked]) => (marked === null ? 0 : count(text, marked)));
  let from = -1;
  for (let i = 0; i <= text.length; i++) {
    const code = text.charCodeAt(i);
    if (((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f) {
      if (from < 0) from = i;
    } else if (from >= 0) {
      if (i - from <= longest) for (const at of speaks.get(text.slice(from, i).toLowerCase()) ?? []) hits[at] = (hits[at] ?? 0) + 1;
      from = -1;
    }
  }
  return hits;
}

/** A template's `lang="en"` over Chinese text is common; over a script's evidence or many words it loses. */
function isSure(sample: string, lang: string): boolean {
  const at = languages.indexOf(lang);
  return at < 0 || (countWords(sample)[at] ?? 0) > Math.max(20, sample.length / 60);
}

function canonical(lang: string): string {
  try {
    return Intl.getCanonicalLocales(lang)[0] ?? lang;
  } catch {
    // Not a well-formed tag after all: the language part alone still is.
    return lang.slice(0, 2).toLowerCase();
  }
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Words of Latin and the like, characters of Han, kana and hangul; minutes at 230 words or 400 characters each. */
export function measureReading(text: string): { words: number; minutes: number } {
  const characters = countKind(text, wide);
  let words = 0;
  let inside = false;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const kind = kindOf(code);
    const part = (kind & wide) === 0 && ((kind & (letter | digit)) !== 0 || code === 0x27 || code === 0x2019 || code === 0x2d);
    if (part && !inside) words++;
    inside = part;
  }
  return { words: characters + words, minutes: Math.max(1, Math.round(characters / 400 + words / 230)) };
}
