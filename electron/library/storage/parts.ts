import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompressSync, constants } from 'node:zlib';
import type { ArticleId, Certificate, Pages, Picture } from '../../../shared/article.ts';
import type { PageKind } from '../../../shared/page-kind.ts';
import type { Extracted } from '../../../shared/extracted.ts';
import { FailureError } from '../../../shared/failure.ts';
import { randomName } from './clock.ts';
import { sha256, storageFailure, syncFolder } from './disk.ts';
import { assertThere } from './layout.ts';
import { readMetaShape } from './meta-shape.ts';
import { bodyOfPage } from '../leave/page.ts';
import { makeAhead } from '../search/text-ahead.ts';
import type { Store } from './store.ts';

/** Everything known of an article but its text: `meta.json`. `sums` are the SHA-256 of the other parts. */
export type Meta = Omit<Extracted, 'html' | 'text' | 'nextPage'> & {
  id: ArticleId;
  url: string | null;
  addedAt: string;
  /** The extractor's version; articles made before it was counted have Lectern's. */
  extractedBy: string;
  encoding: string;
  /** The reader named the encoding; extracting again keeps to it. */
  encodingChosen?: true;
  /** The reader named the kind of page; extracting again keeps to it. */
  kindChosen?: PageKind;
  pictures: Picture[];
  certificate: Certificate | null;
  /** Null for an article of one page. */
  pages: Pages | null;
  sums: Record<string, string>;
};

/** What a server sent, before anything was done to it. */
export type Page = { bytes: Uint8Array; headers: Record<string, string>; url: string };

/** A finished folder, as the `ready` act names it: its path under `articles/`, and the SHA-256 of every part. */
export type Sealed = { folder: string; sums: Record<string, string> };

export const partNames = { document: 'article.html', meta: 'meta.json', page: 'page.br' } as const;
/** The part of an article's second, third, … page, beside `page.br`. */
const furtherName = (number: number): string => `page-${number}.br`;

/** What an article's folder may be called: `<year>/<id>` or, for a later sealing, `<year>/<id>-<n>`. */
export const folderPattern = /^\d{4}\/([0-9a-hjkmnp-tv-z]{20})(?:-\d{1,6})?$/;

/** Whether a part may be called so: a plain file name, never a way out of its folder. */
export const isPartName = (name: string): boolean => /^[a-z0-9][a-z0-9-]{0,60}\.[a-z0-9]{1,10}$/.test(name);

/**
 * Writes an article's folder beside, fsyncs every part, renames it into place and fsyncs the parent. The folder counts
 * only once a `ready` act names it; a later sealing of the same article gets a folder of its own.
 */
export async function sealArticle(
  store: Pick<Store, 'root'>,
  article: { id: ArticleId; document: string; meta: Omit<Meta, 'sums'>; page: Page | null; further?: readonly Page[] },
): Promise<Sealed> {
  const parts = new Map<string, Uint8Array>([[partNames.document, Buffer.from(article.document)]]);
  if (article.page) parts.set(partNames.page, await packPage(article.page));
  for (const [index, page] of (article.further ?? []).entries()) parts.set(furtherName(index + 2), await packPage(page));
  const sums: Record<string, string> = {};
  for (const [name, bytes] of parts) sums[name] = sha256(bytes);
  const meta = Buffer.from(JSON.stringify({ ...article.meta, sums }, null, 1));
  parts.set(partNames.meta, meta);

  const year = folderYear(article.meta.addedAt);
  const home = join(store.root, 'articles', year);
  const beside = join(home, `.${article.id}.${randomName(12)}.part`);
  try {
    if (!existsSync(home)) {
      assertThere(store.root);
      await mkdir(home, { recursive: true, mode: 0o700 });
      await syncFolder(dirname(home));
      await syncFolder(store.root);
    }
    await mkdir(beside, { mode: 0o700 });
    for (const [name, bytes] of parts) await writeSynced(join(beside, name), bytes);
    await syncFolder(beside);
    const folder = await moveIn(beside, home, article.id);
    await syncFolder(home);
    const sealed = { folder: `${year}/${folder}`, sums: { ...sums, [partNames.meta]: sha256(meta) } };
    const body = bodyOfPage(article.document);
    if (body !== null) await makeAhead(sealed, body);
    return sealed;
  } catch (error) {
    // A full disk is helped by taking away what was begun; when even that fails, the next start sweeps it.
    await rm(beside, { recursive: true, force: true }).catch(() => undefined);
    throw storageFailure(error, home);
  }
}

