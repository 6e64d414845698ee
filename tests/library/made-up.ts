import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ArticleId } from '../../shared/article.ts';
import { keep } from '../../electron/library/articles.ts';
import { openStore, type OpenStore, type StoreOptions } from '../../electron/library/storage/store.ts';
import { seal, sure, type MadeUp } from './made-up-article.ts';

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'lectern-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** An open store in a folder of its own, closed when the test is over. */
export async function openTestStore(options: Partial<StoreOptions> = {}): Promise<OpenStore> {
  const store = await openStore({ path: options.path ?? temporaryFolder(), ...options });
  onTestFinished(() => store.close());
  return store;
}

let count = 0;

/** Keeps a made-up article and makes it ready. */
export async function addReady(store: OpenStore, facts: MadeUp = {}): Promise<ArticleId> {
  const url = facts.url ?? `https://example.org/${++count}`;
  const id = sure(keep(store, [{ url, job: { from: 'web', typed: false } }], facts.tags ?? [])[0]).id;
  store.act([{ act: 'ready', id, ...(await seal(store, id, { ...facts, url })) }]);
  return id;
}
