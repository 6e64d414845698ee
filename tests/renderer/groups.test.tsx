import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { useSelection } from '../../renderer/list/selection.ts';
import { useView } from '../../renderer/view.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openPopover, openWindow } from './window.tsx';

vi.mock('../../renderer/reader/Reader.tsx', () => ({ Reader: ({ id }: { id: string }) => <h1>Reading {Number(id)}</h1> }));
afterEach(closeWindow);

const rows = (count: number) => Array.from({ length: count }, (_, at) => rowOf(at + 1, { tags: at % 3 === 0 ? ['水'] : [] }));
const line = async (title: string) => (await screen.findByText(title)).closest<HTMLElement>('[role=row]') as HTMLElement;
const heads = () => screen.getAllByRole('rowheader').map((head) => head.textContent);

test('a list in groups has each group under its name, with how many and how long', async () => {
  await openWindow(rows(20), { hash: '#/inbox?group=tag' });
  await line('Article 1');
  expect(heads()).toEqual(['水', 'Without a tag']);
  const first = screen.getAllByRole('rowgroup')[0] as HTMLElement;
  expect(first.getAttribute('aria-labelledby')).toBe(within(first).getByText('水', { selector: 'bdi' }).closest('[role=row]')?.id);
  expect(within(first).getByText(/^7 articles · \d+ min$/)).toBeTruthy();
  expect(within(first).getAllByText(/^Article/).map((each) => each.textContent)).toEqual([1, 4, 7, 10, 13, 16, 19].map((n) => `Article ${n}`));
});

test('100,000 rows in groups draw a screenful and ask only for the groups seen; keys go through them all', async () => {
  const library = await openWindow(rows(100_000), { hash: '#/inbox?group=site' });
  await line('Article 7');
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('100000');
  expect(screen.getAllByRole('row').length).toBeLessThan(40);
  expect(library.asked.filter(({ name }) => name === 'list').length).toBeLessThan(8);
  fireEvent.keyDown(await line('Article 7'), { key: 'End' });
  await waitFor(() => expect(useSelection.getState().cursor).toBe(rowOf(99_994).id));
  expect(heads()).toEqual(['site6.example']);
});

test('days are headed by their dates and follow the order', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 4, 12) });
  const at = (day: number) => new Date(2026, 10, day, 9).toISOString();
  const some = [rowOf(1, { addedAt: at(4) }), rowOf(2, { addedAt: at(3) }), rowOf(3, { addedAt: at(3) }), rowOf(4, { addedAt: new Date(2025, 1, 3, 9).toISOString() })];
  await openWindow(some, { hash: '#/inbox?group=day' });
  await line('Article 1');
  expect(heads()).toEqual(['Today', 'Yesterday', 'Monday, 3 February 2025']);
  await openWindow(some, { hash: '#/inbox?group=day&sort=oldest' });
  await line('Article 1');
  expect(heads()).toEqual(['Monday, 3 February 2025', 'Yesterday', 'Today']);
  vi.useRealTimers();
});

test('groups and order are chosen in the list’s head and kept in the address', async () => {
  await openWindow(rows(9));
  await line('Article 1');
  openPopover('How the list looks');
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'In groups' }), 'site');
  await waitFor(() => expect(location.hash).toBe('#/inbox?group=site'));
  await screen.findByText('site1.example', { selector: '[role=rowheader] *' });
});

test('a group of a tag leads to all that have it, and the menu says where an article with several stands', async () => {
  await openWindow(rows(6), { hash: '#/inbox?group=tag' });
  const link = await screen.findByRole('link', { name: '水', description: 'All of 水' });
  openPopover('How the list looks');
  await screen.findByText(/stands once, under the first by name/);
  await userEvent.click(link);
  expect(location.hash).toContain('#/tag/%E6%B0%B4');
});

test('rows stand closer and without pictures where that is chosen, and the place is kept', async () => {
  const library = await openWindow(rows(300), { settings: { density: 'comfortable' } });
  await line('Article 1');
  const box = screen.getByRole('grid').parentElement as HTMLElement;
  act(() => {
    box.scrollTop = 124 * 100;
    fireEvent.scroll(box);
  });
  const row = await line('Article 101');
  expect(row.dataset['compact']).toBeUndefined();
  openPopover('How the list looks');
  await userEvent.click(await screen.findByRole('radio', { name: 'Compact' }));
  await waitFor(async () => expect((await line('Article 101')).dataset['compact']).toBe('true'));
  await waitFor(() => expect(box.scrollTop).toBe(56 * 100));
  await userEvent.click(screen.getByRole('switch', { name: 'Pictures' }));
  await waitFor(() => expect(library.settings).toMatchObject({ density: 'compact', thumbnails: false }));
});

