import { mkdtempSync, openSync, readFileSync, rmSync, writeSync, closeSync, fdatasyncSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { article, keep } from '../electron/library/articles.ts';
import { countOf, home, list, related } from '../electron/library/lists.ts';
import { favourite, trash } from '../electron/library/marks.ts';
import { checkLibrary } from '../electron/library/storage/checking.ts';
import { all, get } from '../electron/library/storage/database.ts';
import { openStore, type OpenStore } from '../electron/library/storage/store.ts';
import { sweepLeftovers } from '../electron/library/storage/sweep.ts';
import { tag, tags } from '../electron/library/tags.ts';
import { erase } from '../electron/library/trash.ts';
import { undo } from '../electron/library/undo.ts';
import { makeLibrary } from './made-up-library.ts';
import { heading, pairOf, sure, tell, type Pair } from './pairs.ts';

/*
 * node bench/library.ts [--care] [FOLDER=articles …]
 * What each question and act costs in libraries of rising size (`made-up-library.ts` makes them where they are not there yet; for good
 * with a folder's name, else for this run), beside the bare SQLite query or write that nothing could be faster than, in turns. With
 * `--care` also opening, sweeping, making the index anew and checking. Acts are taken back: a library is left as it was, but for its journal.
 */
const care = process.argv.includes('--care');
const given = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const scratch = mkdtempSync(join(tmpdir(), 'lectern-bench-'));
const libraries = (given.length > 0 ? given : ['=1000', '=10000']).map((argument) => {
  const [path = '', count = '10000'] = argument.split('=');
  return { path: path === '' ? join(scratch, count) : path, count: Number(count) };
});

const before = new Map<string, Pair>();
const after = new Map<string, Pair>();
function note(pair: Pair): void {
  tell(pair, before.get(pair.name));
  after.set(pair.name, pair);
}

async function questions(store: OpenStore): Promise<void> {
  const { db } = store;
  const rows = (text: string, ...values: Array<string | number>) => all(db, `SELECT * FROM articles WHERE ${text}`, ...values);
  const page = (where: Parameters<ReturnType<typeof list>>[0]['where'], sort: 'newest' | 'title' | 'longest' | 'oldest', from = 0) => () => list(store)({ where, sort, from, count: 60 });
  const total = countOf(store, 'all');
  const newest = () => rows('lists & 16 ORDER BY added_at DESC, id DESC LIMIT 60');
  // What a page costs where one knows the row before it, wherever it is.
  const keyed = get<{ added_at: string; id: string }>(db, 'SELECT added_at, id FROM articles WHERE lists & 16 ORDER BY added_at DESC, id DESC LIMIT 1 OFFSET ?', total - 70);
  const deep = () => rows('lists & 16 AND (added_at, id) < (?, ?) ORDER BY added_at DESC, id DESC LIMIT 60', sure(keyed).added_at, sure(keyed).id);
  const title = get<{ title_key: string; id: string }>(db, 'SELECT title_key, id FROM articles WHERE lists & 16 ORDER BY title_key, id LIMIT 1 OFFSET ?', total - 70);
  const deepTitle = () => rows('lists & 16 AND (title_key, id) > (?, ?) ORDER BY title_key, id LIMIT 60', sure(title).title_key, sure(title).id);

  note(await pairOf('list, newest, first page', 60, page({ list: 'all' }, 'newest'), newest));
  note(await pairOf('list, newest, last page', 30, page({ list: 'all' }, 'newest', total - 60), deep));
  note(await pairOf('list, title, first page', 60, page({ list: 'all' }, 'title'), () => rows('lists & 16 ORDER BY title_key, id LIMIT 60')));
  note(await pairOf('list, title, last page', 30, page({ list: 'all' }, 'title', total - 60), deepTitle));
  note(await pairOf('list, favourites, newest', 30, page({ list: 'favourites' }, 'newest'), newest));
  note(await pairOf('list, favourites, last page', 30, page({ list: 'favourites' }, 'newest', Math.max(0, countOf(store, 'favourites') - 60)), newest));
  note(await pairOf('list, trash', 30, page({ list: 'trash' }, 'newest'), newest));
  note(await pairOf('list, reading, longest', 30, page({ list: 'reading' }, 'longest'), () => rows('lists & 2 ORDER BY words DESC LIMIT 60')));
  const [big, small] = [get<{ id: number; name: string }>(db, 'SELECT id, name FROM tags ORDER BY count DESC LIMIT 1'), get<{ id: number; name: string }>(db, 'SELECT id, name FROM tags WHERE count >= 3 ORDER BY count LIMIT 1')];
  const ofTag = (id: number) => all(db, 'SELECT a.* FROM tag_rows AS t JOIN articles AS a ON a.id = t.article WHERE tag = ? ORDER BY t.added_at DESC LIMIT 60', id);
  note(await pairOf('list, largest tag, newest', 60, page({ list: 'tag', tag: sure(big).name }, 'newest'), () => ofTag(sure(big).id)));
  note(await pairOf('list, largest tag, title', 15, page({ list: 'tag', tag: sure(big).name }, 'title'), () => ofTag(sure(big).id)));
  note(await pairOf('list, a small tag', 60, page({ list: 'tag', tag: sure(small).name }, 'newest'), () => ofTag(sure(small).id)));
  const host = sure(get<{ host: string }>(db, 'SELECT host FROM articles GROUP BY host ORDER BY count(*) DESC LIMIT 1')).host;
  note(await pairOf('list, largest site', 30, page({ list: 'site', host }, 'newest'), () => rows('host = ? AND lists & 16 ORDER BY added_at DESC LIMIT 60', host)));
  note(await pairOf('home', 30, () => home(store)({ rows: 6 }), () => {
    for (let n = 0; n < 8; n++) rows('lists & 16 ORDER BY added_at DESC, id DESC LIMIT 6');
  }));
  note(await pairOf('tags', 30, () => tags(store)({}), () => all(db, 'SELECT name, count, unread FROM tags WHERE count > 0')));
  note(await pairOf('counts', 60, () => (['inbox', 'all', 'trash', 'favourites'] as const).map((name) => countOf(store, name)), () => all(db, 'SELECT bit, count FROM lists')));
  const ids = list(store)({ where: { list: 'all' }, sort: 'newest', from: 0, count: 500 }).rows.filter((row) => row.stage.state === 'ready').map((row) => row.id);
  note(await pairOf('an article', 60, (run) => article(store)({ id: sure(ids[run % ids.length]) }), (run) => {
    const { folder } = sure(get<{ folder: string }>(db, 'SELECT folder FROM articles WHERE id = ?', sure(ids[run % ids.length])));
    return ['article.html', 'meta.json'].map((name) => readFileSync(join(store.root, 'articles', folder, name)));
  }));
  note(await pairOf('related', 30, (run) => related(store)({ id: sure(ids[run * 3]), count: 6 }), newest));
}

/** Done and taken back. */
function undoing(store: OpenStore, act: () => { undo: string | null }): void {
  const token = act().undo;
  if (token !== null) undo(store)({ undo: token });
}

async function acts(store: OpenStore): Promise<void> {
  const file = openSync(join(scratch, 'bare.jsonl'), 'a');
  const bare = (lines: number) => () => {
    writeSync(file, 'x'.repeat(199 * lines));
    fdatasyncSync(file);
  };
  const some = list(store)({ where: { list: 'all' }, sort: 'newest', from: 0, count: 500 }).rows.filter((row) => !row.favourite).map((row) => row.id);
  const many = all<{ id: string }>(store.db, 'SELECT id FROM articles WHERE lists & 16 AND favourite = 0 ORDER BY added_at LIMIT 10000').map(({ id }) => id);
  const one = (run: number) => sure(some[run % some.length]);
  note(await pairOf('favourite one, and undo', 20, (run) => undoing(store, () => favourite(store)({ ids: [one(run)], on: true })), bare(2)));
  note(await pairOf('tag one, and undo', 20, (run) => undoing(store, () => tag(store)({ ids: [one(run)], add: [`bench ${run}`], remove: [] })), bare(2)));
  note(await pairOf('trash one, and undo', 20, (run) => undoing(store, () => trash(store)({ ids: [one(run)] })), bare(2)));
  await store.settled();
  note(await pairOf(`favourite ${many.length}, and undo`, 2, () => undoing(store, () => favourite(store)({ ids: many, on: true })), bare(2 * many.length)));
  note(await pairOf(`tag ${many.length}, and undo`, 2, () => undoing(store, () => tag(store)({ ids: many, add: ['bench'], remove: [] })), bare(2 * many.length)));
  note(await pairOf(`trash ${many.length}, and undo`, 2, () => undoing(store, () => trash(store)({ ids: many })), bare(2 * many.length)));
  await store.settled();
  let batch = 0;
  const kept: string[] = [];
  note(await pairOf('keep 500 addresses', 4, () => {
    batch++;
    const wanted = Array.from({ length: 500 }, (_, n) => ({ url: `https://bench-${batch}.example/${Date.now()}/${n}`, job: { from: 'web', typed: true } as const }));
    kept.push(...keep(store, wanted, []).map(({ id }) => id));
  }, bare(500)));
  trash(store)({ ids: kept });
  const some50 = (run: number) => kept.slice(run * 50, run * 50 + 50);
  note(await pairOf('erase 50', 8, (run) => erase(store)({ ids: some50(run) }), bare(50)));
  erase(store)({ ids: kept });
  await store.settled();
  closeSync(file);
}

async function once(name: string, work: () => unknown): Promise<void> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  console.log(`${name.padEnd(40)} ${((performance.now() - started) / 1_000).toFixed(2)} s, ${((user + system) / 1e6).toFixed(2)} s CPU`);
}

try {
  for (const { path, count } of libraries) {
    await makeLibrary(path, count);
    let store = await openStore({ path });
    heading(`${countOf(store, 'all')} articles`);
    await questions(store);
    await acts(store);
    if (care) {
      await once('sweep', () => sweepLeftovers(store, 0));
      await once('make the index anew', () => store.rebuild());
      await store.settled();
      await once('check', async () => {
        const { problems } = await checkLibrary(store);
        if (problems.length > 0) console.log(problems.slice(0, 5));
      });
      await once('close', () => store.close());
      await once('open', async () => (store = await openStore({ path })));
    }
    await store.close();
    for (const [name, pair] of after) before.set(name, pair);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
