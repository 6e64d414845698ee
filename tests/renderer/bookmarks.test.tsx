import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { clearDraft } from '../../renderer/add/draft.ts';
import { bestOf, whyIn } from '../../renderer/duplicates/duplicate-acts.ts';
import { useView } from '../../renderer/view.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

afterEach(() => {
  useView.setState({ noting: null, comparing: null });
  closeWindow();
  clearDraft();
});

const asked = (library: { asked: Array<{ name: string; input: unknown }> }, name: string) => library.asked.filter((each) => each.name === name).map(({ input }) => input);
const kept = { stage: { state: 'bookmark' } as const };

test('a bookmark is quiet in its list: its note, else what its page says, else its address; no minutes', async () => {
  await openWindow([
    rowOf(1, { ...kept, note: 'Ask about this' }), rowOf(2, { ...kept, excerpt: 'Said of itself' }), rowOf(3, { ...kept, excerpt: '', url: 'https://site3.example/only' }), rowOf(4),
  ], { hash: '#/bookmarks' });
  const grid = await screen.findByRole('grid', { name: 'Bookmarks' });
  const lines = await within(grid).findAllByRole('row');
  expect(lines.map((line) => line.textContent)).toEqual([expect.stringContaining('Ask about this'), expect.stringContaining('Said of itself'), expect.stringContaining('https://site3.example/only')]);
  expect(within(grid).queryByText(/\d min/)).toBeNull();
  expect(within(grid).getAllByRole('img', { name: 'Bookmark' })).toHaveLength(3);
  expect(within(grid).getAllByRole('img', { name: 'Has a note' })).toHaveLength(1);
  expect(screen.getByText('3 bookmarks')).toBeTruthy();
});

test('many bookmarks are saved as articles in one go', async () => {
  const library = await openWindow([rowOf(1, kept), rowOf(2, kept), rowOf(3, { stage: { state: 'failed', failure: { kind: 'no-article' } } })], { hash: '#/bookmarks' });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('checkbox', { name: 'Select Article 1' }));
  await user.click(await screen.findByRole('checkbox', { name: 'Select Article 2' }));
  await screen.findByText('2 selected');
  await user.keyboard('b');
  await screen.findByText('The pages of 2 bookmarks are being saved');
  expect(asked(library, 'saveBookmarks')).toEqual([{ ids: [rowOf(1).id, rowOf(2).id] }]);
  await screen.findByText(/No bookmarks/);
});

