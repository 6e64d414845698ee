import { chooseLanguage, wordsFor, type Words } from '../shared/words/words.ts';

/** The words for what is printed to a terminal, by the usual variables: `LC_ALL`, `LC_MESSAGES`, `LANG`. */
export function systemWords(env: Readonly<Record<string, string | undefined>> = process.env): Words {
  const tag = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'en';
  return wordsFor(chooseLanguage('system', [tag]));
}
