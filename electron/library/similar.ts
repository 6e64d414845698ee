import { setImmediate as breathe } from 'node:timers/promises';
import type { ArticleId } from '../../shared/article.ts';
import type { Answers } from '../../shared/contract.ts';
import { countOf } from './listing.ts';
import { indexRow, rowsOf } from './rows.ts';
import { textOf } from './search/search-index.ts';
import { alike, sampleCommonness, termsOf, weigh, type Commonness } from './search/telling.ts';
import { all, get } from './storage/database.ts';
import { listBits } from './storage/membership.ts';
import type { Store } from './storage/store.ts';

/** So many telling terms that others have too, found among so many looked up; of each so many newest articles; and so many of the best are compared whole. */
const [shared, lookedUp, holders, compared] = [14, 48, 150, 30];
/** Kept for a question that is asked again: more than are shown, because some may leave the library meanwhile. */
const [kept, remembered] = [20, 100];
/** Less has hardly anything in common; more is the same text, which is shown as a duplicate elsewhere. */
const [least, same] = [0.06, 0.9];

type Memory = { commonness: Promise<Commonness> | null; articles: number; found: Map<ArticleId, { folder: string | null; articles: number; ids: Promise<ArticleId[]> }> };
const memories = new WeakMap<Store, Memory>();

/** The ready articles whose texts are most like this one's. What it costs does not grow with the library. */
export const similar =
  (store: Store): Answers['similar'] =>
  async ({ id, count }) => {
    const memory = memories.get(store) ?? { commonness: null, articles: 0, found: new Map() };
    memories.set(store, memory);
    const row = indexRow(store.db, id);
    const articles = countOf(store, 'all');
    const known = memory.found.get(id);
    // The same text in a library that is not much another: reading on and putting aside changes nothing.
    const fresh = known !== undefined && known.folder === row.folder && Math.abs(known.articles - articles) <= known.articles / 50;
    const ids = fresh ? known.ids : find(store, memory, id, row.title);
    memory.found.delete(id);
    memory.found.set(id, { folder: row.folder, articles: fresh ? known.articles : articles, ids });
    for (const oldest of memory.found.keys()) {
      if (memory.found.size <= remembered) break;
      memory.found.delete(oldest);
    }
    try {
      return rowsOf(store, await ids).filter((each) => each.stage.state === 'ready' && each.trashedAt === null).slice(0, count);
    } catch (error) {
      memory.found.delete(id);
      throw error;
    }
  };

async function find(store: Store, memory: Memory, id: ArticleId, title: string): Promise<ArticleId[]> {
  const counts = termsOf(`${`${title}\n`.repeat(3)}${textOf(store.db, id)}`);
  if (counts.size === 0) return [];
  const commonness = await commonnessOf(store, memory);
  const own = weigh(counts, commonness);
  const telling = [...own].filter(([term]) => (counts.get(term) ?? 0) > 1).toSorted(([, a], [, b]) => b - a).slice(0, lookedUp);
  const scores = new Map<number, number>();
  let useful = 0;
  for (const [term, weight] of telling) {
    if (useful >= shared) break;
    const text = 'SELECT rowid AS seat FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?';
    const seats = all<{ seat: number }>(store.db, text, `{title body} : "${term}"`, holders);
    // What is this article's alone, a name perhaps, leads nowhere.
    if (seats.length > 1) useful += 1;
    for (const { seat } of seats) scores.set(seat, (scores.get(seat) ?? 0) + weight);
    await breathe();
  }
  const best = [...scores].toSorted(([, a], [, b]) => b - a).slice(0, compared);
  const found: Array<{ id: ArticleId; likeness: number }> = [];
  for (const [seat] of best) {
    const other = get<{ id: ArticleId; title: string }>(store.db, `SELECT id, title FROM articles WHERE seat = ? AND lists & ${listBits.all} AND state = 'ready'`, seat);
    if (other === undefined || other.id === id || isPaired(store, id, other.id)) continue;
    const likeness = alike(own, weigh(termsOf(`${`${other.title}\n`.repeat(3)}${textOf(store.db, other.id)}`), commonness));
    if (likeness >= least && likeness < same) found.push({ id: other.id, likeness });
    await breathe();
  }
  return found.toSorted((a, b) => b.likeness - a.likeness).slice(0, kept).map((each) => each.id);
}

function isPaired(store: Store, one: ArticleId, other: ArticleId): boolean {
  return get(store.db, 'SELECT 1 FROM pairs WHERE (one = ?1 AND other = ?2) OR (one = ?2 AND other = ?1)', one, other) !== undefined;
}

/** How common terms are here, looked at anew when the library has become much another. */
function commonnessOf(store: Store, memory: Memory): Promise<Commonness> {
  const articles = countOf(store, 'all');
  if (memory.commonness === null || Math.abs(articles - memory.articles) > Math.max(10, memory.articles / 4)) {
    memory.articles = articles;
    memory.commonness = sampleCommonness(store.db);
    memory.commonness.catch(() => (memory.commonness = null));
  }
  return memory.commonness;
}