async function moveIn(beside: string, home: string, id: ArticleId): Promise<string> {
  for (let round = 1; ; round++) {
    const name = round === 1 ? id : `${id}-${round}`;
    if (existsSync(join(home, name))) continue;
    try {
      await rename(beside, join(home, name));
      return name;
    } catch (error) {
      // Two sealings of one article at the same moment: the later one takes the next name.
      if (!existsSync(join(home, name))) throw error;
    }
  }
}

/** The year an article's folder is filed under; its time of saving decides. */
export function folderYear(addedAt: string): string {
  return /^\d{4}/.exec(addedAt)?.[0] ?? '1970';
}

/** The bytes of one part, or FailureError `damaged` when it is missing or not what was sealed. */
export function readPart(root: string, sealed: Sealed, name: string): Buffer {
  const part = `${sealed.folder}/${name}`;
  const sum = sealed.sums[name];
  if (!folderPattern.test(sealed.folder) || !isPartName(name) || sum === undefined) throw new FailureError({ kind: 'damaged', part });
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(root, 'articles', sealed.folder, name));
  } catch (error) {
    throw new FailureError({ kind: 'damaged', part }, { cause: error });
  }
  if (sha256(bytes) !== sum) throw new FailureError({ kind: 'damaged', part });
  return bytes;
}

/** An article's metadata, its hash verified. */
export function readSealedMeta(root: string, sealed: Sealed): Meta {
  const part = `${sealed.folder}/${partNames.meta}`;
  const text = readPart(root, sealed, partNames.meta).toString('utf8');
  let meta: Meta | null = null;
  try {
    meta = readMetaShape(JSON.parse(text));
  } catch (error) {
    throw new FailureError({ kind: 'damaged', part }, { cause: error });
  }
  if (meta === null) throw new FailureError({ kind: 'damaged', part });
  return meta;
}

/** An article's body, pictures as `/files/…`, its hash verified. */
export function readSealedBody(root: string, sealed: Sealed): string {
  const body = bodyOfPage(readPart(root, sealed, partNames.document).toString('utf8'));
  if (body === null) throw new FailureError({ kind: 'damaged', part: `${sealed.folder}/${partNames.document}` });
  return body;
}

/** The bytes a server sent, with its headers; null when the article came from a text or file. */
export function readSealedPage(root: string, sealed: Sealed): Page | null {
  return partNames.page in sealed.sums ? unpackPage(readPart(root, sealed, partNames.page)) : null;
}

/** The further pages of an article that was joined from several, in their order. */
export function readFurtherPages(root: string, sealed: Sealed): Page[] {
  const pages: Page[] = [];
  for (let number = 2; furtherName(number) in sealed.sums; number++) pages.push(unpackPage(readPart(root, sealed, furtherName(number))));
  return pages;
}

function unpackPage(part: Buffer): Page {
  // Twice what a download may be: a page packed by someone else may be a bomb.
  const packed = brotliDecompressSync(part, { maxOutputLength: 64_000_000 });
  const end = packed.indexOf(10);
  const head = JSON.parse(packed.subarray(0, end).toString('utf8')) as Omit<Page, 'bytes'>;
  return { ...head, bytes: packed.subarray(end + 1) };
}

/** One JSON line with address and headers, then the bytes as they came; Brotli around both. */
export async function packPage(page: Page): Promise<Buffer> {
  const head = Buffer.from(`${JSON.stringify({ url: page.url, headers: page.headers })}\n`);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
  return promisify(brotliCompress)(Buffer.concat([head, page.bytes]), { params });
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
