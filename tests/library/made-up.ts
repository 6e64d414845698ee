import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ArticleId, Picture } from '../../shared/article.ts';
import { keep } from '../../electron/library/articles.ts';
import { toPage } from '../../electron/library/leave/page.ts';
import { sealArticle, type Meta, type Sealed } from '../../electron/library/parts.ts';
import { openStore, type OpenStore, type StoreOptions } from '../../electron/library/store.ts';

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

/** What a made-up article is made of; everything has a default. */
export type MadeUp = { url?: string; title?: string; html?: string; tags?: string[]; site?: string; byline?: string; words?: number; pictures?: Picture[] };

/** Seals a made-up article's folder for a row that is there already. */
export function seal(store: Pick<OpenStore, 'root' | 'now'>, id: ArticleId, facts: MadeUp = {}): Promise<Sealed> {
  const meta: Omit<Meta, 'sums'> = {
    id, url: facts.url ?? null, addedAt: store.now(), title: facts.title ?? 'A made-up article', byline: facts.byline ?? null,
    site: facts.site ?? null, source: null, publishedAt: null, modifiedAt: null, lang: 'en', dir: 'ltr', leadImage: null,
    canonical: null, excerpt: 'Invented.', breadcrumb: [], keywords: [], resources: [], words: facts.words ?? 10, minutes: 1,
    extractedBy: '0.0.0', encoding: 'utf-8', pictures: facts.pictures ?? [], certificate: null,
  };
  const page = { bytes: Buffer.from('<p>as it came</p>'), headers: { 'content-type': 'text/html' }, url: facts.url ?? '' };
  return sealArticle(store, { id, document: toPage(meta, facts.html ?? '<p>Invented text.</p>'), meta, page });
}

let count = 0;

/** Keeps a made-up article and makes it ready. */
export async function addReady(store: OpenStore, facts: MadeUp = {}): Promise<ArticleId> {
  const url = facts.url ?? `https://example.org/${++count}`;
  const id = keep(store, [{ url, job: { from: 'web', typed: false } }], facts.tags ?? [])[0]!.id;
  store.act([{ act: 'ready', id, ...(await seal(store, id, { ...facts, url })) }]);
  return id;
}
