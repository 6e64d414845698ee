import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { dayAfter } from '../../shared/day.ts';
import { idle, stopwatch } from '../../renderer/reader/reading-time.ts';
import { levelOf, weeksOf } from '../../renderer/statistics/weeks.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

afterEach(closeWindow);

const found = {
  today: '2026-11-04', days: [{ day: '2026-10-28', seconds: 1_800, saved: 2, finished: 1 }, { day: '2026-11-04', seconds: 600, saved: 1, finished: 0 }],
  streak: { now: 1, best: 9 }, all: { seconds: 9_000, days: 12, finished: 7, saved: 30 },
  sites: [{ name: 'site3.example', seconds: 1_800 }], tags: [{ name: '水', seconds: 600 }],
};

test('what was read is told in figures, in words for the pictures, and in a table', async () => {
  const library = await openWindow([rowOf(1)], { hash: '#/statistics', statistics: found });
  const main = within(await screen.findByRole('main'));
  await main.findByRole('heading', { level: 1, name: 'Statistics' });
  const figures = (await main.findByText('Days in a row')).closest('dl');
  expect(figures?.textContent).toContain('1 day');
  for (const text of ['Longest: 9 days', '10 min', '40 min', '2 h 30 min in all', '7 articles', 'of 30 saved']) expect(figures?.textContent).toContain(text);
  expect(main.getByRole('img', { name: /^2 days with reading/ })).toBeTruthy();
  expect(main.getByRole('img', { name: '3 saved, 1 finished' })).toBeTruthy();
  await userEvent.click(main.getByText('As a table'));
  const table = main.getAllByRole('row').slice(1).map((row) => [...row.children].map((cell) => cell.textContent));
  expect(table.map((cells) => cells.slice(1))).toEqual([['10 min', '1', '0'], ['30 min', '2', '1']]);
  await userEvent.click(main.getByRole('switch', { name: /^Count the time I read/ }));
  await waitFor(() => expect(library.settings.countReading).toBe(false));
  await userEvent.click(main.getByRole('button', { name: /^site3\.example/ }));
  await waitFor(() => expect(location.hash).toBe('#/site/site3.example'));
});

test('less than a minute is told as that everywhere, and no site has more than all together', async () => {
  const statistics = {
    ...found, days: [{ day: '2026-11-04', seconds: 50, saved: 0, finished: 0 }], all: { ...found.all, seconds: 110 },
    sites: [{ name: 'site3.example', seconds: 50 }], tags: [],
  };
  await openWindow([rowOf(1)], { hash: '#/statistics', statistics });
  const main = within(await screen.findByRole('main'));
  const figures = (await main.findByText('Days in a row')).closest('dl');
  for (const text of ['under 1 min this week', '1 min in all']) expect(figures?.textContent).toContain(text);
  expect(figures?.textContent).not.toContain('0 min');
  expect(main.getByRole('button', { name: /^site3/ }).textContent).toBe('site3.exampleunder 1 min');
});

test('nothing read is no row of empty pictures alone; in Chinese too', async () => {
  await openWindow([rowOf(1)], { hash: '#/statistics', settings: { language: 'zh-CN' } });
  await screen.findByText('还没有阅读记录。打开一篇文章，这里就会慢慢填满。');
  expect(await screen.findByRole('img', { name: /^最近 53 周里有 0 天在阅读/ })).toBeTruthy();
});

test('weeks begin on Monday, the last holds today, and every day found is in its week', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 360 }), (later, back) => {
    const today = dayAfter('1999-12-31', later);
    const day = dayAfter(today, -back);
    const weeks = weeksOf([{ day, seconds: 60, saved: 3, finished: 2 }], today, 53);
    expect(weeks).toHaveLength(53);
    expect(weeks.every(({ from }) => new Date(`${from}T12:00:00`).getDay() === 1)).toBe(true);
    const last = weeks.at(-1)?.days ?? [];
    expect(last.filter((each) => each !== null).at(-1)?.day).toBe(today);
    expect(weeks.filter(({ seconds, saved, finished }) => seconds === 60 && saved === 3 && finished === 2).map(({ days }) => days.some((each) => each?.day === day))).toEqual([true]);
  }));
  expect([0, 59, 60, 900, 1_800, 7_200].map(levelOf)).toEqual([0, 0, 1, 2, 3, 4]);
});

test('only time between signs of life is counted, told by the minute and when the article is left', () => {
  let now = 0;
  const told: number[] = [];
  const watch = stopwatch((seconds) => told.push(seconds), () => now);
  const later = (ms: number, what: () => void) => {
    now += ms;
    what();
  };
  later(20_000, watch.sign);
  later(30_000, watch.sign);
  expect(told).toEqual([]);
  later(10_500, watch.sign);
  expect(told).toEqual([60]);
  // Gone for a coffee: not counted at all.
  later(idle + 1, watch.sign);
  later(4_500, watch.leave);
  expect(told).toEqual([60, 5]);
  // The window is hidden: nobody reads, and what comes then is not counted twice.
  later(60_000, watch.leave);
  later(60_000, watch.back);
  later(2_000, watch.leave);
  expect(told).toEqual([60, 5]);
});
