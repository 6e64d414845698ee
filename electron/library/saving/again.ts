import { readFile, utimes } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { ArticleId, Picture } from '../../../shared/article.ts';
import type { PageKind } from '../../../shared/page-kind.ts';
import type { Answers, Output, Parsed } from '../../../shared/contract.ts';
import { type Failure, FailureError } from '../../../shared/failure.ts';
import type { ActBody } from '../storage/acts.ts';
import { readKept, type Kept } from './kept-page.ts';
import { all } from '../storage/database.ts';
import { keptForm } from '../extract/list-body.ts';
import { extractorVersion } from '../extract/version.ts';
import type { ExtractResult } from '../extract/extractor.ts';
import { filePath } from '../storage/files.ts';
import { keepPictures, type PictureResult } from './images.ts';
import { pictureLimits } from './picture-fetch.ts';
import { toPage } from '../leave/page.ts';
import type { Way } from './picture-ways.ts';
import { sha256 } from '../storage/disk.ts';
import { type Meta, partNames, readSealedMeta, sealArticle } from '../storage/parts.ts';
import { type IndexRow, indexRow, sealedOf } from '../rows.ts';
import { type Joined, joinFurther } from './pages.ts';
import { certificate, furtherTask, pictureTask, type SaveContext, typedHost } from './save.ts';
import { wouldBeOrphans } from '../storage/highlight-index.ts';
import { plainText } from '../search/plain-text.ts';
import type { Trial } from '../../../shared/trial.ts';
import { makeTrial } from './trial.ts';
import { changeWithUndo } from '../undo.ts';

/** What can be asked about extracting again. `close` ends what is under way; an article being replaced stays as it was. */
export type Again = Pick<Answers, 'tryExtract' | 'reextract' | 'older'> & { close(): Promise<void> };

type Wish = Parsed<'reextract'>;

/** How often an article that somebody else replaces at the same moment is begun anew. */
const rounds = 4;

