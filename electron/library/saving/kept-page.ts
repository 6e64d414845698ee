import type { ArticleId } from '../../../shared/article.ts';
import { FailureError } from '../../../shared/failure.ts';
import { formatOf } from '../arrive/format.ts';
import { toFetch, type Waiting } from '../articles.ts';
import { formatOfPage } from './download.ts';
import type { ExtractJob } from '../extract/extractor.ts';
import { type Meta, type Page, partNames, readFurtherPages, readSealedBody, readSealedMeta, readSealedPage, type Sealed } from '../storage/parts.ts';
import { type IndexRow, indexRow, sealedOf } from '../rows.ts';
import type { Store } from '../storage/store.ts';

/** An article with the page it was made of, and those it went on over; `meta` and `body` are null where that part is damaged. `job` reads the page again. */
export type Kept = {
  row: IndexRow;
  work: Waiting;
  sealed: Sealed;
  page: Page;
  further: Page[];
  job: ExtractJob;
  meta: Meta | null;
  body: string | null;
};

/**
 * Reads what is kept of an article for extracting it again. Throws FailureError `not-found`; `no-page-kept` for one that
 * was made without a page or is being fetched; `damaged` when the page is no longer what was stored.
 */
export function readKept(store: Store, id: ArticleId): Kept {
  const row = indexRow(store.db, id);
  const sealed = sealedOf(row);
  if (sealed === null || row.state === 'waiting') throw new FailureError({ kind: 'no-page-kept' });
  const page = readPage(store.root, sealed);
  const work = toFetch(store, id);
  return {
    row,
    work,
    sealed,
    page,
    further: orDamaged(sealed, () => readFurtherPages(store.root, sealed)),
    job: jobFor(work, page),
    meta: orNull(() => readSealedMeta(store.root, sealed)),
    body: orNull(() => readSealedBody(store.root, sealed)),
  };
}

function readPage(root: string, sealed: Sealed): Page {
  const page = orDamaged(sealed, () => readSealedPage(root, sealed));
  if (page === null) throw new FailureError({ kind: 'no-page-kept' });
  return page;
}

function orDamaged<T>({ folder }: Sealed, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FailureError) throw error;
    // Sealed as it is, and yet no page inside: a bomb, or made by something else.
    throw new FailureError({ kind: 'damaged', part: `${folder}/${partNames.page}` }, { cause: error });
  }
}

/** The same question to the extractor as when the page came; what was handed in has its name, and what part it is, in headers. */
function jobFor({ job }: Waiting, page: Page): ExtractJob {
  const { bytes } = page;
  const url = URL.canParse(page.url) ? page.url : null;
  const named = headerOf(page, 'x-name');
  if (named === null && url !== null) {
    const contentType = headerOf(page, 'content-type');
    return { bytes, contentType, url, name: '', format: formatOfPage(contentType, { bytes, url }) };
  }
  const name = decoded(named ?? '');
  const part = headerOf(page, 'x-part') === 'selection' ? 'selection' : null;
  const format = part ?? (job.from === 'file' ? job.format : null) ?? formatOf(name, bytes);
  return { bytes, contentType: null, url, name, format };
}

function headerOf({ headers }: Page, name: string): string | null {
  const value: unknown = typeof headers === 'object' && headers !== null ? headers[name] : null;
  return typeof value === 'string' ? value : null;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // Not as we write it, then: the name as it stands.
    return name;
  }
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof FailureError && error.failure.kind === 'damaged') return null;
    throw error;
  }
}
