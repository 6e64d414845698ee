import type { ArticleId, Picture } from '../../shared/article.ts';
import { toPage } from '../../electron/library/leave/page.ts';
import { sealArticle, type Meta, type Sealed } from '../../electron/library/storage/parts.ts';

/** What a made-up article is made of; everything has a default. */
export type MadeUp = { url?: string; title?: string; html?: string; tags?: string[]; site?: string; byline?: string; words?: number; minutes?: number; pictures?: Picture[]; canonical?: string | null; lang?: string; published?: string };

/** Seals a made-up article's folder for a row that is there already. */
export function seal(store: { root: string; now(): string }, id: ArticleId, facts: MadeUp = {}): Promise<Sealed> {
  const meta: Omit<Meta, 'sums'> = {
    id, url: facts.url ?? null, addedAt: store.now(), title: facts.title ?? 'A made-up article', byline: facts.byline ?? null,
    site: facts.site ?? null, source: null, publishedAt: facts.published === undefined ? null : { local: facts.published, offset: null, assumed: true }, modifiedAt: null, lang: facts.lang ?? 'en', dir: 'ltr', leadImage: null,
    canonical: facts.canonical ?? null, excerpt: 'Invented.', breadcrumb: [], section: null, keywords: [], resources: [], kind: 'article', words: facts.words ?? 10, minutes: facts.minutes ?? 1,
    extractedBy: '0.0.0', encoding: 'utf-8', pictures: facts.pictures ?? [], certificate: null, pages: null,
  };
  const page = { bytes: Buffer.from('<p>as it came</p>'), headers: { 'content-type': 'text/html' }, url: facts.url ?? '' };
  return sealArticle(store, { id, document: toPage(meta, facts.html ?? '<p>Invented text.</p>'), meta, page });
}

/** What must be there for the test to make sense. */
export function sure<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('Something the test relies on is missing');
  return value;
}
