import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { Hit, Input } from '../../shared/contract.ts';
import { completionsOf, typedAt } from '../../renderer/search/completions.ts';
import { commandsNamed, readField } from '../../renderer/search/choices.ts';
import { joined, Marked } from '../../renderer/search/Marked.tsx';
import { forgetSearches } from '../../renderer/search/recent.ts';
import { useView } from '../../renderer/view.ts';
import { wordsFor } from '../../shared/words/words.ts';
import { rowOf, type FakeLibrary } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

afterEach(() => {
  closeWindow();
  forgetSearches();
});

const hitOf = (number: number, title: string, query: string): Hit => {
  const at = title.toLowerCase().indexOf(query.toLowerCase());
  const marks = at < 0 ? [] : [{ from: at, to: at + query.length }];
  return { ...rowOf(number, { title }), titleMarks: marks, snippet: `The ${query} was noted.`, snippetMarks: [{ from: 4, to: 4 + query.length }] };
};

type Search = (query: string) => Hit[] | Promise<Hit[]>;

/** Opens the palette over a library that searches as told. */
async function openSearch(search: Search = () => []): Promise<FakeLibrary> {
  const library = await openWindow([rowOf(1), rowOf(2)], { hash: '#/inbox?panel=search' });
  const { ask } = library.carrier;
  library.carrier.ask = async (name, input) => {
    if (name !== 'search') return ask(name, input);
    library.asked.push({ name, input });
    const hits = await search((input as Input<'search'>).query);
    return { ok: true, value: { total: hits.length, more: false, lacking: 0, problems: [], hits } };
  };
  return library;
}

const field = () => screen.getByRole('combobox', { name: 'Search and commands' });
const options = () => within(screen.getByRole('listbox', { name: 'Results' })).queryAllByRole('option');
const active = () => document.getElementById(field().getAttribute('aria-activedescendant') ?? '');

test('results come as you type, with the matched words marked, and arrows move among them', async () => {
  const user = userEvent.setup();
  await openSearch((query) => [hitOf(1, 'Tide tables', query), hitOf(2, 'The high tide', query)]);
  expect(document.activeElement).toBe(field());
  await user.keyboard('tide');
  await waitFor(() => expect(options()).toHaveLength(3));
  expect(options()[0]?.querySelectorAll('mark')).toHaveLength(2);
  expect(options()[1]?.querySelector('mark')?.textContent).toBe('tide');
  expect(active()).toBe(options()[0]);
  await user.keyboard('{ArrowDown}');
  expect(active()).toBe(options()[1]);
  expect(options()[1]?.getAttribute('aria-selected')).toBe('true');
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(active()).toBe(options()[0]);
  await user.keyboard('{ArrowUp}{ArrowUp}{Enter}');
  expect(useView.getState()).toMatchObject({ article: rowOf(2).id, find: 'tide', panel: null });
});

test('an answer that comes late gives way to the newer one', async () => {
  const user = userEvent.setup();
  const slow = Promise.withResolvers<Hit[]>();
  await openSearch((query) => (query === 't' ? slow.promise : [hitOf(2, 'Newer', query)]));
  await user.keyboard('ti');
  slow.resolve([hitOf(1, 'Older', 't')]);
  await screen.findByText('Newer');
  expect(screen.queryByText('Older')).toBeNull();
});

test('commands are found by name beside the articles, and alone after >', async () => {
  const user = userEvent.setup();
  await openSearch((query) => [hitOf(1, 'Archive of tides', query)]);
  await user.keyboard('queue');
  await screen.findByText('Archive of tides');
  expect(options().at(-1)?.textContent).toContain('Queue');
  await user.clear(field());
  await user.keyboard('>go que');
  expect(options()).toHaveLength(1);
  await user.keyboard('{Enter}');
  expect(useView.getState()).toMatchObject({ where: { list: 'queue' }, panel: null });
});

test('a command that opens another panel leaves that one open', async () => {
  const user = userEvent.setup();
  await openSearch();
  await user.keyboard('>preferences{Enter}');
  await screen.findByRole('dialog', { name: 'Preferences' });
  expect(screen.queryByRole('dialog', { name: 'Search and commands' })).toBeNull();
});

