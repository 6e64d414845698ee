/** Writing systems that are set differently. */
export type Script = 'latin' | 'cjk';

/** How to set an article: its script and the language its glyphs are picked by. `lang` null means "decide by the text". */
export function scriptOf(lang: string | null, text: string): { script: Script; lang: string } {
  if (lang !== null && /^(?:zh|ja|ko|yue|wuu|nan|hak)\b/i.test(lang)) return { script: 'cjk', lang };
  if (lang !== null) return { script: 'latin', lang };
  const sample = text.slice(0, 4_000);
  const han = count(sample, /\p{Script=Han}/gu);
  const kana = count(sample, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const hangul = count(sample, /\p{Script=Hangul}/gu);
  const letters = count(sample, /\p{L}/gu);
  if (letters === 0 || (han + kana + hangul) / letters < 0.3) return { script: 'latin', lang: 'und' };
  if (kana > han / 10) return { script: 'cjk', lang: 'ja' };
  return { script: 'cjk', lang: hangul > han ? 'ko' : 'zh' };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
