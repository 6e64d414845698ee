import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { Input, Saved } from '../../shared/contract.ts';
import type { Reply } from '../../shared/failure.ts';
import { clearDraft } from '../../renderer/add/draft.ts';
import { openPanel, useView } from '../../renderer/view.ts';
import { rowOf, type FakeLibrary } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

afterEach(() => {
  closeWindow();
  clearDraft();
});

const idOf = (number: number) => String(number).padStart(20, '0');

/** Opens the window with the Add panel; saving answers as the real library does, and `replies` goes before it. */
async function openAdd(replies: Record<string, (input: never) => Reply<unknown>> = {}): Promise<FakeLibrary> {
  const library = await openWindow([rowOf(1, { tags: ['science'] }), rowOf(2, { tags: ['bread', 'science/tides'] })], { hash: '#/inbox?panel=add' });
  const { ask } = library.carrier;
  const save = (url: string | null, number: number): Saved => {
    const known = url?.includes('known') === true;
    library.rows = [rowOf(number, { url, title: url ?? 'Text', stage: { state: 'waiting' }, addedAt: '2026-11-20T00:00:00Z' }), ...library.rows];
    return { id: idOf(number), url, outcome: known ? 'known' : 'new' };
  };
  const answers: Record<string, (input: never) => Reply<unknown>> = {
    known: ({ urls }: Input<'known'>) => ({ ok: true, value: urls.map((url) => (url.includes('known') ? idOf(1) : null)) }),
    save: ({ urls }: Input<'save'>) => ({ ok: true, value: urls.map((url, index) => save(url, 100 + index)) }),
    saveText: () => ({ ok: true, value: save(null, 90) }),
    saveFile: () => ({ ok: true, value: save(null, 91) }),
    rename: () => ({ ok: true, value: { undo: null } }),
    ...replies,
  };
  library.carrier.ask = async (name, input) => {
    const reply = answers[name];
    if (reply === undefined) return ask(name, input);
    library.asked.push({ name, input });
    return reply(input as never);
  };
  await screen.findByRole('dialog', { name: 'Add to Lectern' });
  return library;
}

const field = () => screen.getByRole('textbox', { name: 'Addresses or text' });
const lastAsked = (library: FakeLibrary, name: string) => library.asked.findLast((each) => each.name === name)?.input;

test('the field has the keyboard, and nothing can be saved yet', async () => {
  await openAdd();
  expect(document.activeElement).toBe(field());
  expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
});

