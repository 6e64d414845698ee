import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { handleKey } from '../../renderer/keyboard.ts';
import { useSelection } from '../../renderer/list/selection.ts';
import { useView } from '../../renderer/view.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

vi.mock('../../renderer/reader/Reader.tsx', () => ({ Reader: ({ id }: { id: string }) => <p>Reading {Number(id)}</p> }));
afterEach(closeWindow);

const rows = [rowOf(1), rowOf(2), rowOf(3)];
const press = (key: string, more: KeyboardEventInit = {}) => fireEvent.keyDown(document.body, { key, ...more });
const cursor = () => useSelection.getState().cursor;

test('j and k step, o opens, stepping then opens what it comes to', async () => {
  await openWindow(rows);
  await screen.findByText('Article 1');
  press('j');
  await waitFor(() => expect(cursor()).toBe(rows[0]?.id));
  expect(useView.getState().article).toBeNull();
  press('j');
  await waitFor(() => expect(cursor()).toBe(rows[1]?.id));
  press('o');
  await screen.findByText('Reading 2');
  const before = history.length;
  press('k');
  await screen.findByText('Reading 1');
  press('k');
  expect(useView.getState().article).toBe(rows[0]?.id);
  expect(history.length).toBe(before);
});

test('e, s, d act on the open article and u takes the newest back, again for the one before', async () => {
  const library = await openWindow(rows, { hash: `#/all?article=${rows[1]?.id}` });
  await screen.findByText('Reading 2');
  press('s');
  await waitFor(() => expect(library.rows[1]?.favourite).toBe(true));
  press('e');
  await waitFor(() => expect(library.rows[1]?.archived).toBe(true));
  await screen.findByText('Archived');
  press('u');
  await waitFor(() => expect(library.rows[1]).toMatchObject({ archived: false, favourite: true }));
  press('u');
  await waitFor(() => expect(library.rows[1]?.favourite).toBe(false));
  press('d');
  await waitFor(() => expect(library.rows[1]?.trashedAt).not.toBeNull());
  // The next article is read on.
  await screen.findByText('Reading 3');
});

test('g and a second key go places; alone or too late the second means what it always means', async () => {
  await openWindow(rows);
  await screen.findByText('Article 1');
  press('g');
  press('a');
  expect(useView.getState().where).toEqual({ list: 'archive' });
  press('g');
  press('h');
  expect(useView.getState().where).toEqual({ list: 'home' });
  await screen.findByRole('heading', { name: 'Home' });
});

test('no key is stolen while typing, composing, with a modifier, or under a panel', async () => {
  const library = await openWindow(rows, { hash: `#/all?article=${rows[1]?.id}` });
  await screen.findByText('Reading 2');
  const field = document.createElement('input');
  document.body.append(field);
  fireEvent.keyDown(field, { key: 'e' });
  press('e', { isComposing: true });
  press('e', { keyCode: 229 });
  press('e', { ctrlKey: true });
  act(() => useView.setState({ panel: 'shortcuts' }));
  press('e');
  field.remove();
  expect(library.asked.filter(({ name }) => name === 'archive')).toEqual([]);
});

test('an accelerator works while typing, too', async () => {
  await openWindow(rows);
  const field = document.createElement('textarea');
  document.body.append(field);
  fireEvent.keyDown(field, { key: 'k', ctrlKey: true });
  field.remove();
  expect(useView.getState().panel).toBe('search');
});

test('letters can be turned off; accelerators and Escape stay', async () => {
  const library = await openWindow(rows, { hash: `#/home?article=${rows[1]?.id}`, settings: { letterShortcuts: false } });
  await screen.findByText('Reading 2');
  press('e');
  press('g');
  press('a');
  expect(library.asked.filter(({ name }) => name === 'archive')).toEqual([]);
  expect(useView.getState().where).toEqual({ list: 'home' });
  press('Escape');
  expect(useView.getState().article).toBeNull();
  press('2', { ctrlKey: true });
  expect(useView.getState().where).toEqual({ list: 'inbox' });
});

