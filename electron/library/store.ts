import type { DatabaseSync } from 'node:sqlite';
import type { ArticleId, Stage } from '../../shared/article.ts';
import type { News } from '../../shared/contract.ts';
import type { ActBody } from './acts.ts';

/** The open storage that the nouns work with. */
export type Store = {
  /** The library's folder, absolute. */
  readonly root: string;
  /** The index. Changes when the index is rebuilt, so it is asked for anew each time. */
  readonly db: DatabaseSync;
  readonly readOnly: null | 'newer-library' | 'folder';
  /** What the queue is doing to articles at this moment; laid over the rows that lists and the reader see. */
  readonly working: Map<ArticleId, Stage & { state: 'working' }>;
  /** Written to the journal, fsynced and in the index when this returns; all or nothing. Throws FailureError. */
  act(acts: ActBody[]): void;
  tell(news: News): void;
  /** ISO 8601 in UTC. */
  now(): string;
};