test('says what it understood before it starts: new, known, repeated, left out', async () => {
  await openAdd();
  const lines = ['https://a.example/1', 'https://a.example/2', 'https://a.example/1', 'https://a.example/known', 'no address', 'ftp://a.example/x'];
  fireEvent.change(field(), { target: { value: lines.join('\n') } });
  await screen.findByText('2 new addresses');
  expect(screen.getByText('1 already in your library')).toBeTruthy();
  expect(screen.getByText('1 repeated line counted once')).toBeTruthy();
  await userEvent.click(screen.getByText('2 lines not understood'));
  expect(screen.getByText('Line 6')).toBeTruthy();
  expect(screen.getByText('not a web address')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Save 3 articles' })).toBeTruthy();
});

test('five hundred pasted lines are understood and saved in one question', async () => {
  const library = await openAdd();
  const text = Array.from({ length: 500 }, (_, i) => `https://site${i % 9}.example/${i}`).join('\n');
  fireEvent.change(field(), { target: { value: text } });
  await screen.findByText('500 new addresses');
  await userEvent.click(screen.getByRole('button', { name: 'Save 500 articles' }));
  await screen.findByText('500 articles kept');
  expect((lastAsked(library, 'save') as Input<'save'>).urls).toHaveLength(500);
  expect(screen.getByRole('progressbar').getAttribute('aria-valuemax')).toBe('500');
  expect(screen.getAllByRole('listitem').length).toBeLessThan(200);
});

test('Enter saves a single address, with the tags that were put on', async () => {
  const user = userEvent.setup();
  const library = await openAdd();
  fireEvent.change(field(), { target: { value: 'harbour.example/tides' } });
  const tags = await screen.findByRole('combobox', { name: 'Tags' });
  await user.type(tags, 'Sci{ArrowDown}{Enter}new one,');
  expect(screen.getByRole('button', { name: 'Remove the tag science' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Remove the tag new one' })).toBeTruthy();
  field().focus();
  await user.keyboard('{Enter}');
  await screen.findByText('1 article kept');
  expect(lastAsked(library, 'save')).toEqual({ urls: ['https://harbour.example/tides'], tags: ['science', 'new one'], typed: true });
});

test('a text is kept as an article under the title given', async () => {
  const library = await openAdd();
  fireEvent.change(field(), { target: { value: 'The tide came in.\nIt went out again.' } });
  await screen.findByText('This is text, and will be kept as an article.');
  fireEvent.change(screen.getByRole('textbox', { name: 'Title' }), { target: { value: 'Tides' } });
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('1 article kept');
  expect(lastAsked(library, 'saveText')).toEqual({ text: 'The tide came in.\nIt went out again.', format: 'text', name: 'Tides', tags: [] });
  expect(lastAsked(library, 'rename')).toEqual({ id: idOf(90), title: 'Tides' });
});

test('a refusal keeps what was typed and says why', async () => {
  const user = userEvent.setup();
  await openAdd({ save: () => ({ ok: false, failure: { kind: 'disk-full', path: '/library' } }) });
  fireEvent.change(field(), { target: { value: 'https://a.example/1' } });
  await user.click(await screen.findByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toContain('There is no room left on the disk of /library.');
  expect(field()).toHaveProperty('value', 'https://a.example/1');
});

test('files are shown with what they will be read as; one that fails stays, with its reason', async () => {
  const user = userEvent.setup();
  const library = await openAdd({
    saveFile: (input: Input<'saveFile'>) =>
      input.name === 'scan.pdf'
        ? { ok: false, failure: { kind: 'not-a-page', type: 'application/pdf' } }
        : { ok: true, value: { id: idOf(91), url: null, outcome: 'new' } },
  });
  const files = [new File(['<p>x'], 'page.html'), new File(['%PDF'], 'scan.pdf'), new File([], 'nothing.txt')];
  fireEvent.drop(field(), { dataTransfer: { files, types: ['Files'], getData: () => '' } });
  const list = await screen.findByRole('list', { name: '3 files' });
  expect(within(list).getByText('Web page · 4 B')).toBeTruthy();
  expect(within(list).getByText('Found out by its content · 4 B')).toBeTruthy();
  expect(within(list).getByText('Empty, left out · 0 B')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Save 2 articles' }));
  expect((await screen.findByRole('alert')).textContent).toContain('scan.pdf was not saved.');
  expect(screen.queryByText('page.html')).toBeNull();
  expect(screen.getByText('scan.pdf')).toBeTruthy();
  expect(library.asked.find((each) => each.name === 'saveFile')?.input).toMatchObject({ name: 'page.html', base64: btoa('<p>x') });
});

test('closing loses nothing, and what arrives joins what is there', async () => {
  await openAdd();
  fireEvent.change(field(), { target: { value: 'https://a.example/1' } });
  screen.getByRole('dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  openPanel('add', { text: 'https://a.example/2' });
  await waitFor(() => expect(field()).toHaveProperty('value', 'https://a.example/1\nhttps://a.example/2'));
  expect(useView.getState().draft).toBeNull();
});

test('what another program proposes is said to be so, and cannot reach private networks', async () => {
  const library = await openAdd();
  library.tell({ about: 'offer', urls: ['http://192.168.1.1/'] });
  await screen.findByText('Another program proposes this. Nothing is saved until you say so.');
  await userEvent.click(await screen.findByRole('button', { name: 'Save' }));
  await screen.findByText('1 article kept');
  expect(lastAsked(library, 'save')).toMatchObject({ typed: false });
});

test('what was saved is followed: its step, its failure in words, Retry, and that closing stops nothing', async () => {
  const user = userEvent.setup();
  const library = await openAdd();
  fireEvent.change(field(), { target: { value: 'https://a.example/1\nhttps://b.example/2' } });
  await user.click(await screen.findByRole('button', { name: 'Save 2 articles' }));
  await screen.findByText('You can close this. The work goes on.');
  library.rows = library.rows.map((row) => {
    if (row.id === idOf(100)) return { ...row, title: 'Tides by hand', stage: { state: 'ready' } };
    return row.id === idOf(101) ? { ...row, stage: { state: 'failed', failure: { kind: 'timeout', host: 'b.example', waited: 20 } } } : row;
  });
  library.tell({ about: 'articles', ids: [idOf(100), idOf(101)] });
  await screen.findByText(/b\.example did not answer within 20 seconds\./);
  await screen.findByText('1 of 2 saved');
  const panel = within(screen.getByRole('dialog'));
  await user.click(panel.getByRole('button', { name: /^Try again: / }));
  expect(lastAsked(library, 'retry')).toEqual({ ids: [idOf(101)] });
  await user.click(panel.getByRole('button', { name: 'Tides by hand' }));
  await waitFor(() => expect(useView.getState()).toMatchObject({ article: idOf(100), panel: null }));
});
