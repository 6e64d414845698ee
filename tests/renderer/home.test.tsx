import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { App } from '../../renderer/App.tsx';
import { forgetAnswers } from '../../renderer/ask.ts';
import { draftFrom } from '../../renderer/gestures.ts';
import { beginWhereLeft } from '../../renderer/last-address.ts';
import { forgetScroll, keepScroll, keptScroll, scrollKey } from '../../renderer/list/kept-scroll.ts';
import { beginAt, closePanel, go, openArticle, useView } from '../../renderer/view.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

vi.mock('../../renderer/reader/Reader.tsx', () => ({ Reader: ({ id }: { id: string }) => <p>Reading {Number(id)}</p> }));
afterEach(closeWindow);

/** What the Add panel's field holds. */
const typed = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Addresses or text' }).value;

const rows = [
  rowOf(1, { title: 'Begun', progress: 0.5, minutes: 12 }),
  rowOf(2, { title: 'On rivers', tags: ['nature/water'], site: 'The Slow Post' }),
  rowOf(3, { title: '茶农', tags: ['生活'], lang: 'zh-Hans' }),
];

test('Home has what was begun, what is new, and a list for each shelf with the way to all of it', async () => {
  await openWindow(rows, { hash: '#/home', shelves: ['nature', '生活'] });
  const begun = await screen.findByRole('region', { name: 'Continue reading' });
  expect(begun.textContent).toContain('6 min left');
  expect(within(begun).getByRole('img', { name: '50% read' })).toBeTruthy();
  const shelves = screen.getAllByRole('region').map((region) => region.getAttribute('aria-label'));
  expect(shelves.filter((name) => ['New', 'nature', '生活'].includes(name ?? ''))).toEqual(['New', 'nature', '生活']);
  const nature = screen.getByRole('region', { name: 'nature' });
  expect(within(nature).getByText('The Slow Post')).toBeTruthy();
  await userEvent.click(within(nature).getByRole('link', { name: 'More of nature' }));
  expect(location.hash).toBe('#/tag/nature');
  await screen.findByText('On rivers');
});

test('what is still being saved stands on Home and in lists by its bare address, which names the site itself', async () => {
  const url = 'https://www.harbour.example/fog';
  await openWindow([rowOf(1, { url, title: url, host: 'harbour.example', site: null, stage: { state: 'waiting' } })], { hash: '#/home' });
  const line = (await screen.findByText('harbour.example/fog')).closest('a');
  expect(line?.textContent).toContain('Waiting');
  expect(line?.textContent?.split('harbour.example')).toHaveLength(2);
  act(() => go({ list: 'inbox' }));
  const row = (await screen.findByRole('checkbox', { name: 'Select harbour.example/fog' })).closest('[role="row"]');
  expect(row?.textContent?.split('harbour.example')).toHaveLength(2);
});

test('an article opened from Home covers it, and back returns to it', async () => {
  await openWindow(rows, { hash: '#/home' });
  await userEvent.click((await screen.findAllByRole('link', { name: /On rivers/ }))[0] as HTMLElement);
  await screen.findByText('Reading 2');
  act(() => history.back());
  await screen.findByRole('region', { name: 'New' });
  expect(useView.getState().article).toBeNull();
});

test('choosing shelves begins with those that Home shows of itself', async () => {
  const library = await openWindow(rows, { hash: '#/home', shelves: ['nature'] });
  const { ask } = library.carrier;
  // Nobody has chosen yet: Home has a shelf, and no tag has a position.
  library.carrier.ask = async (name, input) => {
    const reply = await ask(name, input);
    if (name === 'tags' && reply.ok) for (const tag of reply.value as Array<{ position: number | null }>) tag.position = null;
    return reply;
  };
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Choose shelves' }));
  await waitFor(() => expect((screen.getByRole('checkbox', { name: 'nature' }) as HTMLInputElement).checked).toBe(true));
  await user.click(screen.getByRole('checkbox', { name: '生活' }));
  await waitFor(() => expect(library.asked.findLast(({ name }) => name === 'shelves')?.input).toEqual({ tags: ['nature', '生活'] }));
});

test('shelves are chosen and put in order with checks and arrows', async () => {
  const library = await openWindow(rows, { hash: '#/home', shelves: ['生活'] });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Choose shelves' }));
  await user.click(await screen.findByRole('checkbox', { name: 'nature/water' }));
  await user.click(await screen.findByRole('button', { name: 'Move nature/water up' }));
  await waitFor(() => expect(library.asked.findLast(({ name }) => name === 'shelves')?.input).toEqual({ tags: ['nature/water', '生活'] }));
  await screen.findByRole('region', { name: 'nature/water' });
  await user.click(screen.getByRole('checkbox', { name: '生活' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: '生活' })).toBeNull());
});

test('an empty library offers ways in, and a sample that is really kept', async () => {
  const library = await openWindow([], { hash: '#/home' });
  await screen.findByRole('heading', { name: 'Your desk is clear' });
  await userEvent.click(screen.getByRole('button', { name: 'Read the sample article' }));
  await screen.findByText('Reading 9000');
  expect(library.rows).toHaveLength(1);
});

