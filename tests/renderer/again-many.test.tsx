import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { forgetRun, tryMany, useRun } from '../../renderer/again/run.ts';
import { useView } from '../../renderer/view.ts';
import type { Input } from '../../shared/contract.ts';
import type { Reply } from '../../shared/failure.ts';
import { looksWorse, type Trial } from '../../shared/trial.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openPopover, openWindow } from './window.tsx';

const rows = Array.from({ length: 8 }, (_, number) => rowOf(number + 1));
const ids = rows.map(({ id }) => id);

function trialOf(number: number): Trial {
  const same: Trial = {
    encoding: { before: 'utf-8', after: 'utf-8', chosen: false }, kind: { after: 'article', chosen: false }, title: `Article ${number}`, lang: 'en', dir: 'ltr', opening: [],
    amount: { characters: { before: 1_000, after: 1_000 }, pictures: { before: 2, after: 2 } },
    facts: [], kept: 6, added: 0, removed: 0, changes: [{ did: 'kept', count: 6, text: 'a' }], unshown: 0, reshaped: false, explanation: null, highlights: { lost: 0, of: 0 },
  };
  if (number <= 3) return same;
  const added: Trial = { ...same, added: 1, changes: [...same.changes, { did: 'added', text: `An end that was missing in ${number}.` }] };
  return number === 5 ? { ...added, removed: 4, amount: { characters: { before: 1_000, after: 550 }, pictures: { before: 2, after: 2 } } } : added;
}

/** Of eight articles three stay as they are, one cannot be read, four change, of which the fifth loses half of its text. */
async function open(options: { hash?: string; hold?: Promise<void> } = {}) {
  const library = await openWindow(rows, options.hash === undefined ? {} : { hash: options.hash });
  const { ask } = library.carrier;
  const replaced: Array<Input<'reextract'>> = [];
  library.carrier.ask = async (name, input): Promise<Reply<unknown>> => {
    if (name === 'older') return { ok: true, value: { extractor: 'fake', ids } };
    if (name !== 'tryExtract' && name !== 'reextract') return ask(name, input);
    const wanted = input as Input<'reextract'>;
    const number = ids.indexOf(wanted.id) + 1;
    if (number === 8) return { ok: false, failure: { kind: 'no-page-kept' } };
    if (name === 'tryExtract') {
      if (number > 1) await options.hold;
      return { ok: true, value: trialOf(number) };
    }
    replaced.push(wanted);
    return { ok: true, value: { ...trialOf(number), undo: `undo-${replaced.length}` } };
  };
  return { library, replaced };
}

afterEach(() => {
  act(forgetRun);
  useView.setState({ againMany: false });
  closeWindow();
});

