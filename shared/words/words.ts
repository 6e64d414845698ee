import { en, type Words } from './en.ts';
import type { Language } from './language.ts';
import { zhCN } from './zh-CN.ts';

export type { Words } from './en.ts';
export { chooseLanguage, languages, type Language } from './language.ts';

const byLanguage: Record<Language, Words> = { en, 'zh-CN': zhCN };

/** The words of one language. The window, which needs one at a time, has its own way to them (`renderer/words.ts`). */
export function wordsFor(language: Language): Words {
  return byLanguage[language];
}
