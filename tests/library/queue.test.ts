import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createExtractor } from '../../electron/library/extract/extractor.ts';
import type { Resolve } from '../../electron/library/saving/public-address.ts';
import { openRules } from '../../electron/library/rules/folder.ts';
import { openQueue } from '../../electron/library/saving/queue.ts';
import type { News } from '../../shared/contract.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { png } from '../web/pictures.ts';
import { startWeb, type Behaviour, type Web } from '../web/web.ts';
import { openTestStore } from './made-up.ts';
import { newsPage, openTestLibrary } from './open-test-library.ts';

async function openWeb(pages: Parameters<typeof startWeb>[0]): Promise<Web> {
  const web = await startWeb(pages);
  onTestFinished(() => web.close());
  return web;
}

const story: Behaviour = (_, response, path) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(newsPage(`Story ${path}`));

/** A page that is only handed out once the gate is opened; `waiting` is how many stand before it. */
function gate() {
  const held: Array<() => void> = [];
  let open = false;
  const behaviour: Behaviour = (request, response, path) => {
    if (open) story(request, response, path);
    else held.push(() => story(request, response, path));
  };
  return {
    behaviour,
    waiting: () => held.length,
    open: () => {
      open = true;
      for (const go of held.splice(0)) go();
    },
  };
}

test('the same address fifty times in parallel, in many spellings, is one article', async () => {
  const web = await openWeb({ '/a': story });
  const library = await openTestLibrary();
  const spellings = ['/a', '/a#x', '/a?utm_source=7', '/a/', '/a?fbclid=1&gclid=2'];
  const saves = Array.from({ length: 50 }, (_, i) => library.answers.save({ urls: [web.origin + (spellings[i % spellings.length] ?? '')], tags: [`t${i % 3}`], typed: true }));
  const saved = (await Promise.all(saves)).flat();
  expect(new Set(saved.map(({ id }) => id)).size).toBe(1);
  expect(saved.filter(({ outcome }) => outcome === 'new')).toHaveLength(1);
  await library.idle();
  const rows = await library.rows();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ stage: { state: 'ready' }, tags: ['t0', 't1', 't2'] });
  expect(web.hits).toHaveLength(1);
});

test('rows stand waiting, in the order given, before anything is fetched', async () => {
  const held = gate();
  const web = await openWeb({ '/': held.behaviour });
  const library = await openTestLibrary();
  const urls = Array.from({ length: 30 }, (_, i) => `${web.origin}/${i}`);
  await library.answers.save({ urls, tags: [], typed: true });
  expect(web.hits).toEqual([]);
  const rows = await library.rows();
  expect(rows.map(({ url }) => url)).toEqual(urls);
  expect(rows.every(({ stage }) => stage.state === 'waiting')).toBe(true);
  held.open();
});

test('an article has its title as soon as its page is read, while its pictures are still on their way', async () => {
  const held: Array<() => void> = [];
  const picture: Behaviour = (_, response) => held.push(() => response.writeHead(200, { 'content-type': 'image/png' }).end(png(400, 300)));
  const page: Behaviour = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(newsPage('The Harbour', '<img src="/slow.png" alt="Ships">'));
  const web = await openWeb({ '/a': page, '/slow.png': picture });
  const library = await openTestLibrary();
  await library.answers.save({ urls: [`${web.origin}/a`], tags: [], typed: true });
  await expect.poll(() => held.length).toBe(1);
  expect(await library.rows()).toMatchObject([{ title: 'The Harbour', stage: { state: 'working', step: 'pictures' } }]);
  expect((await library.answers.queue({ count: 10 })).items).toMatchObject([{ title: 'The Harbour' }]);
  held.forEach((go) => go());
  await library.idle();
  expect(await library.rows()).toMatchObject([{ title: 'The Harbour', stage: { state: 'ready' } }]);
});

test('500 addresses at once: two of a host at a time, everything comes to its end, and the news stay few', async () => {
  let now = 0;
  let most = 0;
  const counted: Behaviour = (request, response, path) => {
    most = Math.max(most, ++now);
    response.on('close', () => now--);
    setImmediate(() => (Number(path.slice(1)) % 10 === 0 ? story(request, response, path) : response.writeHead(404).end()));
  };
  const web = await openWeb({ '/': counted });
  const library = await openTestLibrary();
  const begun = performance.now();
  const saved = await library.answers.save({ urls: Array.from({ length: 500 }, (_, i) => `${web.origin}/${i}`), tags: [], typed: true });
  expect(saved).toHaveLength(500);
  await library.idle();
  const seconds = (performance.now() - begun) / 1_000;
  expect(most).toBeLessThanOrEqual(2);
  const { counts } = await library.answers.library({});
  expect(counts).toMatchObject({ all: 500, failed: 450 });
  expect(await library.answers.queue({ count: 10 })).toMatchObject({ total: 500, done: 50, failed: 450, waiting: 0, working: 0, paused: false, items: [] });
  const told = library.news.filter(({ about }) => about === 'queue').length;
  expect(told).toBeLessThanOrEqual(seconds * 5 + 3);
}, 120_000);

