import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { CheckReport } from '../../shared/contract.ts';
import type { Reply } from '../../shared/failure.ts';
import type { Settings } from '../../shared/settings.ts';
import { runnable } from '../../shared/commands.ts';
import { localKeys } from '../../shared/local-keys.ts';
import { rowOf, type FakeLibrary } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

afterEach(closeWindow);

/** The panels come after the first screen: they are waited for. */
const open = async (panel: 'preferences' | 'shortcuts', settings: Partial<Settings> = {}): Promise<FakeLibrary> => {
  const library = await openWindow([rowOf(1), rowOf(2)], { hash: `#/inbox?panel=${panel}`, settings });
  await screen.findByRole('dialog');
  return library;
};
const section = (name: string) => userEvent.click(within(screen.getByRole('navigation', { name: 'Preferences' })).getByRole('button', { name }));
const changes = (library: FakeLibrary) => library.asked.filter(({ name }) => name === 'changeSettings').map(({ input }) => input);

test('the typeface, sizes and switches are kept as soon as they are changed, and the preview follows', async () => {
  const library = await open('preferences');
  fireEvent.change(screen.getByRole('combobox', { name: 'Typeface' }), { target: { value: 'inter' } });
  fireEvent.change(screen.getByRole('slider', { name: 'Text size' }), { target: { value: '24' } });
  await userEvent.click(screen.getByRole('switch', { name: 'Justify text' }));
  await waitFor(() => expect(library.settings).toMatchObject({ typeface: 'inter', textSize: 24, justify: true }));
  const preview = screen.getByRole('figure', { name: 'Preview' });
  const chinese = preview.querySelector<HTMLElement>('[lang="zh-CN"]');
  expect(chinese?.dataset['typeface']).toBe('inter');
  expect(chinese?.style.getPropertyValue('--text-size')).toBe('24px');
  expect(screen.getByText('24 px')).toBeTruthy();
});

test('line length and spacing are automatic until set, and can be automatic again', async () => {
  const library = await open('preferences');
  const length = screen.getByRole('slider', { name: 'Line length' });
  expect(length).toHaveProperty('disabled', true);
  await userEvent.click(screen.getAllByRole('checkbox', { name: 'Automatic' })[0] as HTMLElement);
  await waitFor(() => expect(library.settings.columnWidth).toBe(34));
  fireEvent.change(length, { target: { value: '50' } });
  await waitFor(() => expect(library.settings.columnWidth).toBe(50));
  await userEvent.click(screen.getAllByRole('checkbox', { name: 'Automatic' })[0] as HTMLElement);
  await waitFor(() => expect(library.settings.columnWidth).toBeNull());
});

test('a slider dragged through many values ends where the hand left it', async () => {
  const library = await open('preferences');
  const slider = screen.getByRole('slider', { name: 'Text size' });
  for (let size = 13; size <= 40; size += 1) fireEvent.change(slider, { target: { value: String(size) } });
  await waitFor(() => expect(library.settings.textSize).toBe(40));
  expect(changes(library).length).toBeLessThan(28);
  expect(slider).toHaveProperty('value', '40');
});

test('a theme is chosen among its pages', async () => {
  const library = await open('preferences');
  await userEvent.click(screen.getByRole('radio', { name: 'Sepia' }));
  await userEvent.click(screen.getByRole('radio', { name: 'Light' }));
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('sepia'));
  expect(library.settings).toMatchObject({ lightTheme: 'sepia', appearance: 'light' });
});

test('a refused change is put back and told', async () => {
  const library = await open('preferences');
  const { ask } = library.carrier;
  library.carrier.ask = async (name, input) =>
    name === 'changeSettings' ? { ok: false, failure: { kind: 'disk-full', path: '/settings' } } : ask(name, input);
  await userEvent.click(screen.getByRole('switch', { name: 'Justify text' }));
  expect((await screen.findByRole('alert')).textContent).toContain('There is no room left on the disk');
  expect(screen.getByRole('switch', { name: 'Justify text' })).toHaveProperty('checked', false);
});

