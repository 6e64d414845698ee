import { createReadStream, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { CheckReport } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import { isBehind } from '../search/search-index.ts';
import { compareIndexes } from './compare.ts';
import { all, get, openDatabase } from './database.ts';
import { filePath } from './files.ts';
import { devicesOf, readJournal, segmentsOf } from './journal.ts';
import { folderPattern, readPart } from './parts.ts';
import { catchUpSlowly, makeIndex, makeReady, positionsOf, type Progress } from './rebuild.ts';
import { sealedOf, type IndexRow } from '../rows.ts';
import { foldersIn } from './sweep.ts';

/*
 * The check's own work, in the thread for long work (`checking.ts` asks for it): everything is read there, the index by a
 * connection that cannot change it.
 */

type Problems = CheckReport['problems'];
type Place = { root: string; db: DatabaseSync };

/** What was found in the files, `damaged` being the articles that parts are damaged of. */
export type FilesChecked = CheckReport & { damaged: string[] };

/** Where the index made for the comparison lies. */
export const checkIndexPath = (root: string): string => join(root, 'check.db');

/**
 * Verifies journals, every article's parts and every picture, and makes an index anew for `compareIndex`. A library that is
 * only read has no index to compare: what it has in memory was made the same way when it was opened.
 */
export async function checkFolder(root: string, readOnly: boolean, progress: Progress): Promise<FilesChecked> {
  const db = readOnly ? await makeIndex(root, ':memory:') : openForReading(root);
  try {
    const problems: Problems = [];
    const at = { root, db };
    const acts = checkJournals(at, problems);
    const { articles, damaged } = await checkArticles(at, problems, (done, of) => progress((0.25 * done) / of, 1));
    const files = await checkFiles(at, problems);
    if (!readOnly) (await makeIndex(root, checkIndexPath(root), (done, of) => progress(0.3 + (0.7 * done) / of, 1), positionsOf(db))).close();
    return { articles, files, acts, problems, damaged: [...damaged] };
  } finally {
    db.close();
  }
}

/**
 * The index must be what a rebuild would make; articles with damaged parts are named already and left out. It is looked at as
 * of one moment, while others go on changing it; null when it had not taken in everything at that moment.
 */
export async function compareIndex(root: string, damaged: readonly string[], progress: Progress): Promise<Problems | null> {
  const db = openForReading(root);
  try {
    db.exec('BEGIN');
    if (isBehind(db)) return null;
    const made = openDatabase(checkIndexPath(root));
    try {
      await catchUpSlowly(made, root, positionsOf(db));
      await makeReady(made, root);
      return compareIndexes(db, made, new Set(damaged), progress);
    } finally {
      made.close();
    }
  } finally {
    db.close();
  }
}

function openForReading(root: string): DatabaseSync {
  return new DatabaseSync(join(root, 'index.db'), { readOnly: true, timeout: 5_000 });
}

function checkJournals(at: Place, problems: Problems): number {
  let count = 0;
  for (const device of devicesOf(at.root)) {
    const segments = segmentsOf(at.root, device);
    segments.forEach((segment, index) => {
      if (segment !== index + 1 && segments[index - 1] !== segment - 1) problems.push({ what: 'journal segment missing before', where: `journal/${device}/${segment}` });
    });
    for (const { acts, damaged } of readJournal(at.root, device, { segment: 0, offset: 0, sum: '' })) {
      count += acts.length;
      for (const { file, line } of damaged) problems.push({ what: 'journal line damaged', where: `${file}:${line}` });
    }
  }
  return count;
}

async function checkArticles(at: Place, problems: Problems, progress: Progress) {
  const damaged = new Set<string>();
  const rows = all<Pick<IndexRow, 'id' | 'folder' | 'sums' | 'state'>>(at.db, 'SELECT id, folder, sums, state FROM articles WHERE saved = 1');
  for (const [index, row] of rows.entries()) {
    if (index % 100 === 0) progress(index, rows.length);
    const sealed = sealedOf(row);
    if (!sealed) {
      if (row.state === 'ready') problems.push({ what: 'ready but without a folder', where: row.id });
      continue;
    }
    for (const part of Object.keys(sealed.sums)) {
      try {
        readPart(at.root, sealed, part);
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        // Erased or sealed anew since the list was read: its old folder is rightly gone.
        if (get<{ folder: string }>(at.db, 'SELECT folder FROM articles WHERE id = ?', row.id)?.folder !== sealed.folder) break;
        damaged.add(row.id);
        problems.push({ what: 'part damaged or missing', where: `articles/${sealed.folder}/${part}` });
      }
    }
  }
  await checkFolders(at, problems);
  return { articles: rows.length, damaged };
}

/** Folders of articles that no journal knows: what remains where a journal was lost. */
async function checkFolders(at: Place, problems: Problems): Promise<void> {
  const known = new Set(all<{ id: string }>(at.db, 'SELECT id FROM articles WHERE saved = 1 UNION SELECT article FROM erased').map(({ id }) => id));
  const root = join(at.root, 'articles');
  for (const year of foldersIn(root)) {
    if (!/^\d{4}$/.test(year)) continue;
    for (const name of await readdir(join(root, year))) {
      const id = folderPattern.exec(`${year}/${name}`)?.[1];
      if (id !== undefined && !known.has(id)) problems.push({ what: 'article folder that no journal knows', where: `articles/${year}/${name}` });
    }
  }
}

async function checkFiles(at: Place, problems: Problems): Promise<number> {
  const root = join(at.root, 'files');
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
  for (const { file, article } of all<{ file: string; article: string }>(at.db, 'SELECT file, article FROM pictures')) {
    if (!existsSync(filePath(at.root, file))) problems.push({ what: `picture of ${article} missing`, where: `files/${file.slice(0, 2)}/${file}` });
  }
  for (const { file, host } of all<{ file: string; host: string }>(at.db, 'SELECT file, host FROM icons WHERE file IS NOT NULL')) {
    if (!existsSync(filePath(at.root, file))) problems.push({ what: `icon of ${host} missing`, where: `files/${file.slice(0, 2)}/${file}` });
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
