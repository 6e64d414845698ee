import type { PageKind } from '../../../shared/page-kind.ts';
import { isSame, type FactChange, type Trial } from '../../../shared/trial.ts';
import { blockDifference, shortened } from './block-difference.ts';
import type { ExtractResult } from '../extract/extractor.ts';
import type { Meta } from '../storage/parts.ts';
import { plainText } from '../search/plain-text.ts';

/** An article as it is: null for a part that is damaged. */
export type Former = { meta: Meta | null; body: string | null };

/** Compares what an article is with what extracting its page again gives. */
export function makeTrial(former: Former, result: ExtractResult, chosen: { encoding: boolean; kind: PageKind | null }): Omit<Trial, 'highlights'> {
  const before = lines(former.body ?? '');
  const after = lines(result.html);
  const trial: Omit<Trial, 'highlights'> = {
    encoding: { before: former.meta?.encoding ?? null, after: result.encoding, chosen: chosen.encoding },
    kind: { after: result.kind, chosen: chosen.kind !== null },
    title: result.title,
    lang: result.lang,
    dir: result.dir,
    opening: after.slice(0, 3).map((text) => shortened(text, 240)),
    facts: former.meta === null ? [] : factChanges(former.meta, result),
    ...blockDifference(before, after),
    amount: {
      characters: { before: sizeOf(before), after: sizeOf(after) },
      pictures: { before: picturesIn(former.body ?? ''), after: picturesIn(result.html) },
    },
    reshaped: false,
    explanation: result.explanation ?? null,
  };
  return { ...trial, reshaped: isSame(trial) && skeleton(former.body ?? '') !== skeleton(result.html) };
}

const lines = (html: string): string[] => {
  const text = plainText(html);
  return text === '' ? [] : text.split('\n');
};

const sizeOf = (texts: string[]): number => texts.reduce((sum, text) => sum + text.length, 0);
const picturesIn = (html: string): number => html.match(/<img\b/gi)?.length ?? 0;

function factChanges(meta: Meta, result: ExtractResult): FactChange[] {
  const changes: FactChange[] = [];
  if (meta.kind !== result.kind) changes.push({ fact: 'kind', before: meta.kind, after: result.kind });
  const texts = [
    ['title', meta.title, result.title],
    ['byline', meta.byline, result.byline],
    ['source', meta.source?.text ?? null, result.source?.text ?? null],
  ] as const;
  for (const [fact, before, after] of texts) if (before !== after) changes.push({ fact, before, after });
  const [before, after] = [meta.publishedAt, result.publishedAt];
  if (before?.local !== after?.local || before?.offset !== after?.offset) changes.push({ fact: 'publishedAt', before, after });
  return changes;
}

/** The HTML without what storing does to pictures, so that a stored body and a fresh one can be told apart. */
function skeleton(html: string): string {
  return html.replace(/<img\b(?:"[^"]*"|'[^']*'|[^"'<>])*>/gi, '<img>').replace(/\s+/g, ' ');
}
