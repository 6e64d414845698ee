import type { Explanation } from '../../shared/explanation.ts';
import type { Words } from '../../shared/words/words.ts';
import { safe } from './terminal.ts';

/** What extraction left out and why, for a person at a terminal: one line a reason, its examples under it. */
export function explanationLines({ explanation: words }: Words, { by, page, kept, broughtBack, leftOut }: Explanation): string[] {
  return [
    '',
    words.by[by],
    words.counts(kept.blocks, page.blocks, kept.pictures, page.pictures),
    ...(broughtBack.whole + broughtBack.footnote > 0 ? [words.broughtBack(broughtBack.whole, broughtBack.footnote)] : []),
    ...leftOut.flatMap(({ step, why, blocks, characters, examples }) => [
      `${words.because(words.steps[step], words.whys[why])} ${words.size(blocks, characters)}`,
      ...examples.map((text) => `    ${safe(text)}`),
    ]),
  ];
}
