import { expect, onTestFinished, test } from 'vitest';
import { createExtractor } from '../../electron/library/extract/extractor.ts';
import { rowsOf } from '../../electron/library/rows.ts';
import { goodManners, type Manners } from '../../electron/library/saving/manners.ts';
import { openRules } from '../../electron/library/rules/folder.ts';
import { openQueue } from '../../electron/library/saving/queue.ts';
import { openStore } from '../../electron/library/storage/store.ts';
import type { Stage } from '../../shared/article.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { en } from '../../shared/words/en.ts';
import { explain } from '../../shared/words/explain.ts';
import { zhCN } from '../../shared/words/zh-CN.ts';
import { startWeb, type Behaviour, type Web } from '../web/web.ts';
import { handTimer } from './hand-timer.ts';
import { temporaryFolder } from './made-up.ts';
import { newsPage } from './open-test-library.ts';

/** Answers by the list, its last entry for ever: a status with headers, or a page. */
function answers(...list: Array<'page' | [status: number, headers?: Record<string, string>]>): Behaviour {
  let count = 0;
  return (_, response, path) => {
    const next = list[Math.min(count++, list.length - 1)] ?? 'page';
    if (next === 'page') response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(newsPage(`Story ${path}`));
    else response.writeHead(...next).end();
  };
}

async function openWeb(pages: Record<string, Behaviour>): Promise<Web> {
  const web = await startWeb(pages);
  onTestFinished(() => web.close());
  return web;
}

/** A queue whose time the test makes; closed before its folder goes. */
async function openTestQueue(options: { path?: string; manners?: Manners } = {}) {
  const timer = handTimer();
  const store = await openStore({ path: options.path ?? temporaryFolder() });
  const extractor = createExtractor();
  const queue = openQueue({ store, settings: () => defaultSettings, extractor, rules: openRules(store.root), timer, manners: options.manners ?? { ...goodManners, hostPause: 0 } });
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
  const stage = (id: string | undefined): Stage | undefined => rowsOf(store, [id ?? ''])[0]?.stage;
  /** Until the article waits for its next try, the server having been asked so often. */
  const waits = async (id: string | undefined, hits: number, web: Web) => {
    await expect.poll(() => `${web.hits.length} ${Object.hasOwn(stage(id) ?? {}, 'retry')}`, { timeout: 25_000 }).toBe(`${hits} true`);
    const now = stage(id);
    if (now?.state !== 'waiting' || now.retry === undefined) throw new Error('does not wait');
    return { ...now.retry, inSeconds: (Date.parse(now.retry.at) - timer.now()) / 1_000 };
  };
  const settles = async (id: string | undefined, state: Stage['state']) => {
    await expect.poll(() => stage(id)?.state, { timeout: 25_000 }).toBe(state);
  };
  return { queue, timer, close, save, stage, waits, settles };
}

test.each([
  ['in seconds', () => '120'],
  ['as a date', () => new Date(Date.now() + 120_000).toUTCString()],
])('429 with a Retry-After %s is tried again then, not before, and is an article', async (_, header) => {
  const asking: Behaviour = (_, response) => response.writeHead(429, { 'retry-after': header() }).end();
  const page = answers('page');
  const web: Web = await openWeb({ '/a': (...given) => (web.hits.length === 1 ? asking : page)(...given) });
  const { queue, timer, save, waits, settles } = await openTestQueue();
  const [id] = await save(`${web.origin}/a`);
  const retry = await waits(id, 1, web);
  expect(retry.failure).toMatchObject({ kind: 'refused', status: 429 });
  expect(retry.inSeconds).toBeGreaterThan(110);
  expect(retry.inSeconds).toBeLessThan(150);
  // Nothing more can be done for now: whoever waits for the queue is not held for minutes.
  await queue.idle();
  expect(await queue.queue({ count: 5 })).toMatchObject({ total: 1, waiting: 1, working: 0, failed: 0, items: [{ id, attempts: 1, stage: { state: 'waiting', retry: { at: retry.at } } }] });
  timer.pass(retry.inSeconds - 1);
  expect([timer.calls(), web.hits.length]).toEqual([1, 1]);
  timer.pass(2);
  await settles(id, 'ready');
  expect(web.hits).toHaveLength(2);
  expect(await queue.queue({ count: 5 })).toMatchObject({ total: 1, waiting: 0, done: 1, failed: 0, items: [] });
});

