import { z } from 'zod';
import type { Row } from './article.ts';
import type { Undo } from './contract.ts';
import type { Sort } from './listing.ts';
import type { Mark } from './marks.ts';
import type { QueryProblem } from './query.ts';
import { question } from './question.ts';

/** A search hit: the row, with the stretches that matched. `snippet` is plain text around the first match in the body. */
export type Hit = Row & { titleMarks: Mark[]; snippet: string; snippetMarks: Mark[] };

/** `total` is counted only so far: `more` says that there are more. The index still lacks `lacking` articles. */
export type SearchAnswer = { total: number; more: boolean; lacking: number; problems: QueryProblem[]; hits: Hit[] };

export const SearchId = z.string().regex(/^[0-9a-z]{12}$/);
export type SearchId = z.infer<typeof SearchId>;

/** A search kept in the sidebar, as a list of its own. */
export type SavedSearch = { id: SearchId; name: string; query: string; sort: Sort };

const Text = z.string().max(500);
export const SearchName = z.string().trim().min(1).max(100);

/** What may be asked about searching and about the searches kept; part of the contract. `sorts` are the orders of lists. */
export const searchQuestions = <S extends z.ZodType<Sort>>(sorts: S) => ({
  /** The `first` answer to what is typed comes at once: counted only so far, and with each article's beginning as its snippet. */
  search: question(
    z.strictObject({ query: Text, from: z.int().min(0).max(10_000_000).default(0), count: z.int().min(1).max(200).default(20), first: z.boolean().optional() }),
  ).as<SearchAnswer>(),
  /** How many a search finds, counted only so far: `more` says that there are more. */
  searchCount: question(z.strictObject({ query: Text })).as<{ count: number; more: boolean }>(),
  /** The hosts of articles that begin so, in the order of names. */
  hosts: question(z.strictObject({ begin: z.string().max(253), count: z.int().min(1).max(50).default(8) })).as<string[]>(),
  /** The searches kept, in their order. */
  searches: question(z.strictObject({})).as<SavedSearch[]>(),
  /** Keeps a search, or changes the one named by `id`: its name, what it asks, its order. A new one stands last. */
  keepSearch: question(z.strictObject({ id: SearchId.nullable().default(null), name: SearchName, query: Text.min(1), sort: sorts })).as<Undo & { id: SearchId }>(),
  /** Puts a kept search before another, or last. */
  moveSearch: question(z.strictObject({ id: SearchId, before: SearchId.nullable() })).as<Undo>(),
  /** Keeps a search no longer; its articles stay. */
  forgetSearch: question(z.strictObject({ id: SearchId })).as<Undo>(),
});