test('+ and - change the text size within its bounds, 0 gives back the usual one', async () => {
  const library = await openWindow(rows, { settings: { textSize: 39 } });
  press('=');
  await waitFor(() => expect(library.settings.textSize).toBe(40));
  press('+');
  await waitFor(() => expect(library.asked.filter(({ name }) => name === 'changeSettings')).toHaveLength(2));
  expect(library.settings.textSize).toBe(40);
  press('0');
  await waitFor(() => expect(library.settings.textSize).toBe(19));
});

test('keys pressed in another document, such as the reader’s frame, are understood by the same function', async () => {
  await openWindow(rows);
  await screen.findByText('Article 1');
  const event = new KeyboardEvent('keydown', { key: '?', cancelable: true });
  act(() => handleKey(event));
  expect(event.defaultPrevented).toBe(true);
  expect(useView.getState().panel).toBe('shortcuts');
});

test('the edges of the panes are moved by keys and kept; Enter folds, [ unfolds', async () => {
  const library = await openWindow(rows);
  const edge = await screen.findByRole('separator', { name: 'Width of the list' });
  expect(edge.getAttribute('aria-valuenow')).toBe('360');
  fireEvent.keyDown(edge, { key: 'ArrowRight' });
  await waitFor(() => expect(library.settings.listWidth).toBe(376));
  fireEvent.keyDown(edge, { key: 'End' });
  await waitFor(() => expect(edge.getAttribute('aria-valuenow')).toBe('520'));
  fireEvent.keyDown(screen.getByRole('separator', { name: 'Width of the sidebar' }), { key: 'Enter' });
  expect(screen.queryByRole('navigation')).toBeNull();
  press('[');
  await screen.findByRole('navigation', { name: 'Library' });
});

test('t opens the tag editor; a tag is completed, set with Enter and saved on Escape', async () => {
  const library = await openWindow([rowOf(1, { tags: ['old'] }), rowOf(2, { tags: ['essays'] })]);
  await screen.findByText('Article 1');
  press('j');
  await waitFor(() => expect(cursor()).toBe(rowOf(1).id));
  press('t');
  const field = await screen.findByRole('combobox', { name: 'Add a tag' });
  const user = userEvent.setup();
  await user.type(field, 'ess{Enter}old{Enter}');
  field.closest('dialog')?.dispatchEvent(new Event('cancel', { cancelable: true }));
  await waitFor(() => expect(library.rows[0]?.tags).toEqual(['essays']));
  expect(useView.getState().tagging).toBeNull();
});

test('with the list folded away, j still goes on to the next article', async () => {
  await openWindow(rows, { hash: `#/all?article=${rows[0]?.id}&pane=1` });
  await screen.findByText('Reading 1');
  await screen.findByText(/^3 articles/, { selector: 'h1 + span' });
  expect(screen.queryByRole('grid')).toBeNull();
  press('j');
  await screen.findByText('Reading 2');
});

test('j goes on from the cursor, however far away the list is scrolled', async () => {
  const many = Array.from({ length: 600 }, (_, at) => rowOf(at + 1));
  await openWindow(many);
  await screen.findByText('Article 1');
  press('j');
  await waitFor(() => expect(cursor()).toBe(rowOf(1).id));
  const box = screen.getByRole('grid').parentElement as HTMLElement;
  act(() => {
    box.scrollTop = 124 * 500;
    fireEvent.scroll(box);
  });
  await screen.findByText('Article 502');
  press('j');
  await waitFor(() => expect(cursor()).toBe(rowOf(2).id));
});

test('emptying the trash asks once more, and leaving the button calls it off', async () => {
  const library = await openWindow([rowOf(1, { trashedAt: '2026-11-01T00:00:00Z' })], { hash: '#/trash' });
  const user = userEvent.setup();
  const button = await screen.findByRole('button', { name: 'Empty the trash' });
  await user.click(button);
  expect(button.textContent).toBe('Delete 1 article for good?');
  fireEvent.blur(button);
  expect(button.textContent).toBe('Empty the trash');
  expect(library.rows).toHaveLength(1);
  await user.click(button);
  await user.click(button);
  await waitFor(() => expect(library.rows).toHaveLength(0));
});
