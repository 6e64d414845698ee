import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

afterEach(closeWindow);

const rows = [rowOf(1, { tags: ['科技'] }), rowOf(2, { tags: ['科技/人工智能'] }), rowOf(3, { tags: ['水'] })];
const page = async (options: { shelves?: string[]; language?: 'en' | 'zh-CN' } = {}) => {
  const library = await openWindow(rows, { hash: '#/tag/%E7%A7%91%E6%8A%80', shelves: options.shelves ?? [], settings: { language: options.language ?? 'en' } });
  await screen.findByText(options.language === 'zh-CN' ? /篇未读$/ : /unread$/);
  return library;
};

test('a description is written by keyboard, left with Escape, kept with Control+Enter, and taken back', async () => {
  const library = await page();
  const add = screen.getByRole('button', { name: 'Add a description' });
  add.focus();
  await userEvent.keyboard('{Enter}');
  const field = screen.getByRole('textbox', { name: 'Description' });
  expect(document.activeElement).toBe(field);
  await userEvent.keyboard('not this{Escape}');
  // Back at the button, and the list is still there.
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add a description' })));
  expect(location.hash).toBe('#/tag/%E7%A7%91%E6%8A%80');
  expect(library.asked.some(({ name }) => name === 'setTag')).toBe(false);
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard('  Machines and people {Control>}{Enter}{/Control}');
  await screen.findByText('Description of 科技 changed');
  expect(library.asked.find(({ name }) => name === 'setTag')?.input).toEqual({ tag: '科技', description: 'Machines and people' });
  const notices = within(screen.getByRole('region', { name: 'Notices' }));
  expect(notices.getByRole('button', { name: 'Undo' })).toBeTruthy();
  await userEvent.click(await screen.findByRole('button', { name: 'Machines and people' }));
  await userEvent.clear(screen.getByRole('textbox', { name: 'Description' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByRole('button', { name: 'Add a description' });
  expect(library.asked.findLast(({ name }) => name === 'setTag')?.input).toEqual({ tag: '科技', description: null });
});

test('it leads to the tags in it, and its shelf is put on Home and taken off', async () => {
  const library = await page({ shelves: ['水'] });
  await userEvent.click(await screen.findByRole('button', { name: 'Put a shelf on Home' }));
  await waitFor(() => expect(library.asked.findLast(({ name }) => name === 'shelves')?.input).toEqual({ tags: ['水', '科技'] }));
  await userEvent.click(await screen.findByRole('button', { name: 'Take off Home' }));
  await waitFor(() => expect(library.asked.findLast(({ name }) => name === 'shelves')?.input).toEqual({ tags: ['水'] }));
  await userEvent.click(within(screen.getByRole('list', { name: 'Tags in it' })).getByRole('link', { name: /^人工智能/ }));
  expect(await screen.findByRole('heading', { level: 1, name: '科技/人工智能' })).toBeTruthy();
});

test('in Chinese, every button of it has a name', async () => {
  await page({ language: 'zh-CN' });
  expect(screen.getAllByRole('button').filter((button) => (button.getAttribute('aria-label') ?? button.textContent ?? '') === '')).toEqual([]);
  expect(screen.getByRole('button', { name: '添加说明' })).toBeTruthy();
});