test('a paste outside a field, and a drop anywhere, open Add with it', async () => {
  await openWindow(rows, { hash: '#/home' });
  const data = new DataTransfer();
  data.setData('text/plain', 'https://example.org/a');
  fireEvent.paste(document.body, { clipboardData: data });
  await waitFor(() => expect(typed()).toBe('https://example.org/a'));
  act(() => closePanel());
  const dropped = new DataTransfer();
  dropped.setData('text/uri-list', '# a comment\r\nhttps://example.org/b\r\nhttps://example.org/c');
  fireEvent.dragOver(document.body, { dataTransfer: dropped });
  expect(screen.getByText('Drop to add')).toBeTruthy();
  fireEvent.drop(document.body, { dataTransfer: dropped });
  await waitFor(() => expect(typed()).toContain('https://example.org/b\nhttps://example.org/c'));
  expect(screen.queryByText('Drop to add')).toBeNull();
});

test('files come before their text; nothing comes of nothing', () => {
  const file = new File(['<p>a</p>'], 'a.html', { type: 'text/html' });
  expect(draftFrom({ files: [file], getData: () => 'x', types: [] } as unknown as DataTransfer)).toEqual({ files: [file] });
  expect(draftFrom({ files: [], getData: () => ' ', types: [] } as unknown as DataTransfer)).toBeNull();
});

test('news from outside: an article to show, a command, an offer, trouble in words', async () => {
  const library = await openWindow(rows, { hash: '#/home' });
  act(() => library.tell({ about: 'open', id: rows[1]?.id ?? '' }));
  await screen.findByText('Reading 2');
  act(() => library.tell({ about: 'command', command: 'go.inbox' }));
  expect(useView.getState().where).toEqual({ list: 'inbox' });
  act(() => library.tell({ about: 'trouble', failure: { kind: 'disk-full', path: '/library' } }));
  expect((await screen.findByRole('alert')).textContent).toContain('/library');
  act(() => library.tell({ about: 'offer', urls: ['https://example.org/offered'] }));
  await waitFor(() => expect(typed()).toContain('https://example.org/offered'));
});

test('the interface follows the language at once, and a narrow window shows one pane', async () => {
  const library = await openWindow(rows, { hash: '#/inbox', width: 420 });
  await screen.findByRole('heading', { name: 'Inbox' });
  expect(screen.queryByRole('navigation')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Show the sidebar' }));
  await screen.findByRole('navigation');
  expect(screen.queryByRole('grid')).toBeNull();
  await act(async () => void (await library.carrier.ask('changeSettings', { language: 'zh-CN' })));
  await userEvent.click(await screen.findByRole('link', { name: /归档/ }));
  await screen.findByRole('heading', { name: '归档' });
  expect(document.documentElement.lang).toBe('zh-CN');
});

test('the theme is on the root before the panes are, and follows the preference', async () => {
  const library = await openWindow(rows, { settings: { appearance: 'dark', darkTheme: 'dusk' } });
  expect(document.documentElement.dataset['theme']).toBe('dusk');
  await act(async () => void (await library.carrier.ask('changeSettings', { appearance: 'light', lightTheme: 'sepia' })));
  expect(document.documentElement.dataset['theme']).toBe('sepia');
});

test('where the window rests is kept, and a start without an address begins there', async () => {
  const library = await openWindow(rows, { hash: '#/home' });
  act(() => go({ list: 'tag', tag: '生活' }));
  act(() => openArticle(rows[2]?.id ?? ''));
  await waitFor(() => expect(library.settings.lastAddress).toBe(location.hash), { timeout: 3_000 });
  const { lastAddress } = library.settings;
  history.replaceState(null, '', location.pathname);
  act(() => beginAt(lastAddress));
  expect(useView.getState()).toMatchObject({ where: { list: 'tag', tag: '生活' }, article: rows[2]?.id });
  history.replaceState(null, '', '#/archive');
  act(() => beginAt('#/inbox'));
  expect(location.hash).toBe('#/archive');
});

test('how far a list is scrolled is kept for the next start', async () => {
  const library = await openWindow(rows, { hash: '#/all' });
  const key = scrollKey({ list: 'all' }, 'newest');
  act(() => keepScroll(key, 620));
  await waitFor(() => expect(library.settings.lastAddress).toBe('#/all?top=620'), { timeout: 3_000 });
  forgetScroll();
  history.replaceState(null, '', location.pathname);
  act(() => beginWhereLeft(library.settings.lastAddress));
  expect([location.hash, keptScroll(key)]).toEqual(['#/all', 620]);
});

test('a library that does not answer at all is said in words, not shown as nothing', async () => {
  await openWindow(rows);
  const { lectern } = window;
  if (lectern === undefined) throw new Error('the window has no carrier');
  cleanup();
  forgetAnswers();
  lectern.ask = async () => {
    throw new Error('the line is dead');
  };
  render(<App />);
  expect((await screen.findByRole('alert')).textContent).toMatch(/not answering|没有回应/);
});