test('the language changes at once, and the document says which', async () => {
  await open('preferences');
  await section('General');
  await userEvent.click(screen.getByRole('radio', { name: '简体中文' }));
  await screen.findByRole('dialog', { name: '偏好设置' });
  await waitFor(() => expect(document.documentElement.lang).toBe('zh-CN'));
  await userEvent.click(screen.getByRole('radio', { name: 'English' }));
  await screen.findByRole('dialog', { name: 'Preferences' });
});

test('the library says where it is; a check reports in words', async () => {
  const library = await open('preferences');
  const reports: CheckReport[] = [
    { articles: 2, files: 1, acts: 9, problems: [] },
    { articles: 2, files: 1, acts: 9, problems: [{ what: 'picture damaged', where: 'files/ab/cd.jpg' }] },
  ];
  const { ask } = library.carrier;
  library.carrier.ask = async (name, input) => (name === 'check' ? { ok: true, value: reports.shift() } : ask(name, input));
  await section('Library');
  expect(screen.getByText('/library')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Check' }));
  await screen.findByText('Everything is whole: 2 articles, 1 picture, each with its right fingerprint.');
  await userEvent.click(screen.getByRole('button', { name: 'Check' }));
  await screen.findByText('1 problem found');
  expect(screen.getByText(/files\/ab\/cd\.jpg/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Rebuild' }));
  await screen.findByText('The index is new: 2 articles.');
});

test('pictures can be left out, and how large they may be', async () => {
  const library = await open('preferences');
  await section('Saving');
  fireEvent.change(screen.getByRole('combobox', { name: 'Largest picture' }), { target: { value: '5000000' } });
  await userEvent.click(screen.getByRole('switch', { name: 'Keep pictures' }));
  await waitFor(() => expect(library.settings).toMatchObject({ pictureLimit: 5_000_000, keepPictures: false }));
});

test('whether the scripts of pages are run that need it', async () => {
  const library = await open('preferences');
  await section('Saving');
  const rendering = screen.getByRole('switch', { name: 'Run the script of pages that are empty without it' });
  expect(rendering.getAttribute('aria-checked')).toBe('true');
  await userEvent.click(rendering);
  await waitFor(() => expect(library.settings).toMatchObject({ renderPages: false }));
});

test('every command with keys is in the list of shortcuts, and every key that means something in its place', async () => {
  await open('shortcuts');
  const panel = screen.getByRole('dialog', { name: 'Keyboard shortcuts' });
  expect(panel.querySelectorAll('dt')).toHaveLength(runnable.filter(({ keys }) => 'letter' in keys || 'accelerator' in keys).length + localKeys.length);
  const inbox = within(panel).getByText('Inbox').closest('div');
  expect([...(inbox?.querySelectorAll('kbd') ?? [])].map((cap) => cap.textContent)).toEqual(['G', 'I', 'Ctrl', '2']);
  expect(inbox?.textContent).toContain('then');
});

test('with single letters off the list says so', async () => {
  await open('shortcuts', { letterShortcuts: false });
  expect(screen.getByText(/Single-letter shortcuts are off/)).toBeTruthy();
});

test('a closed panel gives the keyboard back to where it was', async () => {
  await openWindow([rowOf(1)], { hash: '#/inbox' });
  const before = screen.getByRole('button', { name: 'Preferences' });
  before.focus();
  await userEvent.click(before);
  const panel = await screen.findByRole('dialog', { name: 'Preferences' });
  expect(panel.contains(document.activeElement)).toBe(true);
  await userEvent.click(within(panel).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(document.activeElement).toBe(before);
});

test('the library moves to a folder, after it is said what that would do', async () => {
  const library = await open('preferences');
  await section('Library');
  await userEvent.click(screen.getByRole('button', { name: 'Move…' }));
  const form = screen.getByRole('form', { name: 'Move the library' });
  const field = within(form).getByRole('textbox', { name: 'Folder' });
  expect(document.activeElement).toBe(field);
  const move = within(form).getByRole('button', { name: 'Move' });
  expect(move).toHaveProperty('disabled', true);
  await userEvent.type(field, 'somewhere');
  await within(form).findByText(/“somewhere” is not a whole path/);
  expect(move).toHaveProperty('disabled', true);
  await userEvent.clear(field);
  await userEvent.type(field, '/full');
  await within(form).findByText(/not enough room for the library at \/full: 2 GB are needed and 1 GB are free/);
  expect(move).toHaveProperty('disabled', true);
  await userEvent.clear(field);
  await userEvent.type(field, '/disk/articles');
  await within(form).findByText('The library will be at /disk/articles. 2 GB will be copied; 5 GB are free there.');
  await userEvent.click(move);
  await screen.findByText('The library is now at /disk/articles.');
  await waitFor(() => expect(screen.getByText('/disk/articles')).toBeTruthy());
  expect(library.asked.filter(({ name }) => name === 'moveLibrary').map(({ input }) => input)).toEqual([{ path: '/disk/articles' }]);
  expect(screen.queryByRole('form')).toBeNull();
});

test('a move under way shows how far it is, and Escape closes the form alone', async () => {
  const library = await open('preferences');
  await section('Library');
  await userEvent.click(screen.getByRole('button', { name: 'Open another…' }));
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('form')).toBeNull();
  expect(screen.getByRole('dialog', { name: 'Preferences' })).toBeTruthy();
  library.tell({ about: 'moving', progress: { to: '/disk', done: 5e8, of: 2e9 } });
  await screen.findByText('Moving to /disk: 500 MB of 2 GB');
  expect(screen.getByRole('progressbar', { name: 'Progress of the move' })).toHaveProperty('value', 5e8);
  expect(screen.getByRole('button', { name: 'Move…' })).toHaveProperty('disabled', true);
  library.tell({ about: 'moving', progress: null });
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
});

test('a check under way says how far it is, can be stopped, and tells its end also where the preferences were closed meanwhile', async () => {
  const library = await open('preferences');
  const ask = library.carrier.ask;
  const ends: Array<(reply: Reply<unknown>) => void> = [];
  library.carrier.ask = (name, input) => {
    if (name === 'stopCare') ends.shift()?.({ ok: false, failure: { kind: 'cancelled' } });
    return name === 'check' ? new Promise((end) => ends.push(end)) : ask(name, input);
  };
  await section('Library');
  await userEvent.click(screen.getByRole('button', { name: 'Check' }));
  library.tell({ about: 'care', care: { work: 'check', share: 0.5 } });
  await waitFor(() => expect(screen.getByRole('progressbar', { name: 'Check the library' })).toHaveProperty('value', 0.5));
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  library.tell({ about: 'care', care: null });
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
  expect(screen.getByRole('button', { name: 'Check' })).toBeTruthy();
  // One that somebody else began, or was begun before.
  library.tell({ about: 'care', care: { work: 'check', share: 0.7 } });
  await screen.findByRole('button', { name: 'Stop' });
  await waitFor(() => expect(ends).toHaveLength(1));
  ends.shift()?.({ ok: true, value: { articles: 3, files: 2, acts: 9, problems: [] } });
  library.tell({ about: 'care', care: null });
  await screen.findByText(/3 articles/);
});

test('another library is opened, or made; known ones are a press away, and can be taken off the list', async () => {
  const library = await open('preferences');
  await section('Library');
  const opened = () => library.asked.filter(({ name }) => name === 'openLibrary').map(({ input }) => input);
  await userEvent.click(await screen.findByRole('button', { name: 'Open /old/library' }));
  expect(opened()).toEqual([{ path: '/old/library', make: false }]);
  expect(screen.getByRole('button', { name: 'Open /gone/library' })).toHaveProperty('disabled', true);
  await userEvent.click(screen.getByRole('button', { name: 'Take /gone/library off this list' }));
  await waitFor(() => expect(screen.queryByText('/gone/library')).toBeNull());
  await userEvent.click(screen.getByRole('button', { name: 'Open another…' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Folder' }), '/new');
  await userEvent.click(await screen.findByRole('button', { name: 'Make a new library' }));
  await waitFor(() => expect(opened().at(-1)).toEqual({ path: '/new', make: true }));
});

test('the room it takes is counted, and given back', async () => {
  await open('preferences');
  await section('Library');
  await userEvent.click(screen.getByRole('button', { name: 'Count' }));
  await screen.findByText('1.5 GB');
  expect(screen.getByText('200 MB')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Compact' }));
  await screen.findByText('82 MB given back.');
  expect(screen.getByText('Index 80 MB smaller, 1,200 outdated journal lines and 3 leftover files removed.')).toBeTruthy();
});