test('an address is added as a bookmark with title, note and tags; without them many at once', async () => {
  const library = await openWindow([], { hash: '#/inbox?panel=add' });
  const user = userEvent.setup();
  const dialog = await screen.findByRole('dialog', { name: 'Add to Lectern' });
  expect(within(dialog).queryByRole('checkbox')).toBeNull();
  await user.type(within(dialog).getByRole('textbox', { name: 'Addresses or text' }), 'https://a.example/1');
  await user.click(await within(dialog).findByRole('checkbox', { name: /Keep the address only/ }));
  await user.type(within(dialog).getByRole('textbox', { name: 'Title' }), 'Named');
  await user.type(within(dialog).getByRole('textbox', { name: 'Note' }), 'For later');
  await user.click(within(dialog).getByRole('button', { name: 'Keep bookmark' }));
  await screen.findByText('1 bookmark kept');
  expect(asked(library, 'bookmark')).toEqual([{ pages: [{ url: 'https://a.example/1', title: 'Named', note: 'For later' }], tags: [], typed: true }]);
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('two addresses have no title and note of their own, and a text cannot be a bookmark', async () => {
  const library = await openWindow([], { hash: '#/inbox?panel=add' });
  const user = userEvent.setup();
  const dialog = await screen.findByRole('dialog', { name: 'Add to Lectern' });
  const field = within(dialog).getByRole('textbox', { name: 'Addresses or text' });
  await user.type(field, 'https://a.example/1{Shift>}{Enter}{/Shift}https://a.example/2');
  await user.click(await within(dialog).findByRole('checkbox', { name: /Keep the addresses only/ }));
  expect(within(dialog).queryByRole('textbox', { name: 'Note' })).toBeNull();
  await user.click(within(dialog).getByRole('button', { name: 'Keep 2 bookmarks' }));
  await screen.findByText('2 bookmarks kept');
  expect(asked(library, 'bookmark')).toEqual([{ pages: [{ url: 'https://a.example/1' }, { url: 'https://a.example/2' }], tags: [], typed: true }]);
});

test('a note is written by its key, kept however the card is closed, and nothing is asked where nothing changed', async () => {
  const library = await openWindow([rowOf(1, { ...kept, note: 'Before' })], { hash: `#/bookmarks?article=${rowOf(1).id}` });
  const user = userEvent.setup();
  await screen.findByText('Before', { selector: 'p' });
  await user.keyboard('w');
  let field = await screen.findByRole('textbox', { name: 'Note' });
  expect(document.activeElement).toBe(field);
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Note' })).toBeNull());
  expect(asked(library, 'note')).toEqual([]);
  await user.keyboard('w');
  field = await screen.findByRole('textbox', { name: 'Note' });
  // Letters are text here, not keys.
  await user.type(field, ' and after: e s d');
  await user.click(screen.getByRole('button', { name: 'Done' }));
  await screen.findByText('Note kept');
  expect(asked(library, 'note')).toEqual([{ id: rowOf(1).id, text: 'Before and after: e s d' }]);
  await screen.findByText('Before and after: e s d', { selector: 'p' });
});

test('what holds nothing is not in the sidebar, duplicates and bookmarks among it; the best is kept unless another is chosen', async () => {
  const library = await openWindow([rowOf(1)]);
  await screen.findByRole('link', { name: /Inbox/ });
  await screen.findByRole('link', { name: 'Statistics' });
  for (const name of [/Duplicates/, /Bookmarks/, /Could not save/, /Long unread/]) expect(screen.queryByRole('link', { name })).toBeNull();
  const [first, second] = [rowOf(1, { title: 'Short', minutes: 2 }), rowOf(2, { title: 'Long', minutes: 9 })];
  library.rows = [first, second];
  library.groups = [{ rows: [first, second], pairs: [{ one: first.id, other: second.id, why: 'near', share: 0.934 }] }];
  library.tell({ about: 'articles', ids: null });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('link', { name: /Duplicates/ }));
  await screen.findByText('93% of the text is the same');
  expect(screen.getByRole('radio', { name: 'Keep Long, site2.example' })).toHaveProperty('checked', true);
  await user.click(screen.getByRole('radio', { name: 'Keep Short, site1.example' }));
  await user.click(screen.getByRole('button', { name: 'Merge both' }));
  await screen.findByText('Merged; 1 article moved to the trash');
  expect(asked(library, 'merge')).toEqual([{ id: first.id, others: [second.id] }]);
  await user.click(screen.getByRole('button', { name: 'Not the same' }));
  expect(asked(library, 'keepApart')).toEqual([{ id: second.id, others: [first.id] }]);
});

test('the best of some is what can be read, then what is longest, then what has the reader’s own on it, then the first', () => {
  const best = (...rows: Array<ReturnType<typeof rowOf>>) => bestOf(rows)?.title;
  expect(best(rowOf(1, { ...kept, minutes: 99 }), rowOf(2))).toBe('Article 2');
  expect(best(rowOf(1, { minutes: 3 }), rowOf(2, { minutes: 4 }))).toBe('Article 2');
  expect(best(rowOf(1, { minutes: 3 }), rowOf(2, { minutes: 3, note: 'Mine' }))).toBe('Article 2');
  expect(best(rowOf(1, { minutes: 3 }), rowOf(2, { minutes: 3 }))).toBe('Article 2');
  expect(bestOf([])).toBeUndefined();
  const [one, other] = [rowOf(1), rowOf(2)];
  const pairs = [{ one: one.id, other: other.id, why: 'near' as const, share: 0.8 }, { one: one.id, other: 'x', why: 'canonical' as const, share: null }];
  expect(whyIn({ rows: [one, other], pairs }, one.id)?.why).toBe('canonical');
});
