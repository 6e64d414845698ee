import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ArticleId } from '../../../shared/article.ts';
import { all, get } from './database.ts';
import { filePath } from './files.ts';
import { folderPattern } from './parts.ts';
import type { Store } from './store.ts';
import { dropThumb } from '../thumbs.ts';

/** Milliseconds; storing a picture that is there already renews its time. */
const justNow = 60_000;

/**
 * Removes what erased articles leave, the first at once and the rest in the background: a trash of thousands must not
 * hold up its answer. What closing cuts short is swept at the next start.
 */
export async function sweepArticles(store: Store, ids: readonly ArticleId[], pictures: readonly string[]): Promise<void> {
  for (const [index, id] of ids.entries()) {
    if (index >= 20) await setImmediate();
    if (!store.db.isOpen) return;
    sweepArticle(store, id, index === ids.length - 1 ? pictures : []);
  }
}

/** Removes every folder of an erased article, and those of its pictures that no article uses any more. */
function sweepArticle(store: Store, id: ArticleId, pictures: readonly string[]): void {
  const articles = join(store.root, 'articles');
  for (const year of foldersIn(articles)) {
    // An id's folders all lie in one year, found by asking rather than by listing each year's thousands.
    for (let round = 1; ; round++) {
      const folder = join(articles, year, round === 1 ? id : `${id}-${round}`);
      if (statSync(folder, { throwIfNoEntry: false }) === undefined) break;
      rmSync(folder, { recursive: true, force: true });
    }
  }
  // An article being made may have found one of them stored already and not named it yet: then the next start sweeps.
  if (store.working.size > 0) return;
  for (const file of new Set(pictures)) {
    const path = filePath(store.root, file);
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts && facts.mtimeMs < Date.now() - justNow && !isUsed(store, file)) {
      rmSync(path);
      dropThumb(store, file);
    }
  }
}

function isUsed(store: Store, file: string): boolean {
  return get(store.db, 'SELECT 1 FROM pictures WHERE file = ?1 UNION ALL SELECT 1 FROM icons WHERE file = ?1 LIMIT 1', file) !== undefined;
}

/**
 * Removes what a crash left: half-made folders and files, and folders that no act names although their article is
 * known. Only what is older than `before` (milliseconds), so that nothing being made is touched. A folder of an article
 * that no journal has ever heard of is left alone: it may be all that is left of a lost journal. Answers how many went.
 */
export async function sweepLeftovers(store: Store, before: number): Promise<number> {
  let swept = 0;
  const remove = (path: string) => {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (!facts || facts.mtimeMs >= before) return;
    rmSync(path, { recursive: true, force: true });
    swept++;
  };
  const articles = join(store.root, 'articles');
  for (const year of foldersIn(articles)) {
    for (const [index, name] of (await readdir(join(articles, year))).entries()) {
      if (index % 100 === 0) await setImmediate();
      const path = join(articles, year, name);
      if (name.startsWith('.') && name.endsWith('.part')) remove(path);
      else if (isLeftover(store, `${year}/${name}`)) remove(path);
    }
  }
  const files = join(store.root, 'files');
  for (const two of foldersIn(files)) {
    for (const name of await readdir(join(files, two))) {
      const picture = /^[0-9a-f]{64}\.[a-z0-9]{2,5}$/.test(name);
      if (picture ? !isUsed(store, name) && !hasDamage(store) : name.startsWith('.')) remove(join(files, two, name));
    }
  }
  await sweepThumbs(store, remove);
  return swept;
}

/** Small pictures whose large one is gone, and those a crash left half-written. */
async function sweepThumbs(store: Store, remove: (path: string) => void): Promise<void> {
  const thumbs = join(store.root, 'thumbs');
  if (!existsSync(thumbs)) return;
  for (const two of foldersIn(thumbs)) {
    for (const name of await readdir(join(thumbs, two))) {
      const sha = /^([0-9a-f]{64})\.webp$/.exec(name)?.[1];
      if (sha === undefined ? name.endsWith('.tmp') : !get(store.db, 'SELECT 1 FROM pictures WHERE file >= ? AND file < ? LIMIT 1', `${sha}.`, `${sha}/`)) {
        remove(join(thumbs, two, name));
      }
    }
  }
}

function isLeftover(store: Store, folder: string): boolean {
  const id = folderPattern.exec(folder)?.[1];
  if (id === undefined) return false;
  if (get(store.db, 'SELECT 1 FROM erased WHERE article = ?', id)) return true;
  const row = get<{ folder: string | null; saved: number }>(store.db, 'SELECT folder, saved FROM articles WHERE id = ?', id);
  return row !== undefined && row.saved === 1 && row.folder !== folder;
}

/** While a meta.json is unreadable nobody knows which pictures its article uses: none may go. */
function hasDamage(store: Store): boolean {
  return all(store.db, 'SELECT 1 FROM articles WHERE damaged = 1 LIMIT 1').length > 0;
}

/** The folders in a folder, by name; files and links that someone dropped there are passed over. */
export function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
