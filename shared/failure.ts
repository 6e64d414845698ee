import type { FolderTrouble } from './library-folder.ts';

/** Every failure a person may be told about, as data. The words for each kind live in `words/`. */
export type Failure =
  /** This machine has no network at all. */
  | { kind: 'no-network' }
  | { kind: 'no-such-host'; host: string }
  /** The server refused or dropped the connection before answering. */
  | { kind: 'no-connection'; host: string }
  /** `waited` is in seconds. */
  | { kind: 'timeout'; host: string; waited: number }
  /** 401, 402, 403, 407, 429 or 451: the site does not want to give us the page. `retryAt` is the moment, in ISO 8601, before which it asks not to come again. */
  | { kind: 'refused'; host: string; status: number; retryAt?: string }
  /** 404 or 410. */
  | { kind: 'gone'; host: string; status: number }
  /** 5xx, or any other status that is no success. `retryAt` as above. */
  | { kind: 'server-error'; host: string; status: number; retryAt?: string }
  | { kind: 'certificate'; host: string; reason: string }
  | { kind: 'too-many-redirects'; host: string }
  /** The page or a redirect leads to a private, loopback or otherwise non-public network address. */
  | { kind: 'private-address'; host: string }
  /** Not http(s), or not an address at all. */
  | { kind: 'bad-address'; address: string }
  /** `limit` is in bytes. */
  | { kind: 'too-large'; limit: number }
  /** The answer broke off before its declared end. */
  | { kind: 'cut-short'; host: string }
  /** An article goes on over more than `limit` pages. */
  | { kind: 'too-many-pages'; limit: number }
  /** The bytes are not a page; `type` is the media type found. */
  | { kind: 'not-a-page'; type: string }
  /** An archive, or a file in it, that breaks off or is not what it says. */
  | { kind: 'broken-archive' }
  /** A file from elsewhere that holds more than `limit` entries. */
  | { kind: 'too-many-entries'; limit: number }
  /** A page, but nothing in it that could be an article. */
  | { kind: 'no-article' }
  /** The bytes of a picture are none; `type` is the media type found, `empty` for no bytes at all. */
  | { kind: 'not-a-picture'; type: string }
  /** The server gives one and the same picture, or a dot, for everything it does not want shown elsewhere. */
  | { kind: 'stand-in'; host: string }
  /** A picture broke off before its end, twice. */
  | { kind: 'picture-cut-short'; host: string }
  /** Limits on pictures, in bytes: for a single one, for all of an article's together. */
  | { kind: 'picture-too-large'; limit: number }
  | { kind: 'pictures-too-large'; limit: number }
  /** The article has more pictures than are fetched for one; `limit` is a count. */
  | { kind: 'too-many-pictures'; limit: number }
  /** The reader has pictures turned off. */
  | { kind: 'pictures-off' }
  /**
   * The page holds no article until its script has run, and the script was not run: nothing here could (`no-engine`), or
   * the reader turned it off.
   */
  | { kind: 'made-by-script'; host: string; why: 'no-engine' | 'turned-off' }
  /** Something stands before the article: a sign-in, a check for robots, a demand to subscribe or to agree to cookies. */
  | { kind: 'wall'; host: string; wall: Wall }
  /** The page an article was made of is not kept, so that nothing can be made of it again. */
  | { kind: 'no-page-kept' }
  /** The page was too much for the extractor: its time or memory ran out. */
  | { kind: 'too-complex' }
  | { kind: 'cancelled' }
  /** No article, tag or file of that name in this library. */
  | { kind: 'not-found'; what: string }
  /** A question was asked with an input that its schema does not allow. */
  | { kind: 'bad-input'; problem: string }
  | { kind: 'too-big-a-request'; limit: number }
  | { kind: 'read-only'; why: 'newer-library' | 'folder' }
  /** Another process owns the library and does not answer. */
  | { kind: 'in-use'; path: string }
  | { kind: 'disk-full'; path: string }
  /** A library does not fit on the disk it is to be moved to; both in bytes. */
  | { kind: 'no-room'; path: string; needed: number; free: number }
  /** A folder that cannot be moved to, or opened as a library. */
  | { kind: 'bad-folder'; path: string; why: FolderTrouble }
  /** What was copied is not what was read. */
  | { kind: 'bad-copy'; path: string }
  /** A stored part is missing or its hash is wrong. */
  | { kind: 'damaged'; part: string }
  /** The system refused a file operation; `reason` is its own code, such as EACCES. */
  | { kind: 'storage'; path: string; reason: string }
  /** A fault of ours. `detail` is for a bug report, never shown alone. */
  | { kind: 'internal'; detail: string };

/** What may stand before an article. */
export type Wall = 'login' | 'robot' | 'paywall' | 'consent';

export type FailureKind = Failure['kind'];

/** What every question answers: the output, or a failure as data. Nothing is thrown across the door. */
export type Reply<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** A failure travelling as an exception inside one room; `answer.ts` turns it back into data at the door. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.kind, options);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

/** Whatever was thrown, as a failure: one of ours as it is, anything else as a fault of ours. */
export function faultOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  return { kind: 'internal', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
