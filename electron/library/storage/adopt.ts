import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { FailureError } from '../../../shared/failure.ts';
import type { ActBody } from './acts.ts';
import { get } from './database.ts';
import { readMetaShape } from './meta-shape.ts';
import { sha256 } from './disk.ts';
import { folderPattern, partNames, readPart, type Meta, type Sealed } from './parts.ts';
import type { Store } from './store.ts';
import { foldersIn } from './sweep.ts';
import { tellOf } from '../undo.ts';

/**
 * Takes in the sealed folders of articles that no journal has ever heard of: what remains where a journal was lost, or
 * folders copied in by hand. Only whole ones, every part matching the sums in its `meta.json`. Answers how
 * many. Other work goes on in between.
 */
export async function adoptFolders(store: Store): Promise<number> {
  const acts: ActBody[] = [];
  let count = 0;
  const articles = join(store.root, 'articles');
  for (const year of foldersIn(articles)) {
    if (!/^\d{4}$/.test(year)) continue;
    for (const [index, name] of (await readdir(join(articles, year))).entries()) {
      if (index % 50 === 0) await setImmediate();
      const folder = `${year}/${name}`;
      const id = folderPattern.exec(folder)?.[1];
      if (id === undefined || isKnown(store, id)) continue;
      const found = readWhole(store.root, folder);
      if (found === null || found.meta.id !== id) continue;
      const { meta, sealed } = found;
      acts.push({ act: 'save', id, at: meta.addedAt, url: meta.url, name: meta.title, tags: [], job: { from: 'web', typed: false } });
      acts.push({ act: 'ready', id, ...sealed });
      count++;
    }
  }
  store.act(acts);
  if (count > 0) tellOf(store, acts);
  return count;
}

function isKnown(store: Store, id: string): boolean {
  const text = 'SELECT 1 FROM articles WHERE id = ?1 AND saved = 1 UNION ALL SELECT 1 FROM erased WHERE article = ?1';
  return get(store.db, text, id) !== undefined;
}

function readWhole(root: string, folder: string): { meta: Meta; sealed: Sealed } | null {
  try {
    const bytes = readFileSync(join(root, 'articles', folder, partNames.meta));
    const meta = readMetaShape(JSON.parse(bytes.toString('utf8')));
    if (meta === null) return null;
    const sealed = { folder, sums: { ...meta.sums, [partNames.meta]: sha256(bytes) } };
    for (const part of Object.keys(sealed.sums)) readPart(root, sealed, part);
    return { meta, sealed };
  } catch (error) {
    // Check names such a folder; it is left as it is.
    if (error instanceof FailureError || error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return null;
    throw error;
  }
}