test('nothing found says so and shows what can be written', async () => {
  const user = userEvent.setup();
  const library = await openSearch();
  await user.keyboard('zzz');
  await screen.findByText('Nothing found for “zzz”');
  await user.click(screen.getByRole('button', { name: 'tag:science' }));
  expect(field()).toHaveProperty('value', 'tag:science');
  await waitFor(() => expect(library.asked.findLast((each) => each.name === 'search')?.input).toMatchObject({ query: 'tag:science' }));
});

test('a search that led somewhere is offered again', async () => {
  const user = userEvent.setup();
  await openSearch((query) => [hitOf(1, 'Tide tables', query)]);
  await user.keyboard('tide');
  await screen.findByText('Articles');
  await user.keyboard('{Enter}');
  closeWindow();
  await openSearch((query) => [hitOf(1, 'Tide tables', query)]);
  await user.keyboard('{ArrowDown}{Enter}');
  expect(field()).toHaveProperty('value', 'tide');
});

test('a failure of the search is told in words', async () => {
  const user = userEvent.setup();
  const library = await openSearch();
  library.carrier.ask = () => Promise.resolve({ ok: false, failure: { kind: 'damaged', part: 'index.db' } });
  await user.keyboard('tide');
  expect((await screen.findByRole('alert')).textContent).toContain('A stored part is damaged: index.db.');
});

test('marks are joined, kept inside the text, and never HTML', () => {
  expect(joined([{ from: 2, to: 3 }, { from: 0, to: 2 }, { from: 5, to: 99 }, { from: 4, to: 4 }], 7)).toEqual([{ from: 0, to: 3 }, { from: 5, to: 7 }]);
  const { container } = render(<Marked text="<b>tide</b>" marks={[{ from: 3, to: 7 }]} />);
  expect(container.textContent).toBe('<b>tide</b>');
  expect(container.querySelector('b')).toBeNull();
  expect(container.querySelector('mark')?.textContent).toBe('tide');
});

test('the field is read: commands and searches', () => {
  expect(readField('  ')).toEqual({ mode: 'start' });
  expect(readField('> arch')).toEqual({ mode: 'commands', name: 'arch' });
  expect(readField('＞归档')).toEqual({ mode: 'commands', name: '归档' });
  expect(readField('x'.repeat(600))).toEqual({ mode: 'all', query: 'x'.repeat(500) });
});

test('in Chinese a command is found by its Chinese and its English name', () => {
  const words = wordsFor('zh-CN');
  expect(commandsNamed('归档', words, () => true).map(({ id }) => id)).toContain('go.archive');
  expect(commandsNamed('archive', words, () => true).map(({ id }) => id)).toContain('go.archive');
  expect(commandsNamed('archive', words, ({ when }) => when === 'always').map(({ id }) => id)).not.toContain('article.archive');
});

const known = { tags: ['science', '科技/人工智能', 'two words'], hosts: ['example.org', 'example.net'] };
const labels = (text: string, language: 'en' | 'zh-CN' = 'en') =>
  completionsOf(typedAt(text, text.length), known, wordsFor(language), new Date(2024, 5, 15)).map(({ label }) => label);

test('names of operators, tags, sites, states and dates are completed at the caret', () => {
  expect(labels('river ta')).toEqual(['tag:']);
  expect(labels('t')).toEqual([]);
  expect(labels('标')).toEqual(['标签:']);
  expect(labels('river tag:sc')).toEqual(['tag:science']);
  expect(labels('-tag:')).toEqual(['tag:science', 'tag:科技/人工智能', 'tag:two words']);
  expect(labels('tag:science')).toEqual([]);
  expect(labels('tag:"two w')).toEqual(['tag:two words']);
  expect(labels('(site:ex')).toEqual(['site:example.org', 'site:example.net']);
  expect(labels('is:fav')).toEqual(['is:favourite']);
  expect(labels('状态:未', 'zh-CN')).toEqual(['状态:unread', '状态:failed']);
  expect(labels('has:')).toHaveLength(5);
  expect(labels('after:2024-')).toEqual(['after:2024-06']);
  expect(labels('by:a')).toEqual([]);
  expect(labels('https://example')).toEqual([]);
  expect(completionsOf(typedAt('tag:two', 7), known, wordsFor('en'), new Date())[0]?.insert).toBe('tag:"two words" ');
});

