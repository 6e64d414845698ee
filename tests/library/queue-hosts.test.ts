import { expect, onTestFinished, test } from 'vitest';
import { createExtractor } from '../../electron/library/extract/extractor.ts';
import { rowsOf } from '../../electron/library/rows.ts';
import { failures } from '../../electron/library/failures.ts';
import { goodManners } from '../../electron/library/saving/manners.ts';
import { openRules } from '../../electron/library/rules/folder.ts';
import { openQueue } from '../../electron/library/saving/queue.ts';
import { openStore } from '../../electron/library/storage/store.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import { startWeb, type Behaviour, type Web } from '../web/web.ts';
import { handTimer } from './hand-timer.ts';
import { temporaryFolder } from './made-up.ts';
import { newsPage } from './open-test-library.ts';

const story: Behaviour = (_, response, path) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(newsPage(`Story ${path}`));

async function openWeb(pages: Record<string, Behaviour>): Promise<Web> {
  const web = await startWeb(pages);
  onTestFinished(() => web.close());
  return web;
}

/** A queue whose time the test makes, with pauses like those for other people's servers. */
async function openTestQueue(options: { path?: string; settings?: Partial<Settings>; concurrency?: number } = {}) {
  const timer = handTimer();
  const store = await openStore({ path: options.path ?? temporaryFolder() });
  const extractor = createExtractor();
  const settings: Settings = { ...defaultSettings, ...options.settings };
  const queue = openQueue({
    store, settings: () => settings, extractor, rules: openRules(store.root), timer, manners: { ...goodManners, hostPause: 0 },
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
  });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await queue.close();
    await extractor.close();
    await store.close();
  };
  onTestFinished(close);
  const save = async (...urls: string[]) => (await queue.save({ urls, tags: [], typed: true })).map(({ id }) => id);
  const stage = (id: string | undefined) => rowsOf(store, [id ?? ''])[0]?.stage;
  const facts = async () => {
    const { items: _, ...rest } = await queue.queue({ count: 1 });
    return rest;
  };
  const until = async (wanted: Partial<Awaited<ReturnType<typeof facts>>>) => {
    await expect.poll(facts, { timeout: 25_000 }).toMatchObject(wanted);
  };
  /** Until it has been tried and waits for its next try. */
  const retries = async (id: string | undefined) => {
    await expect.poll(() => stage(id), { timeout: 25_000 }).toMatchObject({ state: 'waiting', retry: {} });
  };
  return { retries, queue, store, timer, settings, close, save, stage, facts, until };
}

test('a Retry-After holds back everything of that host, and no other; the words are on every article of it', async () => {
  const web: Web = await openWeb({ '/': (...given) => (web.hits.length === 1 ? given[1].writeHead(429, { 'retry-after': '120' }).end() : story(...given)) });
  const other = await openWeb({ '/': story });
  const { queue, timer, save, stage, facts, until, retries } = await openTestQueue();
  const first = await save(`${web.origin}/0`);
  await retries(first[0]);
  const ids = await save(...Array.from({ length: 20 }, (_, i) => `${web.origin}/${i + 1}`), `${other.origin.replace('127.0.0.1', 'localhost')}/x`);
  await until({ done: 1, working: 0 });
  expect([web.hits.length, other.hits.length]).toEqual([1, 1]);
  const rest = { host: '127.0.0.1', why: 'asked', until: expect.any(String) };
  expect(stage(ids[3])).toEqual({ state: 'waiting', rest });
  expect(await facts()).toMatchObject({ waiting: 21, resting: [{ ...rest, waiting: 20 }], secondsLeft: null });
  await queue.idle();
  timer.pass(115);
  expect((await facts()).working).toBe(0);
  expect(web.hits).toHaveLength(1);
  timer.pass(10);
  await until({ done: 22, waiting: 0, working: 0, failed: 0, resting: [] });
  expect(stage(first[0])).toEqual({ state: 'ready' });
});

test('while there is nothing but hosts left alone, the time left does not grow', async () => {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const web: Web = await openWeb({ '/': (...given) => (web.hits.length === 1 ? given[1].writeHead(429, { 'retry-after': '120' }).end() : story(...given)) });
  const other = await openWeb({ '/': (...given) => void gate.then(() => story(...given)) });
  const { timer, save, facts, until, retries } = await openTestQueue();
  await retries((await save(`${web.origin}/0`))[0]);
  await save(...Array.from({ length: 20 }, (_, i) => `${web.origin}/${i + 1}`), ...Array.from({ length: 6 }, (_, i) => `${other.origin.replace('127.0.0.1', 'localhost')}/${i}`));
  await until({ working: 2 });
  timer.pass(10);
  open();
  await until({ done: 6, waiting: 21, working: 0 });
  timer.pass(100);
  expect((await facts()).secondsLeft).toBeLessThan(60);
});

