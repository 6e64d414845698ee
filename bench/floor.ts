import { createHash, randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { sanitise } from '../electron/library/extract/clean.ts';
import { runReadability } from '../electron/library/extract/readability.ts';
import { parsePage } from '../electron/library/extract/tree.ts';

/*
 * The least that an importer of the same engine does, all in one thread, straight on: fetch, parse, Readability, clean by
 * the allow-list, fetch and hash pictures, the source gzipped, every file synced, a transaction with FULL sync and full text
 * with a prefix index. No queue, no journal, no checks of addresses, no metadata, no process to be safe in.
 */
export async function saveWithFloor(urls: readonly string[], path: string): Promise<void> {
  for (const name of ['pictures', 'articles']) mkdirSync(join(path, name));
  const db = new DatabaseSync(join(path, 'index.db'));
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE articles (id INTEGER PRIMARY KEY, url TEXT, title TEXT, text TEXT);
    CREATE VIRTUAL TABLE words USING fts5 (title, body, content='', contentless_delete=1, prefix='2 3', tokenize="unicode61 remove_diacritics 2")`);
  const [article, indexed] = [db.prepare('INSERT INTO articles VALUES (?, ?, ?, ?)'), db.prepare('INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)')];
  const left = urls.entries();
  const work = async (): Promise<void> => {
    for (const [number, url] of left) {
      const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
      const html = new TextDecoder().decode(bytes);
      const found = runReadability(parsePage(html).tree);
      const title = /<title>([^<]*)/.exec(html)?.[1] ?? '';
      let clean = sanitise(`${found?.innerHTML ?? ''}`, url);
      for (const [, address = ''] of clean.matchAll(/<img[^>]* src="([^"]+)"/g)) {
        const picture = new Uint8Array(await (await fetch(address)).arrayBuffer());
        const name = `${createHash('sha256').update(picture).digest('hex')}.png`;
        if (!existsSync(join(path, 'pictures', name))) write(join(path, 'pictures', name), picture);
        clean = clean.replaceAll(address, `../pictures/${name}`);
      }
      const parts = [Buffer.from(clean), gzipSync(bytes, { level: 6 })];
      for (const [i, part] of parts.entries()) {
        createHash('sha256').update(part).digest('hex');
        write(join(path, 'articles', `${number}.${i}`), part);
      }
      const text = (found?.textContent ?? '').replace(/\s+/g, ' ');
      db.exec('BEGIN IMMEDIATE');
      article.run(number, url, title, text);
      indexed.run(number, title, text);
      db.exec('COMMIT');
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  db.close();
}

function write(path: string, bytes: Uint8Array): void {
  const beside = `${path}.${randomUUID()}`;
  const file = openSync(beside, 'wx');
  writeSync(file, bytes);
  fsyncSync(file);
  closeSync(file);
  renameSync(beside, path);
}
