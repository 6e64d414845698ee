import { createHash } from 'node:crypto';
import type { Picture } from '../../../shared/article.ts';
import { type Failure, FailureError } from '../../../shared/failure.ts';
import { storeFile } from '../storage/files.ts';
import { isCut } from './picture-end.ts';
import { dataBytes, foreignType, pictureKind, pictureSize } from './picture-kind.ts';
import { isAboutWay, ways, type Way } from './picture-ways.ts';

/** Bytes for one picture and for all of an article's, how many pictures, and how many are fetched at once. */
export type PictureLimits = { picture: number; article: number; count: number; atOnce: number };
export const pictureLimits: PictureLimits = { picture: 20_000_000, article: 200_000_000, count: 500, atOnce: 4 };

/** A size as the page declares it, in pixels; null where it says nothing. */
export type Declared = { width: number | null; height: number | null };

/** What became of an address: kept or missing, or `dropped` because it only counts visitors or holds room. */
export type Kept = Picture | { url: string; state: 'dropped' };

/** How to get pictures. `bytesOf` gets one by the way given, null where that way is no other than one before it; throws FailureError. */
export type FetchTask = {
  root: string;
  bytesOf(url: string, way: Way): Promise<Uint8Array> | null;
  signal?: AbortSignal | undefined;
};

/** Gets one picture, by another way where the first is refused or given something else; `declared` is what the page says of its size. */
export async function fetchPicture(url: string, task: FetchTask, limits: PictureLimits, declared: readonly Declared[]): Promise<Kept> {
  if (url.startsWith('data:')) return keepBytes(url, dataBytes(url), task, limits, declared);
  let first: Kept | null = null;
  for (const way of ways) {
    const result = await fetchBy(url, way, task, limits, declared);
    if (result === null) continue;
    if (result.state !== 'missing' || !isAboutWay(result.failure)) return first === null || result.state !== 'missing' ? result : first;
    first ??= result;
  }
  return first ?? missing(url, { kind: 'not-a-picture', type: 'empty' });
}

/** Gets one picture by one way; null where there is no such way. A picture that breaks off is asked for once more. */
export async function fetchBy(url: string, way: Way, task: FetchTask, limits: PictureLimits, declared: readonly Declared[]): Promise<Kept | null> {
  try {
    const bytes = await twiceIfBroken(() => task.bytesOf(url, way));
    if (bytes === null) return null;
    const kind = pictureKind(bytes);
    if (kind === null || !isCut(bytes, kind)) return await keepBytes(url, bytes, task, limits, declared);
    const again = (await task.bytesOf(url, way)) ?? bytes;
    const kindAgain = pictureKind(again);
    if (kindAgain !== null && !isCut(again, kindAgain)) return await keepBytes(url, again, task, limits, declared);
    // Twice the very same: the site's own file is like that, and what there is of it can be seen.
    if (Buffer.from(again).equals(bytes)) {
      const kept = await keepBytes(url, bytes, task, limits, declared);
      return kept.state === 'stored' ? { ...kept, cut: true } : kept;
    }
    return missing(url, { kind: 'picture-cut-short', host: hostIn(url) });
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { failure } = error;
    if ((failure.kind === 'cancelled' && task.signal?.aborted) || failure.kind === 'disk-full' || failure.kind === 'storage' || failure.kind === 'read-only') throw error;
    return missing(url, aboutPicture(failure, url));
  }
}

async function twiceIfBroken(ask: () => Promise<Uint8Array> | null): Promise<Uint8Array | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.kind !== 'cut-short') throw error;
    return ask();
  }
}

/** The failures of a request, said of a picture. */
function aboutPicture(failure: Failure, url: string): Failure {
  if (failure.kind === 'cut-short') return { kind: 'picture-cut-short', host: hostIn(url) };
  return failure.kind === 'too-large' ? { kind: 'picture-too-large', limit: failure.limit } : failure;
}

async function keepBytes(url: string, bytes: Uint8Array | null, { root }: FetchTask, limits: PictureLimits, declared: readonly Declared[]): Promise<Kept> {
  if (bytes === null || bytes.byteLength === 0) return missing(url, { kind: 'not-a-picture', type: 'empty' });
  if (bytes.byteLength > limits.picture) return missing(url, { kind: 'picture-too-large', limit: limits.picture });
  const kind = pictureKind(bytes);
  if (kind === null) return missing(url, { kind: 'not-a-picture', type: foreignType(bytes) });
  const drawing = kind === 'svg' ? (await import('./svg.ts')).cleanSvg(bytes) : null;
  if (kind === 'svg' && drawing === null) return missing(url, { kind: 'not-a-picture', type: 'image/svg+xml' });
  const size = drawing ?? pictureSize(bytes);
  const { width = null, height = null } = size ?? {};
  if (kind !== 'svg' && width !== null && height !== null && (width <= 2 || height <= 1)) {
    // A dot where the page has room for a picture stands in for it; elsewhere it counts visitors.
    const room = declared.some((each) => (each.width ?? 0) >= 48 && (each.height ?? 48) >= 48);
    return room && !url.startsWith('data:') ? missing(url, { kind: 'stand-in', host: hostIn(url) }) : { url: shortened(url), state: 'dropped' };
  }
  const stored = await storeFile(root, drawing?.bytes ?? bytes, kind);
  // A drawing that says nothing of its size is shown by browsers in 300 by 150.
  const shown = kind === 'svg' ? { width: width ?? 300, height: height ?? 150 } : { width, height };
  return { url: shortened(url), state: 'stored', ...stored, ...shown };
}

export function missing(url: string, failure: Failure): Picture {
  return { url: shortened(url), state: 'missing', failure };
}

export const hostIn = (url: string): string => URL.parse(url)?.hostname ?? '';

/** A `data:` address is the picture itself; what is written down is its start and a name of its own. */
export function shortened(url: string): string {
  return url.startsWith('data:') ? `${url.slice(0, 40)}…${createHash('sha256').update(url).digest('hex').slice(0, 16)}` : url;
}
