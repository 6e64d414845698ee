import type { ArticleId } from '../../shared/article.ts';
import type { FailedFor } from '../../shared/contract.ts';
import type { Failure } from '../../shared/failure.ts';
import { all } from './storage/database.ts';
import type { Answer, Store } from './storage/store.ts';

type Reason = { kind: string; status: number | null };

const reason = "json_extract(failure, '$.kind') AS kind, json_extract(failure, '$.status') AS status";
// Said twice, so that SQLite knows the index of what is not ready to be enough.
const failed = "FROM articles WHERE state = 'failed' AND state <> 'ready' AND saved = 1 AND trashed_at IS NULL AND json_extract(failure, '$.kind') <> 'cancelled'";

/** What could not be saved, by reason: the kind of failure, and what the site answered. */
export const failures =
  (store: Store): Answer<'failures'> =>
  ({ articles }) => {
    const counted = all<Reason & { failure: string; count: number }>(store.db, `SELECT ${reason}, min(failure) AS failure, count(*) AS count ${failed} GROUP BY 1, 2 ORDER BY count DESC, 1, 2`);
    const groups = new Map(counted.map((group): [string, FailedFor] => [keyOf(group), { failure: JSON.parse(group.failure) as Failure, count: group.count, articles: [] }]));
    if (articles) {
      const rows = all<Reason & { id: ArticleId; url: string | null }>(store.db, `SELECT id, url, ${reason} ${failed} ORDER BY added_at DESC, id DESC`);
      for (const row of rows) groups.get(keyOf(row))?.articles.push({ id: row.id, url: row.url });
    }
    return [...groups.values()];
  };

const keyOf = ({ kind, status }: Reason): string => `${kind} ${status ?? ''}`;
