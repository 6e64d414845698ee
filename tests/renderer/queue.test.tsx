import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { Stage } from '../../shared/article.ts';
import { groupItems } from '../../renderer/queue/groups.ts';
import { en } from '../../shared/words/en.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

afterEach(closeWindow);

const stages: Stage[] = [
  { state: 'working', step: 'download', done: 340_000, of: 1_200_000 },
  { state: 'working', step: 'pictures', done: 3, of: 12 },
  { state: 'waiting' },
  { state: 'failed', failure: { kind: 'refused', host: 'a.example', status: 403 } },
  { state: 'failed', failure: { kind: 'refused', host: 'b.example', status: 403 } },
  { state: 'failed', failure: { kind: 'timeout', host: 'c.example', waited: 20 } },
];
const rows = stages.map((stage, number) => rowOf(number + 1, { stage }));

test('articles are grouped by where they are, with their step and count', async () => {
  await openWindow(rows, { hash: '#/queue' });
  const working = (await screen.findByRole('heading', { name: 'Being saved 2' })).closest('section') as HTMLElement;
  expect(within(working).getByText(/Downloading · 340 KB of 1\.2 MB/)).toBeTruthy();
  expect(within(working).getByText(/Fetching pictures · 3 of 12/)).toBeTruthy();
  expect(screen.getByRole('heading', { name: 'Waiting 1' })).toBeTruthy();
  expect(screen.getByRole('progressbar').getAttribute('aria-valuetext')).toBe('0 of 6 saved, 3 could not be saved');
});

test('failures are grouped by reason, with the remedy said once, and tried again singly, by reason or all', async () => {
  const user = userEvent.setup();
  const library = await openWindow(rows, { hash: '#/queue' });
  await screen.findByRole('heading', { name: 'The site refused 2' });
  expect(screen.getAllByText('Open it in your browser and send it with the extension (Preferences, From your browser), or save it there as a file and add the file.')).toHaveLength(1);
  expect(screen.getAllByText(/The site answered 403: it may want you to be signed in\./)).toHaveLength(2);
  const asked = () => library.asked.findLast(({ name }) => name === 'retry')?.input;
  await user.click(screen.getByRole('button', { name: 'Try these again' }));
  expect(asked()).toEqual({ ids: [rowOf(4).id, rowOf(5).id] });
  await user.click(await screen.findByRole('button', { name: 'Try again: Article 6' }));
  expect(asked()).toEqual({ ids: [rowOf(6).id] });
});

test('all that failed is tried again, all that waits is cancelled', async () => {
  const user = userEvent.setup();
  const library = await openWindow(rows, { hash: '#/queue' });
  await user.click(await screen.findByRole('button', { name: 'Try all again' }));
  expect(library.asked.findLast(({ name }) => name === 'retry')?.input).toEqual({ ids: 'all' });
  await user.click(screen.getByRole('button', { name: 'Cancel all' }));
  expect(library.asked.findLast(({ name }) => name === 'cancel')?.input).toEqual({ ids: 'all' });
});

test('a refusal to cancel is told', async () => {
  const library = await openWindow(rows, { hash: '#/queue' });
  const { ask } = library.carrier;
  library.carrier.ask = async (name, input) =>
    name === 'cancel' ? { ok: false, failure: { kind: 'read-only', why: 'folder' } } : ask(name, input);
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel: Article 1' }));
  expect((await screen.findByRole('alert')).textContent).toContain('can only be read');
});

test('without a network the queue says it waits and loses nothing', async () => {
  const library = await openWindow(rows, { hash: '#/inbox' });
  const { ask } = library.carrier;
  library.carrier.ask = async (name, input) => {
    const reply = await ask(name, input);
    return name === 'queue' && reply.ok ? { ok: true, value: { ...(reply.value as object), paused: true } } : reply;
  };
  await userEvent.click(screen.getByRole('link', { name: /Queue/ }));
  expect(await screen.findByText('Waiting for the network. Nothing is lost; saving goes on by itself when you are online.')).toBeTruthy();
});

const later: Stage = {
  state: 'waiting',
  retry: { at: new Date(2026, 10, 23, 14, 5, 9).toISOString(), failure: { kind: 'server-error', host: 'a.example', status: 503 } },
};

test('an article that waits for its next try says when and why, and can be tried now', async () => {
  const user = userEvent.setup();
  const library = await openWindow([rowOf(1, { stage: later })], { hash: '#/queue' });
  expect(await screen.findByText(/Next try at 14:05:09 · The site answered 503: it has a problem of its own\./)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Cancel: Article 1' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Try now: Article 1' }));
  expect(library.asked.findLast(({ name }) => name === 'retry')?.input).toEqual({ ids: [rowOf(1).id] });
});

test('in a list it says the same, in Chinese too', async () => {
  const user = userEvent.setup();
  const library = await openWindow([rowOf(1, { stage: later })], { hash: '#/inbox', settings: { language: 'zh-CN' } });
  expect(await screen.findByText(/14:05:09 再试 · 网站回应 503/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: '现在就试：Article 1' }));
  expect(library.asked.filter(({ name }) => name === 'retry')).toHaveLength(1);
});

test.each([
  [null, 'en', ''],
  [12, 'en', 'Less than a minute left'],
  [61, 'en', 'About 1 minute left'],
  [840, 'en', 'About 14 minutes left'],
  [7_300, 'en', 'About 2 hours left'],
  [840, 'zh-CN', '大约还要 14 分钟'],
] as const)('%s seconds left, said in %s', async (secondsLeft, language, text) => {
  const library = await openWindow(rows, { hash: '#/inbox', settings: { language } });
  const { ask } = library.carrier;
  library.carrier.ask = async (name, input) => {
    const reply = await ask(name, input);
    return name === 'queue' && reply.ok ? { ok: true, value: { ...(reply.value as object), secondsLeft } } : reply;
  };
  await userEvent.click(screen.getByRole('link', { name: /Queue|队列/ }));
  await screen.findByRole('progressbar');
  await waitFor(() => expect(screen.queryByText(/ left$|还要/)?.textContent ?? '').toBe(text));
});