test('503 to the first and to three further tries is a failure, in words', async () => {
  const web = await openWeb({ '/a': answers([503]) });
  const { queue, timer, save, stage, waits, settles } = await openTestQueue();
  const [id] = await save(`${web.origin}/a`);
  const pauses: number[] = [];
  for (const hits of [1, 2, 3]) {
    const { inSeconds } = await waits(id, hits, web);
    pauses.push(inSeconds);
    timer.pass(inSeconds + 0.01);
  }
  await settles(id, 'failed');
  await queue.idle();
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(web.hits).toHaveLength(4);
  expect(timer.calls()).toBe(0);
  const now = stage(id);
  if (now?.state !== 'failed') throw new Error('not failed');
  expect(explain(en, now.failure)).toEqual({ what: 'The site answered 503: it has a problem of its own.', todo: 'Try again later.' });
  expect(explain(zhCN, now.failure).what).toContain('503');
});

test('a server that asks for days is not asked again, and the reader is told until when', async () => {
  const web = await openWeb({ '/a': answers([503, { 'retry-after': '172800' }]) });
  const { save, stage, settles } = await openTestQueue();
  const [id] = await save(`${web.origin}/a`);
  await settles(id, 'failed');
  const now = stage(id);
  if (now?.state !== 'failed') throw new Error('not failed');
  expect(explain(en, now.failure).todo).toMatch(/^The site asks to wait until .*\d\d:\d\d\.$/);
  expect(explain(zhCN, now.failure).todo).toMatch(/^网站要求等到 .*\d\d:\d\d 再来。$/);
});

test('an article waiting for its next try stays cancelled', async () => {
  const web = await openWeb({ '/a': answers([503], 'page'), '/b': answers([503], 'page') });
  const { queue, timer, save, stage, waits } = await openTestQueue();
  const [a, b] = await save(`${web.origin}/a`, `${web.origin}/b`);
  await waits(a, 2, web);
  await waits(b, 2, web);
  expect(await queue.cancel({ ids: [a ?? ''] })).toEqual({ count: 1 });
  expect(await queue.cancel({ ids: 'all' })).toEqual({ count: 1 });
  timer.pass(3_600);
  await queue.idle();
  expect([stage(a), stage(b)]).toEqual([a, b].map(() => ({ state: 'failed', failure: { kind: 'cancelled' } })));
  expect(web.hits).toHaveLength(2);
  expect(await queue.queue({ count: 5 })).toMatchObject({ waiting: 0, working: 0, done: 0, items: [] });
});

test('try now, or pasting the address again, ends the wait', async () => {
  const web = await openWeb({ '/a': answers([503], 'page'), '/b': answers([503], 'page') });
  const { queue, timer, save, waits, settles } = await openTestQueue();
  const [a, b] = await save(`${web.origin}/a`, `${web.origin}/b`);
  await waits(a, 2, web);
  await waits(b, 2, web);
  expect(await queue.retry({ ids: [a ?? ''] })).toEqual({ count: 1 });
  expect(await save(`${web.origin}/b`)).toEqual([b]);
  await settles(a, 'ready');
  await settles(b, 'ready');
  await queue.idle();
  expect(timer.calls()).toBe(0);
  expect(web.hits).toHaveLength(4);
  expect(await queue.queue({ count: 5 })).toMatchObject({ total: 2, done: 2, failed: 0, waiting: 0 });
});

test('a restart in the middle of the wait loses nothing: it is simply tried again', async () => {
  const path = temporaryFolder();
  const web = await openWeb({ '/a': answers([429, { 'retry-after': '600' }], 'page') });
  const first = await openTestQueue({ path });
  const [id] = await first.save(`${web.origin}/a`);
  await first.waits(id, 1, web);
  await first.close();
  expect(first.timer.calls()).toBe(0);
  const second = await openTestQueue({ path });
  await second.settles(id, 'ready');
  expect(web.hits).toHaveLength(2);
});

test('two pages of one host are asked for with a pause between; another host does not wait', async () => {
  const web = await openWeb({ '/': answers('page') });
  const { queue, timer, save, settles, stage } = await openTestQueue({ manners: { hostPause: 0.3, retryPauses: [] } });
  const ids = await save(`${web.origin}/1`, `${web.origin}/2`, `http://localhost:${web.port}/3`);
  await settles(ids[0], 'ready');
  await settles(ids[2], 'ready');
  expect(web.hits.map((hit) => hit.path).toSorted()).toEqual(['/1', '/3']);
  timer.pass(0.29);
  expect(stage(ids[1])).toEqual({ state: 'waiting' });
  timer.pass(0.02);
  await queue.idle();
  expect(stage(ids[1])).toEqual({ state: 'ready' });
  expect(web.hits).toHaveLength(3);
});
