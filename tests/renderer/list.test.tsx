import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { useSelection } from '../../renderer/list/selection.ts';
import { useView } from '../../renderer/view.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

// The reader has its own tests, with the real Chromium: its frame loads a page.
vi.mock('../../renderer/reader/Reader.tsx', () => ({ Reader: ({ id }: { id: string }) => <h1>Reading {Number(id)}</h1> }));
afterEach(closeWindow);

const rows = (count: number) => Array.from({ length: count }, (_, at) => rowOf(at + 1));
const line = async (title: string) => (await screen.findByText(title)).closest<HTMLElement>('[role=row]') as HTMLElement;
const selected = () => [...useSelection.getState().selected.values()].map((row) => row.title);

test('a list of 100,000 draws a screenful, says its length and asks only for the pages seen', async () => {
  const library = await openWindow(rows(100_000));
  const grid = await screen.findByRole('grid', { name: 'Inbox' });
  expect(grid.getAttribute('aria-rowcount')).toBe('100000');
  expect(within(grid).getAllByRole('row').length).toBeLessThan(40);
  expect(library.asked.filter(({ name }) => name === 'list').length).toBeLessThan(5);
  expect(screen.getByRole('heading', { name: 'Inbox' }).parentElement?.textContent).toContain('100,000 articles');
});

test('a press opens; Control selects one by one; Shift selects a range', async () => {
  await openWindow(rows(20));
  const user = userEvent.setup();
  await user.click(await line('Article 2'));
  expect(useView.getState().article).toBe(rowOf(2).id);
  expect((await line('Article 2')).getAttribute('aria-current')).toBe('true');
  await user.keyboard('{Control>}');
  await user.click(await line('Article 4'));
  await user.click(await line('Article 6'));
  await user.click(await line('Article 4'));
  await user.keyboard('{/Control}');
  expect(selected()).toEqual(['Article 6']);
  useSelection.setState({ anchor: rowOf(3).id });
  fireEvent.click(await line('Article 5'), { shiftKey: true });
  await waitFor(() => expect(selected()).toEqual(['Article 3', 'Article 4', 'Article 5']));
  expect(screen.getByText('3 selected')).toBeTruthy();
});

test('Control+A selects all, also those never scrolled to', async () => {
  await openWindow(rows(1_203));
  (await line('Article 1')).focus();
  fireEvent.keyDown(await line('Article 1'), { key: 'a', ctrlKey: true });
  await waitFor(() => expect(selected()).toHaveLength(1_203));
});

test('archiving a selection takes it off the list, and Undo brings it back', async () => {
  const library = await openWindow(rows(6));
  const user = userEvent.setup();
  await line('Article 1');
  await user.keyboard('jxjx');
  expect(selected()).toEqual(['Article 1', 'Article 2']);
  await user.click(screen.getByRole('button', { name: 'Archive' }));
  await waitFor(() => expect(screen.queryByText('Article 1')).toBeNull());
  expect(library.rows.filter((row) => row.archived)).toHaveLength(2);
  expect(selected()).toEqual([]);
  const notices = screen.getByRole('region', { name: 'Notices' });
  expect(notices.getAttribute('aria-live')).toBe('polite');
  await user.click(await within(notices).findByRole('button', { name: 'Undo' }));
  await line('Article 1');
  expect(library.rows.some((row) => row.archived)).toBe(false);
});

test('what was erased for good is not offered back; what was done to others still is', async () => {
  const library = await openWindow([...rows(3), rowOf(4, { trashedAt: '2026-11-02T00:00:00Z' })]);
  const user = userEvent.setup();
  await line('Article 1');
  await user.keyboard('js');
  const notices = screen.getByRole('region', { name: 'Notices' });
  await within(notices).findByText('Added to favourites');
  await user.keyboard('jd');
  await within(notices).findByText('Moved to the trash');
  act(() => useView.setState({ where: { list: 'trash' } }));
  await line('Article 4');
  await user.click(screen.getByRole('button', { name: 'Empty the trash' }));
  await user.click(await screen.findByRole('button', { name: /^Delete 2/ }));
  await within(notices).findByText('2 articles deleted for good');
  expect(within(notices).queryByText('Moved to the trash')).toBeNull();
  expect(within(notices).getAllByRole('button', { name: 'Undo' })).toHaveLength(1);
  await user.keyboard('u');
  await waitFor(() => expect(library.asked.filter(({ name }) => name === 'undo')).toEqual([{ name: 'undo', input: { undo: 'undo-0', most: 1_000 } }]));
});

test('what failed says why in the row and can be tried again there', async () => {
  const failed = rowOf(3, { stage: { state: 'failed', failure: { kind: 'refused', host: 'site3.example', status: 403 } } });
  const library = await openWindow([rowOf(1), rowOf(2, { stage: { state: 'waiting' } }), failed]);
  const row = await line('Article 3');
  expect(row.textContent).toContain('403');
  expect((await line('Article 2')).textContent).toContain('Waiting');
  await userEvent.click(within(row).getByRole('button', { name: /Try again/ }));
  await waitFor(() => expect(library.asked).toContainEqual({ name: 'retry', input: { ids: [failed.id] } }));
  expect(useView.getState().article).toBeNull();
  await waitFor(async () => expect((await line('Article 3')).textContent).toContain('Waiting'));
});

test('what was cancelled says so calmly and can be tried again', async () => {
  await openWindow([rowOf(1, { stage: { state: 'failed', failure: { kind: 'cancelled' } } })]);
  const row = await line('Article 1');
  expect(row.textContent).toContain('You cancelled this.');
  expect(row.querySelector('[data-state]')?.getAttribute('data-state')).toBe('cancelled');
  expect(within(row).getByRole('button', { name: /Try again/ })).toBeTruthy();
});

test('the rows on the screen stay where they are when something new comes above them', async () => {
  const library = await openWindow(rows(200));
  await line('Article 1');
  const box = screen.getByRole('grid').parentElement as HTMLElement;
  act(() => {
    box.scrollTop = 124 * 10;
    fireEvent.scroll(box);
  });
  await line('Article 12');
  library.rows = [rowOf(0, { title: 'Newest', addedAt: '2026-11-09T00:00:00Z' }), ...library.rows];
  act(() => library.tell({ about: 'articles', ids: [rowOf(0).id] }));
  await waitFor(() => expect(box.scrollTop).toBe(124 * 11));
});

test('the order can be chosen and is kept in the address', async () => {
  await openWindow([rowOf(1, { title: 'Pear' }), rowOf(2, { title: 'Apple' })]);
  await line('Pear');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Order' }), 'title');
  await waitFor(() => expect(screen.getAllByRole('row').map((row) => row.textContent?.slice(0, 4))).toEqual(['Appl', 'Pear']));
  expect(location.hash).toBe('#/inbox?sort=title');
});

test('an empty list says in words why, and a failing one what happened and what to do', async () => {
  await openWindow([], { hash: '#/trash' });
  await screen.findByText('The trash is empty.');
  await openWindow([], { broken: { kind: 'storage', path: '/library', reason: 'EACCES' } });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('/library');
  expect(alert.textContent).toContain('EACCES');
});
