import type { ArticleId, Row } from '../../shared/article.ts';
import type { DuplicateGroup } from '../../shared/duplicate.ts';
import { act } from '../parts/toasts.ts';

/** Keeps one and puts the others into the trash, what the reader had on them carried over; Undo brings everything back. */
export async function mergeInto(id: ArticleId, others: ArticleId[]): Promise<boolean> {
  return act('merge', { id, others }, (words) => words.duplicates.merged(others.length));
}

/** Remembers that one is not the same as the others. */
export async function keepApart(id: ArticleId, others: ArticleId[]): Promise<boolean> {
  return act('keepApart', { id, others }, (words) => words.duplicates.apart);
}

/** The one to keep unless the reader says otherwise: it can be read, has most text, was read furthest, has the reader's own on it, came first. */
export function bestOf(rows: readonly Row[]): Row | undefined {
  const worth = (row: Row): number[] => [
    Number(row.stage.state === 'ready'), row.minutes, Number(row.favourite) + Number(row.note !== null) + row.tags.length, row.progress,
  ];
  return rows.toSorted((a, b) => {
    const [one, other] = [worth(a), worth(b)];
    const at = one.findIndex((value, index) => value !== other[index]);
    return at < 0 ? (a.addedAt < b.addedAt ? -1 : 1) : (other[at] ?? 0) - (one[at] ?? 0);
  })[0];
}

/** Why an article is in its group: the surest reason that joins it to another. */
export function whyIn({ pairs }: DuplicateGroup, id: ArticleId): DuplicateGroup['pairs'][number] | undefined {
  const order = ['address', 'canonical', 'text', 'near'];
  return pairs.filter(({ one, other }) => one === id || other === id).toSorted((a, b) => order.indexOf(a.why) - order.indexOf(b.why))[0];
}