/** Extracts articles again from the pages kept with them. */
export function openAgain(context: SaveContext): Again {
  const { store } = context;
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();

  function during<T>(work: Promise<T>): Promise<T> {
    const settled = work.then(() => undefined, () => undefined).finally(() => running.delete(settled));
    running.add(settled);
    return work;
  }

  async function attempt({ id, encoding, kind, morePages }: Omit<Wish, 'joins'>, explain: { explain?: true } = {}): Promise<{ kept: Kept; joined: Joined; chosen: { encoding: boolean; kind: PageKind | null } }> {
    const kept = readKept(store, id);
    const former = kept.meta?.encodingChosen === true ? kept.meta.encoding : null;
    const by = encoding === 'auto' ? null : (encoding ?? former);
    const named = kind === 'auto' ? null : (kind ?? kept.meta?.kindChosen ?? null);
    const job = { ...kept.job, rules: context.rules.textsFor(kept.job.url), ...explain, ...(by === null ? {} : { encoding: by }), ...(named === null ? {} : { kind: named }) };
    const fetch = morePages ? furtherTask(context, kept.work, closing.signal) : { fetch: null, pause: 0, signal: closing.signal };
    const joined = await joinFurther({ ...fetch, extractor: context.extractor, job, kept: kept.further, before: kept.meta?.pages ?? null });
    return { kept, joined: { ...joined, result: keptForm(joined.result) }, chosen: { encoding: by !== null, kind: named } };
  }

  function trialOf(kept: Kept, { result }: Joined, chosen: { encoding: boolean; kind: PageKind | null }): Trial {
    return { ...makeTrial(kept, result, chosen), highlights: wouldBeOrphans(store.db, kept.row.id, plainText(result.html)) };
  }

  async function replace(wish: Wish): Promise<Output<'reextract'>> {
    if (store.readOnly) throw new FailureError({ kind: 'read-only', why: store.readOnly });
    for (let round = 1; round <= rounds; round++) {
      const { kept, joined, chosen } = await attempt(wish);
      const { result, further, pages } = joined;
      const trial = trialOf(kept, joined, chosen);
      const { html: _1, text: _2, nextPage: _3, report: _4, ...facts } = result;
      const pictures = await picturesAgain(context, kept, result, closing.signal);
      const meta: Omit<Meta, 'sums'> = {
        ...facts,
        id: wish.id,
        url: kept.meta?.url ?? kept.work.url ?? kept.job.url,
        addedAt: kept.meta?.addedAt ?? kept.work.addedAt,
        extractedBy: extractorVersion,
        ...(chosen.encoding ? { encodingChosen: true } : {}),
        ...(chosen.kind === null ? {} : { kindChosen: chosen.kind }),
        pictures: pictures.pictures,
        certificate: certificate(context, pictures),
        pages,
      };
      if (isSealedSo(kept, meta, pictures.html)) return { ...trial, undo: null };
      const sealed = await sealArticle(store, { id: wish.id, document: toPage(meta, pictures.html), meta, page: kept.page, further });
      // Erased meanwhile: this throws `not-found`, and the folder just made is swept.
      const now = indexRow(store.db, wish.id);
      if (closing.signal.aborted) throw new FailureError({ kind: 'cancelled' });
      // Fetched or mended by someone else meanwhile: what was made of the former article must not cover that up.
      if (sealedOf(now)?.folder !== kept.sealed.folder || now.state === 'waiting') continue;
      return { ...trial, ...changeWithUndo(store, [{ act: 'ready', id: wish.id, ...sealed }], backTo(now, kept), wish.joins) };
    }
    throw new FailureError({ kind: 'internal', detail: `${wish.id} was replaced ${rounds} times while it was extracted again` });
  }

  return {
    async tryExtract(wish) {
      const { kept, joined, chosen } = await during(attempt({ ...wish, morePages: false }, { explain: true }));
      return trialOf(kept, joined, chosen);
    },
    reextract: (wish) => during(replace(wish)),
    async older() {
      const ids: ArticleId[] = [];
      const rows = all<IndexRow>(store.db, "SELECT * FROM articles WHERE saved = 1 AND state = 'ready' AND trashed_at IS NULL ORDER BY added_at, id DESC");
      for (const [number, row] of rows.entries()) {
        // A meta.json each, many thousands perhaps: others get their turn between them.
        if (number % 50 === 49) await setImmediate();
        const sealed = sealedOf(row);
        if (sealed === null || !(partNames.page in sealed.sums)) continue;
        if (isOlder(() => readSealedMeta(store.root, sealed))) ids.push(row.id);
      }
      return { extractor: extractorVersion, ids };
    },
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}

/** One whose facts are damaged counts as well: extracting again mends them. */
function isOlder(read: () => Meta): boolean {
  try {
    return read().extractedBy !== extractorVersion;
  } catch (error) {
    if (error instanceof FailureError) return true;
    throw error;
  }
}

/** The acts that bring the article as it was back. */
function backTo(row: IndexRow, { sealed }: Kept): ActBody[] {
  const back: ActBody[] = [{ act: 'ready', id: row.id, ...sealed }];
  if (row.state === 'failed') back.push({ act: 'failed', id: row.id, failure: JSON.parse(row.failure ?? '{"kind":"cancelled"}') as Failure });
  return back;
}

/** Whether the article is sealed just so already; when it was counted does not matter. */
function isSealedSo({ meta, body, row }: Kept, next: Omit<Meta, 'sums'>, html: string): boolean {
  if (meta === null || body !== html || row.state !== 'ready') return false;
  return factsIn(meta) === factsIn(next);
}

function factsIn({ certificate: _1, sums: _2, ...rest }: Omit<Meta, 'sums'> & { sums?: unknown }): string {
  return JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Pictures of the former article are taken from the library, by their address; what was missing stays missing until
 * the reader asks for it. Only addresses that are new to the article are fetched.
 */
function picturesAgain(context: SaveContext, kept: Kept, { html, leadImage }: ExtractResult, signal: AbortSignal): Promise<PictureResult> {
  const task = pictureTask(context, kept.job.url, typedHost(kept.work), signal);
  const former = new Map((kept.meta?.pictures ?? []).map((picture) => [picture.url, picture]));
  const fetched = (url: string, way: Way): Promise<Uint8Array> | null => (context.settings().keepPictures ? task.bytesOf(url, way) : Promise.reject(new FailureError({ kind: 'pictures-off' })));
  const formerBytes = async (url: string, before: Picture): Promise<Uint8Array> => {
    const stored = before.state === 'stored' ? await readStored(context.store.root, before) : null;
    if (stored !== null) return stored;
    if (before.state === 'missing' && isAboutPicture(before.failure)) throw new FailureError(before.failure);
    return (await fetched(url, 'page')) ?? new Uint8Array();
  };
  const largest = Math.max(0, ...[...former.values()].map((picture) => (picture.state === 'stored' ? picture.bytes : 0)));
  return keepPictures({
    ...task,
    html,
    lead: leadImage,
    keep: true,
    // A limit lowered since then is for new pictures; `fetchPublic` holds them to it.
    limits: { picture: Math.min(pictureLimits.article, Math.max(task.limits.picture, largest)) },
    bytesOf(url, way) {
      const before = former.get(url);
      // What is here is asked for no other way, and what is missing not until the reader says so.
      if (before !== undefined && way !== 'page') return null;
      return before === undefined ? fetched(url, way) : formerBytes(url, before);
    },
  });
}

/** Failures that stop the whole article when thrown while a picture is kept; only a forged meta.json has them. */
function isAboutPicture({ kind }: Failure): boolean {
  return kind !== 'storage' && kind !== 'disk-full' && kind !== 'read-only';
}

/** A stored picture's bytes, renewed so that no sweep takes it; null when it is gone or no longer what it was. */
async function readStored(root: string, { file }: Picture & { state: 'stored' }): Promise<Uint8Array | null> {
  const path = filePath(root, file);
  try {
    const bytes = await readFile(path);
    if (!file.startsWith(sha256(bytes))) return null;
    const now = new Date();
    await utimes(path, now, now);
    return bytes;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
