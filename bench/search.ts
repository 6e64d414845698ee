import { existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { conditionsOf } from '../electron/library/search/conditions.ts';
import { textOf } from '../electron/library/search/search-index.ts';
import { search } from '../electron/library/search/search.ts';
import { all, get } from '../electron/library/storage/database.ts';
import { openStore, type OpenStore } from '../electron/library/storage/store.ts';
import { searchable } from '../shared/fold.ts';
import { parseQuery } from '../shared/query.ts';
import { makeLibrary } from './made-up-library.ts';
import { bestOfEach, heading, tell, type Pair } from './pairs.ts';

/*
 * node bench/search.ts FOLDER=articles …
 * What each keystroke of a search costs, beside the same words asked of the same index newest first, and beside all of them weighed
 * as other note-takers do (FTS4 with matchinfo; its index is made beside the folder, once), in turns, the best of
 * seven for each stroke; and how it grows with the library.
 */
const libraries = process.argv.slice(2).map((argument) => {
  const [path = '', count = '10000'] = argument.split('=');
  return { path, count: Number(count) };
});

/** Typed letter by letter: English, Chinese and Japanese, common and rare, one word and several. */
const typed = ['the river', 'paper window garden', 'telescope orbit', 'quantum', 'robot algorithm', '经济', '社会发展', '不了', '图书 river', 'ニュース', '研究 技術', 'zzz nothing'];
const strokes = typed.flatMap((text) => [...text].map((_, index) => [...text].slice(0, index + 1).join('')));

/** The same words, folded alike, in an FTS4 index of the same articles. */
function makeFts4(store: OpenStore, path: string): DatabaseSync {
  if (!existsSync(path)) {
    rmSync(`${path}.new`, { force: true });
    const made = new DatabaseSync(`${path}.new`);
    made.exec("PRAGMA synchronous = OFF; CREATE VIRTUAL TABLE found USING fts4 (title, body, prefix='2,3', tokenize=simple); BEGIN");
    const insert = made.prepare('INSERT INTO found (docid, title, body) VALUES (?, ?, ?)');
    for (const row of all<{ seat: number; id: string; title: string }>(store.db, 'SELECT seat, id, title FROM articles WHERE saved = 1 ORDER BY seat')) {
      insert.run(row.seat, searchable(row.title), searchable(textOf(store.db, row.id)));
    }
    made.exec('COMMIT');
    made.close();
    renameSync(`${path}.new`, path);
  }
  return new DatabaseSync(path, { readOnly: true });
}

/** The best twenty of all that is found, by how often each word is in each column against how often elsewhere. */
function weighAll(db: DatabaseSync, match: string): Array<{ seat: number; worth: number }> {
  const rows = db.prepare("SELECT docid AS seat, matchinfo(found, 'pcnx') AS info FROM found WHERE found MATCH ?").all(match) as Array<{ seat: number; info: Uint8Array }>;
  return rows
    .map(({ seat, info }) => {
      const [phrases = 0, columns = 0, articles = 0, ...hits] = new Uint32Array(info.buffer.slice(info.byteOffset, info.byteOffset + info.byteLength));
      let worth = 0;
      for (let at = 0; at < phrases * columns; at++) {
        const [here = 0, , having = 0] = hits.slice(at * 3, at * 3 + 3);
        if (here > 0) worth += (here / (here + 1.2)) * Math.log(1 + (articles - having + 0.5) / (having + 0.5));
      }
      return { seat, worth };
    })
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, 20);
}

const before = new Map<string, Pair>();

for (const { path, count } of libraries) {
  await makeLibrary(path, count);
  const store = await openStore({ path });
  await store.settled();
  const fts4 = makeFts4(store, `${path}.fts4`);
  const matchOf = (text: string) => conditionsOf(store.db, parseQuery(text))?.match ?? null;
  const bare = (text: string) => {
    const match = matchOf(text);
    return match === null ? [] : all(store.db, 'SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT 20', match);
  };
  const weighed = (text: string) => {
    const match = matchOf(text);
    // Of phrases and prefixes FTS4 writes the same, but for the blank before the star.
    return match === null ? [] : weighAll(fts4, match.replaceAll(/[()]/g, '').replaceAll(' AND ', ' ').replaceAll(/"([^"]*)" \*/g, '"$1*"'));
  };
  heading(`${get<{ n: number }>(store.db, 'SELECT count(*) AS n FROM articles')?.n ?? 0} articles`);
  for (const [name, first, beside] of [
    ['first answer, beside bare newest first', true, bare], ['whole answer, beside bare newest first', false, bare], ['first answer, beside FTS4, all weighed', true, weighed],
  ] as const) {
    const pair = bestOfEach(name, strokes, 7, (query) => search(store)({ query, from: 0, count: 20, first }), beside);
    tell(pair, before.get(name));
    const small = before.get(name);
    if (small !== undefined) console.log(`${''.padEnd(40)} p95 grown ×${(pair.ours.p95 / small.ours.p95).toFixed(2)}, beside ×${(pair.yardstick.p95 / small.yardstick.p95).toFixed(2)}`);
    before.set(name, pair);
  }
  fts4.close();
  await store.close();
}
