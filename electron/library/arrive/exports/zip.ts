import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { FailureError } from '../../../../shared/failure.ts';

/** A file in an archive. `read` gives its bytes, at most `limit` of them; FailureError `too-large`, `broken-archive`. */
export type ZipEntry = { name: string; size: number; read(limit: number): Promise<Buffer> };
export type Zip = { entries: ReadonlyMap<string, ZipEntry>; close(): void };

const mostEntries = 200_000;

/**
 * Opens a zip archive by its directory; a file is unpacked when it is read and never beyond its limit, whatever it says of
 * itself. A name that comes twice is its first file. Throws FailureError `broken-archive` for what is no archive, `too-many-entries`.
 */
export async function openZip(path: string): Promise<Zip> {
  const zip = await openPromise(path, { autoClose: false }).catch((error: unknown) => {
    throw new FailureError({ kind: 'broken-archive' }, { cause: error });
  });
  const entries = new Map<string, ZipEntry>();
  try {
    if (zip.entryCount > mostEntries) throw new FailureError({ kind: 'too-many-entries', limit: mostEntries });
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (name.endsWith('/') || name.startsWith('__MACOSX/') || entries.has(name)) continue;
      entries.set(name, { name, size: entry.uncompressedSize, read: (limit) => readEntry(zip, entry, limit) });
    }
  } catch (error) {
    zip.close();
    throw error instanceof FailureError ? error : new FailureError({ kind: 'broken-archive' }, { cause: error });
  }
  return { entries, close: () => zip.close() };
}

async function readEntry(zip: ZipFile, entry: Entry, limit: number): Promise<Buffer> {
  if (entry.uncompressedSize > limit) throw new FailureError({ kind: 'too-large', limit });
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > limit) throw new FailureError({ kind: 'too-large', limit });
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof FailureError ? error : new FailureError({ kind: 'broken-archive' }, { cause: error });
  }
  return Buffer.concat(parts);
}
