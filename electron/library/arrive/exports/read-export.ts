import { open, readFile, stat } from 'node:fs/promises';
import { FailureError } from '../../../../shared/failure.ts';
import { decode } from '../../extract/decode.ts';
import { isBookmarksFile, readBookmarks } from './bookmarks.ts';
import type { BroughtAll } from './brought.ts';
import { readCsv } from './csv.ts';
import { readJson } from './json.ts';
import { readOpml } from './opml.ts';

/** The largest file of text that is read whole, in bytes. */
export const largestText = 300_000_000;

/** An export with what has to stay open while it is taken over. */
export type Export = BroughtAll & { close(): void };

/**
 * Reads an export of any format that is known, told by what is in it and not by its name: an archive, JSON, a table, a
 * bookmarks file or OPML. Null for anything else, a page or a text say. Throws FailureError `too-large`, `too-many-entries`, `broken-archive`.
 */
export async function readExport(path: string): Promise<Export | null> {
  if (await isArchive(path)) return (await import('./archive.ts')).readArchive(path);
  if ((await stat(path)).size > largestText) throw new FailureError({ kind: 'too-large', limit: largestText });
  const all = await readTextExport(await readFile(path));
  return all === null ? null : { ...all, close: () => undefined };
}

async function isArchive(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === 'PK\x03\x04';
  } finally {
    await file.close();
  }
}

/** The same of bytes that are no archive. */
export async function readTextExport(bytes: Uint8Array): Promise<BroughtAll | null> {
  if (bytes.subarray(0, 8_192).includes(0) && !/^(?:\xff\xfe|\xfe\xff)/.test(Buffer.from(bytes.subarray(0, 2)).toString('latin1'))) return null;
  const { text } = decode(bytes, null);
  const start = text.slice(0, 20_000).trimStart();
  if (/^[[{]/.test(start)) {
    try {
      return readJson(text);
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }
  if (/<opml\b/i.test(start)) return readOpml(text);
  if (start.startsWith('<')) return isBookmarksFile(start) ? readBookmarks(text) : null;
  return readCsv(text);
}
