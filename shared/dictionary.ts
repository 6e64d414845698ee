import { z } from 'zod';
import { question } from './question.ts';

/** Why a dictionary cannot be used: a file of it is missing, too large to be one, or not what its name says. */
export type DictionaryProblem = 'missing-part' | 'too-large' | 'unreadable';
/** A dictionary in the library's `dictionaries/` folder; `words` is what it says of itself. */
export type DictionaryFile = { name: string; title: string; words: number; problem: DictionaryProblem | null };
/** What a dictionary says of a word, as plain text; `word` is how it is written there. */
export type DictionaryEntry = { dictionary: string; word: string; text: string };

export const dictionaryQuestions = {
  /** The dictionaries in the library's `dictionaries/` folder, by name; `path` is that folder. */
  dictionaries: question(z.strictObject({})).as<{ path: string; files: DictionaryFile[] }>(),
  /** What the dictionaries say of a word or a phrase, else of its base form or of what it begins with. `count` dictionaries were asked. */
  lookUp: question(z.strictObject({ text: z.string().trim().min(1).max(200) })).as<{ count: number; entries: DictionaryEntry[] }>(),
};
