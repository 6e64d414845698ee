import { createReadStream, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import type { CheckReport } from '../../../shared/contract.ts';
import { pairSome } from '../duplicates/pairing.ts';
import { FailureError } from '../../../shared/failure.ts';
import { compareIndexes } from './compare.ts';
import { all, get } from './database.ts';
import { filePath } from './files.ts';
import { devicesOf, readJournal, segmentsOf } from './journal.ts';
import { folderPattern, readPart } from './parts.ts';
import { removeDatabase } from './database-files.ts';
import { catchUp, makeIndex } from './rebuild.ts';
import { sealedOf, type IndexRow } from '../rows.ts';
import type { Store } from './store.ts';
import { foldersIn } from './sweep.ts';

type Problems = CheckReport['problems'];

/**
 * Verifies the whole library: journals, every article's parts, every picture, and the index against one made anew.
 * Nothing is changed or repaired. Other work goes on in between.
 */
export function checkLibrary(store: Store): Promise<CheckReport> {
  const under = running.get(store) ?? check(store).finally(() => running.delete(store));
  running.set(store, under);
  return under;
}

const running = new WeakMap<Store, Promise<CheckReport>>();

async function check(store: Store): Promise<CheckReport> {
  const problems: Problems = [];
  const acts = await checkJournals(store, problems);
  const { articles, damaged } = await checkArticles(store, problems);
  const files = await checkFiles(store, problems);
  await checkIndex(store, damaged, problems);
  return { articles, files, acts, problems };
}

async function checkJournals(store: Store, problems: Problems): Promise<number> {
  let count = 0;
  for (const device of devicesOf(store.root)) {
    const segments = segmentsOf(store.root, device);
    segments.forEach((segment, index) => {
      if (segment !== index + 1 && segments[index - 1] !== segment - 1) problems.push({ what: 'journal segment missing before', where: `journal/${device}/${segment}` });
    });
    for (const { acts, damaged } of readJournal(store.root, device, { segment: 0, offset: 0, sum: '' })) {
      count += acts.length;
      for (const { file, line } of damaged) problems.push({ what: 'journal line damaged', where: `${file}:${line}` });
      await setImmediate();
    }
  }
  return count;
}

async function checkArticles(store: Store, problems: Problems) {
  const damaged = new Set<string>();
  const rows = all<Pick<IndexRow, 'id' | 'folder' | 'sums' | 'state'>>(store.db, 'SELECT id, folder, sums, state FROM articles WHERE saved = 1');
  for (const row of rows) {
    const sealed = sealedOf(row);
    if (!sealed) {
      if (row.state === 'ready') problems.push({ what: 'ready but without a folder', where: row.id });
      continue;
    }
    for (const part of Object.keys(sealed.sums)) {
      try {
        readPart(store.root, sealed, part);
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        // Erased or sealed anew since the list was read: its old folder is rightly gone.
        if (get<{ folder: string }>(store.db, 'SELECT folder FROM articles WHERE id = ?', row.id)?.folder !== sealed.folder) break;
        damaged.add(row.id);
        problems.push({ what: 'part damaged or missing', where: `articles/${sealed.folder}/${part}` });
      }
    }
    await setImmediate();
  }
  await checkFolders(store, problems);
  return { articles: rows.length, damaged };
}

/** Folders of articles that no journal knows: what remains where a journal was lost. */
async function checkFolders(store: Store, problems: Problems): Promise<void> {
  const known = new Set(all<{ id: string }>(store.db, 'SELECT id FROM articles WHERE saved = 1 UNION SELECT article FROM erased').map(({ id }) => id));
  const root = join(store.root, 'articles');
  for (const year of foldersIn(root)) {
    if (!/^\d{4}$/.test(year)) continue;
    for (const name of await readdir(join(root, year))) {
      const id = folderPattern.exec(`${year}/${name}`)?.[1];
      if (id !== undefined && !known.has(id)) problems.push({ what: 'article folder that no journal knows', where: `articles/${year}/${name}` });
    }
  }
}

async function checkFiles(store: Store, problems: Problems): Promise<number> {
  const root = join(store.root, 'files');
  let count = 0;
  for (const two of existsSync(root) ? foldersIn(root) : []) {
    if (!/^[0-9a-f]{2}$/.test(two)) continue;
    for (const entry of await readdir(join(root, two), { withFileTypes: true })) {
      const { name } = entry;
      const sum = /^([0-9a-f]{64})\.[a-z0-9]{2,5}$/.exec(name)?.[1];
      if (sum === undefined || !entry.isFile()) continue;
      count++;
      const found = await sumOf(join(root, two, name));
      if (found !== null && found !== sum) problems.push({ what: 'picture damaged', where: `files/${two}/${name}` });
    }
  }
  for (const { file, article } of all<{ file: string; article: string }>(store.db, 'SELECT file, article FROM pictures')) {
    if (!existsSync(filePath(store.root, file))) problems.push({ what: `picture of ${article} missing`, where: `files/${file.slice(0, 2)}/${file}` });
  }
  for (const { file, host } of all<{ file: string; host: string }>(store.db, 'SELECT file, host FROM icons WHERE file IS NOT NULL')) {
    if (!existsSync(filePath(store.root, file))) problems.push({ what: `icon of ${host} missing`, where: `files/${file.slice(0, 2)}/${file}` });
  }
  return count;
}

/** A file's SHA-256, or null when it is gone: swept while the check went on or, where an article uses it, missing. */
async function sumOf(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}

/** The index must be what a rebuild would make; articles with damaged parts are named already and left out. */
async function checkIndex(store: Store, damaged: ReadonlySet<string>, problems: Problems): Promise<void> {
  const path = store.readOnly ? ':memory:' : join(store.root, 'check.db');
  const made = await makeIndex(store.root, path);
  try {
    // Acts of the meantime: from here on nothing else runs until the comparison is done.
    catchUp(made, store.root);
    for (const db of [store.db, made]) while (pairSome(db, store.root, 50).more);
    problems.push(...compareIndexes(store.db, made, damaged));
  } finally {
    made.close();
    if (path !== ':memory:') removeDatabase(path);
  }
}