test('many are tried, the doubtful one is left out, and the chosen ones are replaced with one way back', async () => {
  const user = userEvent.setup();
  const { replaced, library } = await open();
  act(() => tryMany(ids));
  const panel = await screen.findByRole('dialog', { name: 'Extract again' });
  await within(panel).findByRole('heading', { name: '4 articles would change' });
  expect(within(panel).getByRole('status').textContent).toBe('8 articles looked at; 4 would change');
  expect(within(panel).getByText('3 articles would stay as they are')).toBeTruthy();
  expect(within(panel).getByText('1 article could not be read again and stays as it is')).toBeTruthy();
  const boxes = within(panel).getAllByRole<HTMLInputElement>('checkbox');
  // What would lose a lot stands first, not chosen.
  expect(boxes.map(({ checked }) => checked)).toEqual([false, true, true, true]);
  expect(within(panel).getByText(/45% less text/)).toBeTruthy();
  await user.click(within(panel).getByRole('checkbox', { name: 'Article 7' }));
  await user.click(within(panel).getAllByText('6 paragraphs kept, 1 added, 0 removed')[0] as HTMLElement);
  expect(await within(panel).findByText('An end that was missing in 4.')).toBeTruthy();
  expect(replaced).toEqual([]);

  await user.click(within(panel).getByRole('button', { name: 'Replace 2 articles' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(replaced).toEqual([{ id: ids[3], joins: null }, { id: ids[5], joins: 'undo-1' }]);
  expect(await screen.findByText('2 articles extracted again')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(library.asked.findLast(({ name }) => name === 'undo')?.input).toEqual({ undo: 'undo-2', most: 1_000 });
  expect(useRun.getState().doing).toBe('nothing');
});

test('trying goes on while the panel is closed, and can be looked at or stopped again', async () => {
  const user = userEvent.setup();
  const { promise: hold, resolve: letGo } = Promise.withResolvers<void>();
  await open({ hold });
  act(() => tryMany(ids));
  const panel = await screen.findByRole('dialog', { name: 'Extract again' });
  await within(panel).findByText('1 of 8 looked at');
  expect(within(panel).getByRole('progressbar').getAttribute('value')).toBe('1');
  await user.click(within(panel).getAllByRole('button', { name: 'Close' }).at(-1) as HTMLElement);
  expect(screen.queryByRole('dialog')).toBeNull();
  letGo();
  expect(await screen.findByText('8 articles looked at; 4 would change')).toBeTruthy();
  expect(useRun.getState()).toMatchObject({ doing: 'choosing', unchanged: 3 });
});

test('stopped in the middle, what was tried so far can still be replaced', async () => {
  const user = userEvent.setup();
  const { promise: hold } = Promise.withResolvers<void>();
  await open({ hold });
  act(() => tryMany([ids[0] ?? '', ids[3] ?? '']));
  await screen.findByText('1 of 2 looked at');
  await user.click(screen.getByRole('button', { name: 'Stop' }));
  await waitFor(() => expect(within(screen.getByRole('dialog')).getByRole('status').textContent).toBe('1 article looked at; nothing would change'));
  expect(screen.getByRole('button', { name: 'Replace' })).toHaveProperty('disabled', true);
});

test('from the preferences: how many an older extractor made, and all of them at once', async () => {
  const user = userEvent.setup();
  await open({ hash: '#/inbox?panel=preferences' });
  await user.click(await screen.findByRole('tab', { name: 'Library' }).catch(() => screen.findByRole('button', { name: 'Library' })));
  expect(await screen.findByText('8 articles were made by an older extractor.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Try them' }));
  expect(await screen.findByRole('heading', { name: '4 articles would change' })).toBeTruthy();
});

test('from a list: the selected ones', async () => {
  const user = userEvent.setup();
  await open({ hash: '#/inbox' });
  await screen.findByText('Article 4');
  await user.keyboard('jxjx');
  openPopover('More');
  await user.click(await screen.findByRole('button', { name: 'Extract again' }));
  await screen.findByRole('dialog', { name: 'Extract again' });
  expect(useRun.getState().ids).toHaveLength(2);
});

test('those that have no page yet are counted apart, and alone they are told of without a panel', async () => {
  await open();
  act(() => tryMany(ids.slice(0, 2), 3));
  const panel = await screen.findByRole('dialog', { name: 'Extract again' });
  await waitFor(() => expect(within(panel).getByRole('status').textContent).toBe('2 articles looked at; nothing would change'));
  expect(within(panel).queryByText(/would stay as/)).toBeNull();
  expect(within(panel).getByText(/^3 articles left aside/)).toBeTruthy();
  act(forgetRun);
  act(() => useView.setState({ againMany: false }));
  act(() => tryMany([], 2));
  expect(await screen.findByText(/^2 articles left aside/)).toBeTruthy();
});

test('a third of the text or half of the pictures is a lot to lose', () => {
  const of = (characters: [number, number], pictures: [number, number]) =>
    looksWorse({ amount: { characters: { before: characters[0], after: characters[1] }, pictures: { before: pictures[0], after: pictures[1] } } });
  expect([of([1_000, 690], [0, 0]), of([1_000, 710], [0, 0]), of([0, 500], [0, 0])]).toEqual([true, false, false]);
  expect([of([9, 9], [4, 2]), of([9, 9], [4, 3]), of([9, 9], [1, 0])]).toEqual([true, false, false]);
});
