import type { Failure, Reply } from '../../shared/failure.ts';
import { importPart, largestImport } from '../../shared/import-format.ts';
import type { ImportFacts } from '../../shared/import.ts';
import { ask } from '../ask.ts';
import { base64Of } from './files.ts';

/** A file looked through: `found` once it is known for an export, with what is to become of it. */
export type Bringing =
  | { state: 'handing'; done: number }
  | { state: 'found'; token: string; facts: ImportFacts; folders: boolean; bookmarks: boolean }
  | { state: 'failed'; failure: Failure };

/** Names of files that are exports or nothing. */
const tables = /\.(?:csv|tsv|json|zip|opml|xml)$/iu;

/** Whether a file may be the export of another service, by its name or how it begins: then the library looks it through. */
export async function mayBeExport(file: File): Promise<boolean> {
  if (file.size === 0 || file.size > largestImport) return false;
  if (tables.test(file.name)) return true;
  const start = await file.slice(0, 65_536).text();
  if (/\.x?html?$/iu.test(file.name)) return /netscape-bookmark|<dt>\s*<(?:a|h3)\b|\btime_added\s*=/iu.test(start);
  return !/\.[a-z0-9]{1,8}$/iu.test(file.name) && start.trimStart().startsWith('{');
}

/** Hands a file over part by part; what it holds, null when it is no export. */
export async function lookThrough(file: File, progress: (done: number) => void): Promise<Reply<{ token: string; facts: ImportFacts } | null>> {
  let token: string | null = null;
  for (let from = 0; from < file.size; from += importPart) {
    progress(from);
    let base64: string;
    try {
      base64 = await base64Of(file.slice(from, from + importPart));
    } catch {
      // The file was moved, deleted or locked since it was chosen.
      return { ok: false, failure: { kind: 'storage', path: file.name, reason: 'unreadable' } };
    }
    const reply: Reply<{ token: string }> = await ask('importPart', { token, base64 });
    if (!reply.ok) return reply;
    token = reply.value.token;
  }
  if (token === null) return { ok: true, value: null };
  const reply = await ask('lookImport', { token, name: file.name.slice(0, 500) });
  if (!reply.ok) return reply;
  return { ok: true, value: reply.value === null ? null : { token, facts: reply.value } };
}