test('a host that answers nothing but errors is asked less and less, then given up with all that waits for it', async () => {
  const web = await openWeb({ '/': (_, response) => response.writeHead(503).end() });
  const { queue, store, timer, save, facts, until } = await openTestQueue();
  await save(...Array.from({ length: 200 }, (_, i) => `${web.origin}/${i}`));
  let passed = 0;
  for (; (await facts()).failed < 200 && passed < 3_600; passed += 5) {
    timer.pass(5);
    await expect.poll(async () => (await facts()).working, { timeout: 25_000 }).toBe(0);
  }
  await until({ failed: 200, waiting: 0, working: 0, resting: [] });
  expect(passed).toBeGreaterThan(600);
  expect(passed).toBeLessThan(1_500);
  // Not 800: four tries for each of them.
  expect(web.hits.length).toBeLessThan(20);
  expect(failures(store)({ articles: false })).toEqual([{ failure: { kind: 'server-error', host: '127.0.0.1', status: 503 }, count: 200, articles: [] }]);
  expect(failures(store)({ articles: true })[0]?.articles).toHaveLength(200);
  await queue.idle();
}, 60_000);

test('two in flight whose host asks for a pause are one trouble; "try now" asks all the same', async () => {
  let refuse = true;
  const web = await openWeb({ '/': (...given) => (refuse ? given[1].writeHead(429, { 'retry-after': '600' }).end() : story(...given)) });
  const { queue, save, stage, until, retries } = await openTestQueue();
  const ids = await save(...Array.from({ length: 6 }, (_, i) => `${web.origin}/${i}`));
  await retries(ids[0]);
  await until({ waiting: 6, working: 0 });
  const sent = web.hits.length + 1;
  expect(sent).toBeLessThanOrEqual(3);
  refuse = false;
  // One that was never asked for: it only waits because its host rests.
  expect(await queue.retry({ ids: [ids[5] ?? ''] })).toEqual({ count: 1 });
  await until({ done: 7 - sent, working: 0 });
  // Those that were sent away keep to the moment they were told.
  for (const id of ids.filter((each) => stage(each)?.state === 'waiting')) expect(stage(id)).toMatchObject({ retry: { failure: { status: 429 } } });
  expect(await queue.retry({ ids: [ids[0] ?? ''] })).toEqual({ count: 1 });
});

test('held by the reader nothing is begun, also after a restart; let go it goes on', async () => {
  const path = temporaryFolder();
  const web = await openWeb({ '/': story });
  const first = await openTestQueue({ path, settings: { savingHeld: true } });
  await first.save(`${web.origin}/a`, `${web.origin}/b`);
  await first.queue.idle();
  expect(await first.facts()).toMatchObject({ waiting: 2, working: 0, held: true, secondsLeft: null });
  await first.close();
  const { queue, settings, until } = await openTestQueue({ path, settings: { savingHeld: true } });
  await queue.saveText({ text: 'A note that is kept at once.\n\nIt is made into an article when the queue goes on.', format: 'text', name: 'note', url: null, tags: [] });
  await queue.idle();
  await until({ waiting: 3, working: 0, held: true });
  expect(web.hits).toEqual([]);
  settings.savingHeld = false;
  queue.heedSettings();
  await until({ done: 3, waiting: 0, held: false });
});

test('a page pasted now does not wait for thousands pasted before, not even for a free hand', async () => {
  const held: Array<() => void> = [];
  const web = await openWeb({ '/slow/': (...given) => held.push(() => story(...given)), '/now': story });
  const { queue, save, stage } = await openTestQueue({ concurrency: 2 });
  await save(...Array.from({ length: 1_000 }, (_, i) => `http://127.0.0.${1 + (i % 50)}:${web.port}/slow/${i}`));
  // The server listens on one of these addresses alone: the others refuse, and wait for their next try.
  await expect.poll(() => held.length, { timeout: 25_000 }).toBe(2);
  const [id] = await save(`http://localhost:${web.port}/now`);
  await expect.poll(() => stage(id)?.state, { timeout: 25_000 }).toBe('ready');
  expect(held.length).toBeLessThanOrEqual(2);
  await queue.cancel({ ids: 'all' });
});
