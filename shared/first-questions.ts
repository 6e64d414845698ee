import type { QuestionName } from './contract.ts';

/** Questions that may be answered together before a window's first screen: they only read, and are answered in a moment. */
export const firstQuestions = ['settings', 'opening', 'library', 'tags', 'searches', 'allHighlights', 'home', 'list', 'groups', 'tagPage'] as const satisfies readonly QuestionName[];

/** A question with its input, as one text: what an answer is kept under. */
export const questionKey = (name: QuestionName, input: object): string => `${name} ${JSON.stringify(input)}`;

/** The other way round; null for a text that is none of them. */
export function readQuestion(key: string): { name: (typeof firstQuestions)[number]; input: object } | null {
  const cut = key.indexOf(' ');
  const name = firstQuestions.find((each) => each === key.slice(0, cut));
  if (name === undefined) return null;
  try {
    const input: unknown = JSON.parse(key.slice(cut + 1));
    return typeof input === 'object' && input !== null ? { name, input } : null;
  } catch {
    return null;
  }
}
