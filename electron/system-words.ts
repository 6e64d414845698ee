import { chooseLanguage, wordsFor, type Language, type Words } from '../shared/words/words.ts';

/** The language of what is printed to a terminal, by the usual variables: `LC_ALL`, `LC_MESSAGES`, `LANG`. */
export function systemLanguage(env: Readonly<Record<string, string | undefined>> = process.env): Language {
  return chooseLanguage('system', [env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'en']);
}

/** The words for what is printed to a terminal. */
export function systemWords(env: Readonly<Record<string, string | undefined>> = process.env): Words {
  return wordsFor(systemLanguage(env));
}