test('the head tells how long a selection takes, also of a whole list that was never seen', async () => {
  const library = await openWindow(rows(2_000));
  (await line('Article 1')).focus();
  await userEvent.keyboard('jxjx');
  expect(await screen.findByText('5 min', { selector: 'h1 + p' })).toBeTruthy();
  fireEvent.keyDown(await line('Article 1'), { key: 'a', ctrlKey: true });
  await screen.findByText('2,000 selected');
  expect(screen.getByText(/^\d+ h/, { selector: 'h1 + p' })).toBeTruthy();
  expect(library.asked.filter(({ name }) => name === 'listed')).toHaveLength(1);
});

test('thousands are changed piece by piece, with one Undo for all', async () => {
  const library = await openWindow(rows(1_200));
  fireEvent.keyDown(await line('Article 1'), { key: 'a', ctrlKey: true });
  await screen.findByText('1,200 selected');
  await userEvent.click(screen.getByRole('button', { name: 'Archive' }));
  await waitFor(() => expect(library.rows.every((row) => row.archived)).toBe(true));
  const asked = library.asked.filter(({ name }) => name === 'archive').map(({ input }) => input as { ids: string[]; joins?: string });
  expect(asked.map(({ ids }) => ids.length)).toEqual([500, 500, 200]);
  expect(asked.map(({ joins }) => joins)).toEqual([undefined, 'undo-0', 'undo-1']);
  await screen.findByText('1,200 articles archived');
  expect(screen.getAllByRole('button', { name: 'Undo' })).toHaveLength(1);
});

/** Drags a row over something and lets go of it there. */
async function drop(from: HTMLElement, to: HTMLElement): Promise<void> {
  const dataTransfer = { setData: () => undefined, setDragImage: () => undefined, effectAllowed: '', dropEffect: '', types: [] };
  fireEvent.dragStart(from, { dataTransfer });
  await waitFor(() => {
    fireEvent.dragEnter(to, { dataTransfer });
    expect(to.dataset['over']).toBe('true');
  });
  fireEvent.drop(to, { dataTransfer });
  fireEvent.dragEnd(from, { dataTransfer });
}
const place = (name: RegExp) => within(screen.getByRole('navigation')).getByRole('link', { name });

test('a row dropped on a tag, the archive, the favourites or the trash goes there; with it what is selected', async () => {
  const library = await openWindow(rows(9));
  const row = (n: number) => library.rows.find(({ id }) => id === rowOf(n).id);
  await line('Article 1');
  await drop(await line('Article 2'), place(/^水/));
  await waitFor(() => expect(row(2)?.tags).toEqual(['水']));
  await drop(await line('Article 3'), place(/^Favourites/));
  await waitFor(() => expect(row(3)?.favourite).toBe(true));
  await userEvent.keyboard('jxjx');
  expect(useSelection.getState().selected.size).toBe(2);
  const [first, second] = [...useSelection.getState().selected.keys()];
  await drop(await line(`Article ${Number(first)}`), place(/^Archive/));
  await waitFor(() => expect(library.rows.filter(({ archived }) => archived).map(({ id }) => id)).toEqual([first, second]));
  expect(useSelection.getState().selected.size).toBe(0);
  await drop(await line('Article 5'), place(/^Trash/));
  await waitFor(() => expect(row(5)?.trashedAt).not.toBeNull());
});

test('a surprise opens an unread article, and says so where all is read', async () => {
  const library = await openWindow(rows(3));
  await line('Article 1');
  await userEvent.keyboard('gs');
  await waitFor(() => expect(useView.getState().article).toBe(rowOf(1).id));
  library.rows = library.rows.map((row) => ({ ...row, finishedAt: '2026-11-01T00:00:00Z' }));
  await userEvent.keyboard('gs');
  await screen.findByText('Everything is read.');
});

test('the trash says how many days are left', async () => {
  await openWindow([rowOf(1, { trashedAt: new Date(Date.now() - 86_400_000 * 4.5).toISOString() })], { hash: '#/trash' });
  expect((await line('Article 1')).textContent).toContain('25 days left');
});
