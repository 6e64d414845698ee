import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

afterEach(closeWindow);

test.each([
  ['highlights', 'Nothing is highlighted yet'], ['queue', 'Nothing in the queue'], ['duplicates', 'Nothing is here twice'],
])('%s with nothing in it says so and how something comes there, and offers nothing to narrow or to do', async (place, says) => {
  await openWindow([rowOf(1)], { hash: `#/${place}` });
  const told = (await screen.findByText(says)).parentElement;
  expect(told?.getAttribute('role')).toBe('status');
  expect(told?.children).toHaveLength(2);
  const main = within(screen.getByRole('main'));
  expect(main.queryByRole('search')).toBe(null);
  expect(main.queryByRole('searchbox')).toBe(null);
  expect(main.queryAllByRole('button').map((button) => button.textContent)).toEqual(place === 'queue' ? ['Add'] : []);
});

test('what could not be saved is told at the queue alone, and is a list from there', async () => {
  const failed = rowOf(1, { stage: { state: 'failed', failure: { kind: 'no-article' } } });
  await openWindow([failed, rowOf(2)], { hash: '#/inbox' });
  const sidebar = within(screen.getByRole('navigation'));
  const queue = await sidebar.findByRole('link', { name: 'Queue 1 could not be saved' });
  expect(sidebar.queryByRole('link', { name: /^Could not/ })).toBe(null);
  await userEvent.click(queue);
  await userEvent.click(await screen.findByRole('button', { name: 'As a list' }));
  expect(location.hash).toBe('#/failed');
  expect(queue.getAttribute('aria-current')).toBe('page');
  expect(await screen.findByRole('heading', { level: 1, name: 'Could not save' })).toBeTruthy();
});

test('an article that could not be saved is opened from the queue', async () => {
  await openWindow([rowOf(1, { stage: { state: 'failed', failure: { kind: 'no-article' } } })], { hash: '#/queue' });
  await userEvent.click(await screen.findByRole('button', { name: 'Article 1' }));
  expect(location.hash).toContain(`article=${rowOf(1).id}`);
});
