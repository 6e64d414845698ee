import { act, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { latePart, loadLateParts } from '../../renderer/late-part.tsx';
import { useDates } from '../../renderer/words.ts';

test('a late part comes when it is first shown, and once loaded is drawn at once', async () => {
  const load = vi.fn<() => Promise<(props: { text: string }) => ReactNode>>(async () => ({ text }: { text: string }) => <p>{text}</p>);
  const Part = latePart(load);
  const { unmount } = render(<Part text="first" />);
  expect(screen.queryByText('first')).toBeNull();
  expect(await screen.findByText('first')).toBeTruthy();
  unmount();
  render(<Part text="again" />);
  // Not a moment later: what is typed next is meant for it.
  expect(screen.getByText('again')).toBeTruthy();
  expect(load).toHaveBeenCalledTimes(1);
});

test('late parts are loaded ahead, and one that could not be is tried again when it is shown', async () => {
  let broken = true;
  const load = vi.fn<() => Promise<() => ReactNode>>(async () => {
    if (broken) throw new TypeError('Failed to fetch dynamically imported module');
    return () => <p>there</p>;
  });
  const Part = latePart(load);
  await act(loadLateParts);
  broken = false;
  render(<Part />);
  expect(await screen.findByText('there')).toBeTruthy();
  expect(load).toHaveBeenCalledTimes(2);
});

test('a hundred rows make the formats of dates once', () => {
  const made = vi.spyOn(Intl, 'DateTimeFormat');
  const Row = ({ at }: { at: string }) => <p>{useDates().day(at)}</p>;
  render(<>{Array.from({ length: 100 }, (_, at) => <Row key={at} at={`2020-03-0${1 + (at % 9)}T12:00:00Z`} />)}</>);
  expect(screen.getAllByText('1 Mar 2020').length).toBeGreaterThan(1);
  expect(made.mock.calls.length).toBeLessThan(20);
});