test('a host with many addresses does not hold up another', async () => {
  const held = gate();
  const web = await openWeb({ '/slow/': held.behaviour, '/quick': story });
  const library = await openTestLibrary();
  await library.answers.save({ urls: Array.from({ length: 40 }, (_, i) => `${web.origin}/slow/${i}`), tags: [], typed: true });
  const [quick] = await library.answers.save({ urls: [`http://localhost:${web.port}/quick`], tags: [], typed: true });
  await expect.poll(async () => (await library.answers.article({ id: quick?.id ?? '' })).stage.state, { timeout: 25_000 }).toBe('ready');
  expect(held.waiting()).toBe(2);
  await library.answers.cancel({ ids: 'all' });
});

test('cancelled articles stay, failed with that reason, and a retry finishes them', async () => {
  const held = gate();
  const web = await openWeb({ '/': held.behaviour });
  const library = await openTestLibrary();
  const saved = await library.answers.save({ urls: [1, 2, 3, 4, 5].map((i) => `${web.origin}/${i}`), tags: [], typed: true });
  await expect.poll(() => held.waiting(), { timeout: 25_000 }).toBe(2);
  const queue = await library.answers.queue({ count: 10 });
  expect(queue).toMatchObject({ total: 5, working: 2, waiting: 3 });
  expect(queue.items.map(({ stage }) => stage.state)).toEqual(['working', 'working', 'waiting', 'waiting', 'waiting']);
  expect(await library.answers.cancel({ ids: [saved[4]?.id ?? ''] })).toEqual({ count: 1 });
  expect(await library.answers.cancel({ ids: 'all' })).toEqual({ count: 4 });
  const rows = await library.rows();
  expect(rows.map(({ stage }) => stage)).toEqual(rows.map(() => ({ state: 'failed', failure: { kind: 'cancelled' } })));
  expect(await library.answers.cancel({ ids: 'all' })).toEqual({ count: 0 });
  // At once, while the cancelled ones are still coming to their end.
  expect(await library.answers.retry({ ids: 'all' })).toEqual({ count: 0 });
  expect(await library.answers.retry({ ids: rows.map(({ id }) => id) })).toEqual({ count: 5 });
  held.open();
  await library.idle();
  expect((await library.rows()).map(({ stage }) => stage.state)).toEqual(['ready', 'ready', 'ready', 'ready', 'ready']);
  expect(await library.answers.retry({ ids: 'all' })).toEqual({ count: 0 });
});

test('an address that failed is tried again when it is pasted again', async () => {
  let there = false;
  const web = await openWeb({ '/a': (request, response, path) => (there ? story(request, response, path) : response.writeHead(500).end()) });
  const library = await openTestLibrary();
  const save = () => library.answers.save({ urls: [`${web.origin}/a`], tags: [], typed: true });
  const [first] = await save();
  await library.idle();
  there = true;
  expect(await save()).toEqual([{ ...first, outcome: 'known' }]);
  await library.idle();
  expect((await library.rows())[0]?.stage).toEqual({ state: 'ready' });
});

