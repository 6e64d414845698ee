import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { inPieces } from '../../renderer/list/pieces.ts';
import { takeBack, useToasts } from '../../renderer/parts/toasts.ts';
import { useWork } from '../../renderer/parts/work.ts';
import { mergeTags } from '../../renderer/tags/tag-acts.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

afterEach(closeWindow);

const ids = Array.from({ length: 1_300 }, (_, at) => rowOf(at + 1).id);

/** A change of pieces that each wait to be let go on; `arrived` is settled when one has begun. */
function gated() {
  const changed: string[][] = [];
  let go: (ok: boolean) => void = () => undefined;
  let arrive: () => void = () => undefined;
  let arrived = new Promise<void>((done) => (arrive = done));
  return {
    changed, arrived: () => arrived, go: (ok = true) => {
      arrived = new Promise<void>((done) => (arrive = done));
      go(ok);
    },
    change: async (some: string[], joins: { joins?: string }) => {
      const let_ = new Promise<boolean>((done) => (go = done));
      arrive();
      const ok = await let_;
      if (!ok) return { ok: false as const, failure: { kind: 'disk-full' as const, path: '/library' } };
      changed.push(some);
      return { ok: true as const, value: { undo: `${joins.joins ?? ''}+${changed.length}` } };
    },
  };
}

test('a change of very many tells how far it is; stopped, it ends after the piece it is at, and that can be taken back', async () => {
  await openWindow([rowOf(1)]);
  const { change, changed, arrived, go } = gated();
  const running = inPieces('archive', ids, change, () => 'All archived');
  await arrived();
  expect((await screen.findByRole('progressbar', { name: '0 of 1,300 articles changed' })).getAttribute('max')).toBe('1300');
  go();
  await arrived();
  const told = (await screen.findByText('500 of 1,300 articles changed')).parentElement;
  await userEvent.click(within(told ?? document.body).getByRole('button', { name: 'Stop' }));
  expect(within(told ?? document.body).getByRole<HTMLButtonElement>('button', { name: 'Stop' }).disabled).toBe(true);
  go();
  expect(await running).toBe(false);
  expect(changed.map((some) => some.length)).toEqual([500, 500]);
  await screen.findByText('Stopped. 1,000 articles changed.');
  expect(useToasts.getState().undoable.map(({ token, ids: of }) => [token, of.length])).toEqual([['+1+2', 1_000]]);
  expect(screen.queryByRole('progressbar')).toBe(null);
});

test('a change of few tells nothing; one that fails in between ends, says why, and keeps the way back', async () => {
  await openWindow([rowOf(1)]);
  const few = gated();
  const running = inPieces('archive', ids.slice(0, 500), few.change, () => 'All archived');
  await few.arrived();
  expect(useWork.getState().works).toEqual([]);
  few.go();
  expect(await running).toBe(true);
  await screen.findByText('All archived');
  const many = gated();
  const failing = inPieces('archive', ids, many.change, () => 'All archived');
  await many.arrived();
  many.go();
  await many.arrived();
  many.go(false);
  expect(await failing).toBe(false);
  expect((await screen.findByRole('alert')).textContent).toContain('There is no room left');
  expect(useToasts.getState().undoable.map(({ ids: of }) => of.length)).toEqual([500, 500]);
  expect(useWork.getState().works).toEqual([]);
});

test('Undo of very many tells how far it is, and what was stopped in between is offered again', async () => {
  const library = await openWindow([rowOf(1)]);
  useToasts.setState({ undoable: [{ token: 'many', name: 'archive', ids }] });
  const { ask } = library.carrier;
  let left = 2_300;
  let go: () => void = () => undefined;
  library.carrier.ask = async (name, input) => {
    if (name !== 'undo') return ask(name, input);
    left -= 1_000;
    await new Promise<void>((done) => (go = done));
    return { ok: true, value: left > 0 ? { done: true, left } : { done: true } };
  };
  const running = takeBack('many');
  expect(screen.queryByRole('progressbar')).toBe(null);
  await expect.poll(() => left).toBe(1_300);
  go();
  const bar = await screen.findByRole('progressbar', { name: 'Taking it back…' });
  expect([bar.getAttribute('value'), bar.getAttribute('max')]).toEqual(['1000', '2300']);
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  go();
  await running;
  const again = within((await screen.findByText('Stopped. Some of it is still to be taken back.')).parentElement ?? document.body);
  expect(useToasts.getState().undoable.map(({ token }) => token)).toEqual(['many']);
  await userEvent.click(again.getByRole('button', { name: 'Undo' }));
  await expect.poll(() => left).toBe(-700);
  go();
  await screen.findByText('Undone');
  expect(useToasts.getState().undoable).toEqual([]);
});

test('a tag of very many articles is merged piece by piece, told and stopped', async () => {
  const library = await openWindow([rowOf(1)]);
  const { ask } = library.carrier;
  const asked: unknown[] = [];
  let go: () => void = () => undefined;
  library.carrier.ask = async (name, input) => {
    if (name !== 'retag') return ask(name, input);
    asked.push(input);
    await new Promise<void>((done) => (go = done));
    return { ok: true, value: { undo: `token-${asked.length}`, count: 500, left: 20_000 - 500 * asked.length, after: ids[asked.length] } };
  };
  const running = mergeTags(['old', 'new'], 'new');
  await expect.poll(() => asked.length).toBe(1);
  go();
  await expect.poll(() => asked.length).toBe(2);
  await screen.findByText('500 of 20,000 articles changed');
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  go();
  expect(await running).toBe(false);
  expect(asked).toEqual([{ tags: ['old'], to: 'new', most: 500 }, { tags: ['old'], to: 'new', most: 500, after: ids[1], joins: 'token-1' }]);
  await screen.findByText('Stopped. 1,000 articles changed.');
  expect(useToasts.getState().undoable.map(({ token }) => token)).toEqual(['token-2']);
});
