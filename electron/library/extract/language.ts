/** A language by content and declaration, and the direction that goes with it. */
export type Language = { lang: string | null; dir: 'ltr' | 'rtl' };

const words: Array<[lang: string, pattern: RegExp]> = [
  ['en', /\b(?:the|and|of|to|in|is|that|for|with|was|are|this)\b/giu],
  ['de', /\b(?:der|die|und|das|ist|nicht|mit|den|von|für|auf|ein|eine|auch)\b/giu],
  ['fr', /\b(?:le|la|les|et|des|est|dans|une|que|pour|qui|pas|sur|du)\b/giu],
  ['es', /\b(?:el|los|las|que|en|una|por|con|para|del|es|como|más)\b/giu],
  ['it', /\b(?:il|che|di|per|una|sono|con|non|della|gli|è|anche|nel)\b/giu],
  ['pt', /\b(?:não|que|uma|para|com|os|do|da|em|mais|são|também|ao)\b/giu],
  ['nl', /\b(?:het|een|van|en|dat|niet|zijn|voor|met|ook|deze|wordt)\b/giu],
  ['sv', /\b(?:och|att|det|som|är|för|inte|med|har|till|ett)\b/giu],
  ['pl', /\b(?:nie|się|na|jest|do|że|jak|przez|oraz|który|dla)\b/giu],
  ['cs', /\b(?:je|se|na|že|jsou|pro|které|nebo|také|jako|byl)\b/giu],
  ['tr', /\b(?:ve|bir|bu|için|ile|olarak|daha|çok|olan|gibi)\b/giu],
  ['id', /\b(?:yang|dan|dengan|untuk|dari|pada|tidak|ini|dalam|adalah)\b/giu],
  ['vi', /(?:^|\s)(?:và|của|là|được|cho|các|không|những|một|với)(?=\s)/giu],
];

const traditional = /[們這個說來會為時對國學過後還發點開關書東車門間見電話實機應當經與從種樣無體頭產變]/gu;
const simplified = /[们这个说来会为时对国学过后还发点开关书东车门间见电话实机应当经与从种样无体头产变]/gu;

/** Reads the text's script and most common words; the declaration wins where the content does not contradict it. */
export function findLanguage(text: string, declared: string | null, dir: string | null): Language {
  // The first few pages of a book tell its language.
  const sample = text.slice(0, 6_000);
  const spoken = byContent(sample);
  const stated = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i.test(declared?.trim() ?? '') ? (declared ?? '').trim().replace(/_/g, '-') : null;
  const lang = spoken === null || (stated !== null && stated.slice(0, 2).toLowerCase() === spoken.slice(0, 2)) ? (stated ?? spoken) : isSure(sample, spoken) ? spoken : (stated ?? spoken);
  const right = count(sample, /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/gu);
  const letters = count(sample, /\p{L}/gu);
  const byText = letters > 0 ? right / letters > 0.4 : dir === 'rtl';
  return { lang: lang === null ? null : canonical(lang), dir: byText ? 'rtl' : 'ltr' };
}

function byContent(sample: string): string | null {
  const letters = count(sample, /\p{L}/gu);
  if (letters === 0) return null;
  const part = (pattern: RegExp): number => count(sample, pattern) / letters;
  if (part(/\p{Script=Hangul}/gu) > 0.25) return 'ko';
  if (part(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu) > 0.1) return 'ja';
  if (part(/\p{Script=Han}/gu) > 0.25) return count(sample, traditional) > count(sample, simplified) ? 'zh-Hant' : 'zh';
  for (const [pattern, lang] of [[/\p{Script=Arabic}/gu, /[پچژگ]/u.test(sample) ? 'fa' : 'ar'], [/\p{Script=Hebrew}/gu, 'he'], [/\p{Script=Thai}/gu, 'th'], [/\p{Script=Greek}/gu, 'el'], [/\p{Script=Devanagari}/gu, 'hi'], [/\p{Script=Bengali}/gu, 'bn'], [/\p{Script=Cyrillic}/gu, /[іїєґ]/iu.test(sample) ? 'uk' : 'ru']] as const) {
    if (part(pattern) > 0.4) return lang;
  }
  let best: { lang: string; hits: number } | null = null;
  for (const [lang, pattern] of words) {
    const hits = count(sample, pattern);
    if (best === null || hits > best.hits) best = { lang, hits };
  }
  return best !== null && best.hits >= 5 ? best.lang : null;
}

/** A template's `lang="en"` over Chinese text is common; over a script's evidence or many words it loses. */
function isSure(sample: string, lang: string): boolean {
  return !words.some(([name]) => name === lang) || count(sample, words.find(([name]) => name === lang)?.[1] ?? /$^/g) > Math.max(20, sample.length / 60);
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
  const wide = count(text, /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu);
  const narrow = count(text, /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}'’-])+/gu);
  return { words: wide + narrow, minutes: Math.max(1, Math.round(wide / 400 + narrow / 230)) };
}
