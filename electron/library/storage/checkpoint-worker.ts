import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { endMessage } from './end-worker.ts';

/** How long the log was, in pages. */
export type Done = { log: number };

/* Takes what the write-ahead log holds over into the index, at each message, and answers when that is done. */

const { path } = workerData as { path: string };
const db = new DatabaseSync(path, { timeout: 5_000 });
db.exec('PRAGMA synchronous = NORMAL');

parentPort?.on('message', (message: string) => {
  if (message === endMessage) process.exit();
  // Passive: it takes what it can without keeping anybody waiting.
  const { log } = db.prepare('PRAGMA wal_checkpoint(PASSIVE)').get() as { log: number };
  parentPort?.postMessage({ log } satisfies Done);
});
