import { expect, test } from 'vitest';
import { article } from '../../electron/library/articles.ts';
import { look } from '../../electron/library/looks.ts';
import { all } from '../../electron/library/storage/database.ts';
import { undo } from '../../electron/library/undo.ts';
import { questions } from '../../shared/contract.ts';
import { addReady, openTestStore } from './made-up.ts';

test('an article has a look of its own, field by field, and is like all others again; each change can be taken back', async () => {
  const store = await openTestStore();
  const id = await addReady(store, { title: 'One' });
  const now = () => article(store)({ id }).look;
  expect(now()).toEqual({});
  look(store)({ id, change: { vertical: true, textSize: 24 } });
  const { undo: token } = look(store)({ id, change: { textSize: 30, columnWidth: 'auto', vertical: true } });
  expect(now()).toEqual({ textSize: 30, columnWidth: 'auto', vertical: true });
  undo(store)({ undo: token ?? '' });
  expect(now()).toEqual({ textSize: 24, vertical: true });
  expect(look(store)({ id, change: { textSize: 24, theme: null } })).toEqual({ undo: null });
  const back = look(store)({ id, change: { textSize: null, vertical: null } });
  expect(now()).toEqual({});
  undo(store)({ undo: back.undo ?? '' });
  expect(now()).toEqual({ textSize: 24, vertical: true });
});

test('a rebuilt index has the same looks', async () => {
  const store = await openTestStore();
  const id = await addReady(store, { title: 'One' });
  look(store)({ id, change: { typeface: 'inter', flow: 'pages' } });
  look(store)({ id, change: { typeface: null, theme: 'sepia', indent: true } });
  const looks = () => all(store.db, 'SELECT id, look FROM articles');
  const before = looks();
  expect(article(store)({ id }).look).toEqual({ flow: 'pages', theme: 'sepia', indent: true });
  await store.rebuild();
  expect(looks()).toEqual(before);
});

test.each([{ textSize: 4 }, { colour: 'red' }, { theme: 'neon' }, { columnWidth: 'wide' }, { flow: 'sideways' }])('a change such as %o is refused', (change) => {
  expect(questions.look.input.safeParse({ id: '0'.repeat(20), change }).success).toBe(false);
});
