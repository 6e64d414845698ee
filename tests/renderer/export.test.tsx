import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { exportShown } from '../../renderer/export/export-shown.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

const rows = [rowOf(1, { tags: ['水'] }), rowOf(2), rowOf(3)];
/** What was handed to the browser to be saved. */
let saved: Array<{ name: string; blob: Blob }>;
afterEach(closeWindow);

async function openPanel(hash: string) {
  const library = await openWindow(rows, { hash });
  await screen.findByRole('main');
  saved = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved.push({ name: '', blob: blob as Blob });
    return 'blob:made';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const last = saved.at(-1);
    if (last !== undefined) last.name = this.download;
  });
  act(exportShown);
  return { library, panel: within(await screen.findByRole('dialog')) };
}

test('a list leaves in the form chosen, by keyboard, with the texts only where there is room for them', async () => {
  const { library, panel } = await openPanel('#/tag/%E6%B0%B4');
  expect(panel.getByRole('heading', { name: 'Export 水' })).toBeTruthy();
  const forms = panel.getAllByRole('radio');
  expect(forms.map((form) => form.getAttribute('aria-describedby')).every((id) => (document.getElementById(id ?? '')?.textContent ?? '') !== '')).toBe(true);
  const texts = panel.getByRole<HTMLInputElement>('checkbox', { name: 'With the articles’ own texts and pictures' });
  await userEvent.click(texts);
  await userEvent.click(panel.getByRole('radio', { name: /^OPML/ }));
  expect([texts.disabled, texts.checked]).toEqual([true, false]);
  await userEvent.click(panel.getByRole('radio', { name: /^Markdown/ }));
  // What was wanted before is wanted still where it can be had.
  expect([texts.disabled, texts.checked]).toEqual([false, true]);
  await userEvent.keyboard('{Enter}');
  await screen.findByText('水 exported');
  expect(screen.queryByRole('dialog')).toBe(null);
  expect(library.asked.find(({ name }) => name === 'exportList')?.input).toMatchObject({ what: { where: { list: 'tag', tag: '水' } }, as: 'markdown', texts: true, title: '水' });
  expect(saved.map(({ name }) => name)).toEqual(['水.markdown']);
  expect(await saved[0]?.blob.text()).toBe('markdown of 水');
});

test('what is no list stands for everything; what fails is said, and can be tried again', async () => {
  const { library, panel } = await openPanel('#/statistics');
  const { ask } = library.carrier;
  let broken = true;
  library.carrier.ask = async (name, input) => (name === 'exportPart' && broken ? { ok: false, failure: { kind: 'not-found', what: 'export' } } : ask(name, input));
  const run = panel.getByRole<HTMLButtonElement>('button', { name: 'Export' });
  await userEvent.click(run);
  expect((await panel.findByRole('alert')).textContent).not.toBe('');
  await waitFor(() => expect(run.disabled).toBe(false));
  broken = false;
  await userEvent.click(run);
  await screen.findByText('All articles exported');
  expect(saved).toHaveLength(1);
});

test('called off in between, nothing is saved', async () => {
  const { library, panel } = await openPanel('#/all');
  const { ask } = library.carrier;
  let go: () => void = () => undefined;
  let parts = 0;
  library.carrier.ask = async (name, input) => {
    if (name !== 'exportPart') return ask(name, input);
    parts += 1;
    await new Promise<void>((done) => (go = done));
    return { ok: true, value: { text: 'part', done: parts, last: false } };
  };
  await userEvent.click(panel.getByRole('button', { name: 'Export' }));
  await waitFor(() => expect(parts).toBe(1));
  go();
  await waitFor(() => expect(parts).toBe(2));
  const bar = panel.getByRole('progressbar', { name: 'How far the file is' });
  await waitFor(() => expect([bar.getAttribute('value'), bar.getAttribute('max')]).toEqual(['1', '3']));
  await userEvent.click(panel.getByRole('button', { name: 'Cancel' }));
  go();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBe(null));
  expect([parts, saved]).toEqual([2, []]);
});