test('an empty queue says what will be here', async () => {
  await openWindow([rowOf(1)], { hash: '#/queue' });
  expect(await screen.findByText('Nothing in the queue')).toBeTruthy();
});

test('a long queue draws a part and counts the rest', async () => {
  const many = Array.from({ length: 600 }, (_, number) => rowOf(number + 1, { stage: { state: 'waiting' } }));
  await openWindow(many, { hash: '#/queue' });
  await screen.findByRole('heading', { name: 'Waiting 600' });
  expect(within(screen.getByRole('main')).getAllByRole('listitem')).toHaveLength(100);
  expect(screen.getByText('500 more not shown')).toBeTruthy();
});

test('groups with the same remedy are one, the largest first', () => {
  const items = rows.map(({ id, url, title, stage }) => ({ id, url, title, stage, attempts: 1 }));
  const { failed } = groupItems(items.toReversed(), en);
  expect(failed.map(({ kind, items: some }) => [kind, some.length])).toEqual([['refused', 2], ['timeout', 1]]);
});

test('news of the queue are followed', async () => {
  const library = await openWindow(rows, { hash: '#/queue' });
  await screen.findByRole('heading', { name: 'Waiting 1' });
  library.rows = library.rows.map((row) => ({ ...row, stage: { state: 'ready' } }));
  library.tell({ about: 'articles', ids: null });
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Waiting 1' })).toBeNull());
});

/** Changes what the library says of its queue. */
async function openQueueWith(facts: object, some = rows, language: 'en' | 'zh-CN' = 'en') {
  const library = await openWindow(some, { hash: '#/inbox', settings: { language } });
  const { ask } = library.carrier;
  library.carrier.ask = async (name, input) => {
    const reply = await ask(name, input);
    return name === 'queue' && reply.ok ? { ok: true, value: { ...(reply.value as object), ...facts } } : reply;
  };
  await userEvent.click(screen.getByRole('link', { name: /Queue|队列/ }));
  return library;
}

test('the reader pauses the queue and lets it go on', async () => {
  const user = userEvent.setup();
  const library = await openWindow(rows, { hash: '#/queue' });
  await user.click(await screen.findByRole('button', { name: 'Pause' }));
  expect(library.settings.savingHeld).toBe(true);
  library.tell({ about: 'articles', ids: null });
  expect(await screen.findByText(/You have paused saving/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Go on' }));
  expect(library.settings.savingHeld).toBe(false);
  library.tell({ about: 'articles', ids: null });
  expect(await screen.findByRole('button', { name: 'Pause' })).toBeTruthy();
});

const until = new Date(2026, 10, 24, 14, 5, 0).toISOString();
const resting = [{ host: 'a.example', until, why: 'asked', waiting: 4_980 }, { host: 'b.example', until, why: 'trouble', waiting: 1 }];

test.each([
  ['en', ['a.example asked for a pause until 14:05:00 · 4,980 articles wait for it', 'b.example gave no good answer; it is asked again at 14:05:00 · 1 article waits for it']],
  ['zh-CN', ['a.example 要求暂停到 14:05:00 · 4,980 篇文章在等它', 'b.example 没有正常回应，14:05:00 再问 · 1 篇文章在等它']],
] as const)('sites left alone are named with the moment, in %s', async (language, texts) => {
  await openQueueWith({ resting }, rows, language);
  const list = await screen.findByRole('list', { name: language === 'en' ? 'Sites left alone for a while' : '暂时不去打扰的网站' });
  expect(within(list).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(texts);
});

test('an article of such a site says so in its line', async () => {
  const rest = { host: 'a.example', until, why: 'asked' } as const;
  await openWindow([rowOf(1, { stage: { state: 'waiting', rest } })], { hash: '#/queue' });
  expect(await screen.findByText(/a\.example asked for a pause until 14:05:00/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Try now: Article 1' })).toBeTruthy();
});

test('what failed for one reason is copied, and moved to the trash with Undo, also what is not drawn', async () => {
  const refused = (number: number) => rowOf(number, { stage: { state: 'failed', failure: { kind: 'refused', host: `h${number}.example`, status: 403, ...(number % 2 ? { retryAt: until } : {}) } } });
  const gone = rowOf(2_000, { stage: { state: 'failed', failure: { kind: 'gone', host: 'x.example', status: 404 } } });
  const user = userEvent.setup();
  const library = await openWindow([...Array.from({ length: 700 }, (_, number) => refused(number + 1)), gone], { hash: '#/queue' });
  const group = (await screen.findByRole('heading', { name: 'The site refused 700' })).closest('div')?.parentElement as HTMLElement;
  expect(screen.getByRole('heading', { name: 'Could not be saved 701' })).toBeTruthy();
  await user.click(within(group).getByRole('button', { name: 'Copy addresses' }));
  await waitFor(async () => expect((await navigator.clipboard.readText()).split('\n')).toHaveLength(700));
  await user.click(within(group).getByRole('button', { name: 'Remove these' }));
  await waitFor(() => expect(screen.queryByRole('heading', { name: /The site refused/ })).toBeNull());
  expect(library.rows.filter(({ trashedAt }) => trashedAt !== null)).toHaveLength(700);
  expect(screen.getByRole('heading', { name: 'Could not be saved 1' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('heading', { name: 'The site refused 700' })).toBeTruthy();
}, 30_000);