test('closing in the middle leaves everything waiting, and the next start goes on', async () => {
  const path = mkdtempSync(join(tmpdir(), 'lectern-restart-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const held = gate();
  const web = await openWeb({ '/': held.behaviour });
  const first = await openTestLibrary({ path });
  await first.answers.save({ urls: [1, 2, 3, 4].map((i) => `${web.origin}/${i}`), tags: ['kept'], typed: true });
  await first.answers.saveText({ text: 'A note.\n\nIt has two paragraphs, and both of them are worth keeping for a while.', format: 'text', name: 'note', url: null, tags: [] });
  await expect.poll(() => held.waiting(), { timeout: 25_000 }).toBe(2);
  await first.close();
  held.open();
  const second = await openTestLibrary({ path });
  await second.idle();
  const rows = await second.rows();
  expect(rows.map(({ stage }) => stage.state)).toEqual(['ready', 'ready', 'ready', 'ready', 'ready']);
  expect(rows.filter(({ tags }) => tags.includes('kept'))).toHaveLength(4);
  expect((await second.answers.check({})).problems).toEqual([]);
  expect(readdirSync(join(path, 'arrivals'))).toEqual([]);
});

test('what was handed in and is known to no article is not thrown away; what was half written is', async () => {
  const path = mkdtempSync(join(tmpdir(), 'lectern-arrivals-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  await (await openTestLibrary({ path })).close();
  const lost = 'a'.repeat(64);
  const old = 'b'.repeat(64);
  for (const name of [lost, old, '.01234567-0123456789abcdef.tmp']) writeFileSync(join(path, 'arrivals', name), 'bytes');
  utimesSync(join(path, 'arrivals', old), 0, 0);
  await openTestLibrary({ path });
  expect(readdirSync(join(path, 'arrivals'))).toEqual([lost]);
});

test('a bad address among good ones refuses them all before anything is kept', async () => {
  const library = await openTestLibrary();
  for (const bad of ['javascript:alert(1)', 'file:///etc/passwd', 'nonsense']) {
    const save = async () => library.answers.save({ urls: ['https://example.org/fine', bad], tags: [], typed: true });
    await expect(save()).rejects.toMatchObject({ failure: { kind: 'bad-address', address: bad } });
  }
  expect(await library.rows()).toEqual([]);
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

test('files: an address inside is theirs, the same bytes are known, and what is no text is refused', async () => {
  const library = await openTestLibrary();
  const single = newsPage('Saved by hand').replace('<html', '<!--\n Page saved with SingleFile \n url: https://news.example.org/hand?utm_source=x \n saved date: today \n--><html');
  const file = { name: 'Saved by hand.html', base64: base64(single), url: null, tags: ['files'] };
  const first = await library.answers.saveFile(file);
  expect(first).toMatchObject({ url: 'https://news.example.org/hand', outcome: 'new' });
  await library.idle();
  expect(await library.answers.article({ id: first.id })).toMatchObject({ title: 'Saved by hand', host: 'news.example.org', tags: ['files'], stage: { state: 'ready' } });
  expect(await library.answers.saveFile(file)).toEqual({ ...first, outcome: 'known' });
  expect(await library.answers.save({ urls: ['http://news.example.org/hand'], tags: [], typed: true })).toEqual([{ ...first, outcome: 'known' }]);

  const note = { text: '# A note\n\nSomething **short** that was written down in a hurry on a train.', format: 'markdown' as const, name: 'note.md', url: null, tags: [] };
  const [one, two] = await Promise.all([library.answers.saveText(note), library.answers.saveText(note)]);
  expect([one.outcome, two.outcome].toSorted()).toEqual(['known', 'new']);
  expect(one.id).toBe(two.id);
  await library.idle();
  expect(await library.answers.article({ id: one.id })).toMatchObject({ title: 'A note', url: null, stage: { state: 'ready' } });

  await expect(library.answers.saveFile({ name: 'x.png', base64: Buffer.from(png(9, 9)).toString('base64'), url: null, tags: [] })).rejects.toMatchObject({ failure: { kind: 'not-a-page', type: 'image/png' } });
  await expect(library.answers.saveFile({ name: 'x.txt', base64: '$$$', url: null, tags: [] })).rejects.toMatchObject({ failure: { kind: 'bad-input' } });
  await expect(library.answers.saveFile({ name: 'x.txt', base64: '', url: null, tags: [] })).rejects.toMatchObject({ failure: { kind: 'not-a-page' } });
  await expect(library.answers.saveText({ ...note, url: 'ftp://example.org' })).rejects.toMatchObject({ failure: { kind: 'bad-address' } });
  expect(await library.rows()).toHaveLength(2);
});

test('a file heals the address whose site refused us', async () => {
  const web = await openWeb({ '/wall': (_, response) => response.writeHead(403).end() });
  const library = await openTestLibrary();
  const [refused] = await library.answers.save({ urls: [`${web.origin}/wall`], tags: [], typed: true });
  await library.idle();
  const healed = await library.answers.saveFile({ name: 'wall.html', base64: base64(newsPage('Behind the wall')), url: `${web.origin}/wall`, tags: [] });
  expect(healed).toEqual({ id: refused?.id, url: `${web.origin}/wall`, outcome: 'known' });
  await library.idle();
  expect(await library.answers.article({ id: healed.id })).toMatchObject({ title: 'Behind the wall', stage: { state: 'ready' } });
});

test('without a network nothing fails: the queue pauses, texts go on, and it resumes by itself', async () => {
  const store = await openTestStore();
  const news: News[] = [];
  store.onNews((each) => news.push(each));
  const extractor = createExtractor();
  let online = false;
  let asked = 0;
  const resolve: Resolve = (_, done) => {
    asked++;
    const error = Object.assign(new Error('offline'), { code: 'EAI_AGAIN' });
    // Back online, the imitated names lead to this machine, where no page may go: an answer of its own kind.
    done(online ? null : error, online ? [{ address: '127.0.0.1', family: 4 }] : []);
  };
  const queue = openQueue({ store, settings: () => defaultSettings, extractor, rules: openRules(store.root), resolve, offlinePause: 0.05, manners: { hostPause: 0, retryPauses: [] } });
  onTestFinished(async () => {
    await queue.close();
    await extractor.close();
  });
  const saved = await queue.save({ urls: Array.from({ length: 40 }, (_, i) => `https://site${i}.example.org/`), tags: [], typed: false });
  expect(saved).toHaveLength(40);
  await queue.idle();
  expect(await queue.queue({ count: 100 })).toMatchObject({ waiting: 40, failed: 0, paused: true });
  expect(asked).toBeLessThan(15);
  await queue.saveText({ text: 'A text needs no network.\n\nIt is kept while everything else waits for better times.', format: 'text', name: '', url: null, tags: [] });
  await expect.poll(async () => (await queue.queue({ count: 1 })).done, { timeout: 25_000 }).toBe(1);
  expect(await queue.queue({ count: 1 })).toMatchObject({ paused: true, waiting: 40 });
  online = true;
  await expect.poll(async () => (await queue.queue({ count: 1 })).failed, { timeout: 25_000 }).toBe(40);
  expect(await queue.queue({ count: 1 })).toMatchObject({ paused: false, waiting: 0 });
});