test('Tab completes, and what is found by the operator follows', async () => {
  const user = userEvent.setup();
  const library = await openSearch(() => []);
  await user.keyboard('river is:unr');
  expect(active()?.textContent).toContain('is:unread');
  await user.keyboard('{Tab}');
  expect(field()).toHaveProperty('value', 'river is:unread ');
  await waitFor(() => expect(library.asked.findLast((each) => each.name === 'search')?.input).toMatchObject({ query: 'river is:unread ' }));
});

test('what is not understood is underlined and told, and the rest is searched for', async () => {
  const user = userEvent.setup();
  await openSearch((query) => [hitOf(1, 'Tide tables', query)]);
  await user.keyboard('tide before:soon');
  await screen.findByText(/“before:soon” has no date in it/u);
  expect(document.querySelector('u')?.textContent).toBe('before:soon');
  await waitFor(() => expect(options().length).toBeGreaterThan(0));
});

test('everything found can be opened as a list, by pressing or by keyboard', async () => {
  const user = userEvent.setup();
  await openSearch((query) => [hitOf(1, 'Tide tables', query)]);
  await user.keyboard('tide');
  await user.click(await screen.findByText('Show all 1 in a list'));
  expect(useView.getState()).toMatchObject({ where: { list: 'search', query: 'tide' }, panel: null });
  closeWindow();
  await openSearch((query) => [hitOf(1, 'Tide tables', query)]);
  await user.keyboard('tables{Control>}{Enter}{/Control}');
  expect(useView.getState()).toMatchObject({ where: { list: 'search', query: 'tables' } });
});

test('help lists every operator, and trying one puts it into the field', async () => {
  const user = userEvent.setup();
  await openSearch((query) => [hitOf(1, 'Tide tables', query)]);
  await user.keyboard('tide');
  await user.click(screen.getByRole('button', { name: 'How to search' }));
  const card = screen.getByRole('region', { name: 'How to search' });
  expect(within(card).getAllByRole('button').length).toBe(16);
  await user.click(within(card).getByRole('button', { name: 'longer:20' }));
  expect(field()).toHaveProperty('value', 'longer:20');
});

test('while one search is being answered, only the newest of those typed meanwhile is asked', async () => {
  const user = userEvent.setup();
  const slow = Promise.withResolvers<Hit[]>();
  const library = await openSearch((query) => (query === 't' ? slow.promise : [hitOf(1, 'Tide tables', query)]));
  await user.keyboard('tide');
  slow.resolve([]);
  await screen.findByText('Articles');
  const asked = library.asked.flatMap(({ name, input }) => (name === 'search' ? [input as Input<'search'>] : []));
  expect(asked.filter(({ first }) => first === true).map(({ query }) => query)).toEqual(['t', 'tide']);
  // What is counted, and where the words stand, nobody waits for but for the last.
  expect(asked.filter(({ first }) => first !== true).every(({ query }) => query === 'tide')).toBe(true);
});

test('what was found is there before it is counted and before the places are known; lines of before stay till then', async () => {
  const user = userEvent.setup();
  const whole = Promise.withResolvers<void>();
  const library = await openSearch();
  const { ask } = library.carrier;
  library.carrier.ask = async (name, input) => {
    if (name !== 'search') return ask(name, input);
    const { query, first = false } = input as Input<'search'>;
    if (!first && query === 'tide') await whole.promise;
    const hit = hitOf(1, 'Tide tables', query);
    const hits = first ? [{ ...hit, snippet: 'How it begins', snippetMarks: [] }] : [hit];
    return { ok: true, value: { total: first ? 300 : 1_234, more: first, lacking: 0, problems: [], hits } };
  };
  await user.keyboard('tid');
  await screen.findByText(/Show all 1,234/);
  await user.keyboard('e');
  await screen.findByText('Show all in a list');
  expect(options()[0]?.textContent).toContain('The tid was noted.');
  expect(screen.queryByText('1,234')).toBeNull();
  whole.resolve();
  await screen.findByText(/Show all 1,234/);
  expect(options()[0]?.textContent).toContain('The tide was noted.');
});
