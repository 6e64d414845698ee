import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { all, assertSqlite, migrate, openDatabase } from '../../electron/library/storage/database.ts';
import { migrations } from '../../electron/library/storage/migrations.ts';

const version = (db: DatabaseSync) => all<{ user_version: number }>(db, 'PRAGMA user_version')[0]?.user_version;

test('an index has the version of its list, and every table of ours is strict', () => {
  const db = openDatabase(':memory:');
  expect(version(db)).toBe(migrations.length);
  const tables = all<{ name: string; strict: number }>(db, "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'");
  expect(tables.filter(({ strict }) => !strict)).toEqual([]);
});

test('a filled database of each earlier version is brought on with its rows', () => {
  const next = [...migrations, 'ALTER TABLE tags ADD COLUMN colour TEXT; UPDATE tags SET colour = name;'];
  const db = openDatabase(':memory:');
  db.exec("INSERT INTO tags (name, count) VALUES ('水', 3)");
  migrate(db, next);
  expect(version(db)).toBe(next.length);
  expect(all(db, 'SELECT name, count, colour FROM tags')).toMatchObject([{ name: '水', count: 3, colour: '水' }]);
});

test('a step that fails leaves the version before it, whole', () => {
  const db = new DatabaseSync(':memory:');
  const steps = ['CREATE TABLE a (x TEXT) STRICT', 'CREATE TABLE b (y TEXT) STRICT; INSERT INTO missing VALUES (1);'];
  expect(() => migrate(db, steps)).toThrow('no such table');
  expect(version(db)).toBe(1);
  expect(all(db, "SELECT name FROM sqlite_master WHERE name = 'b'")).toEqual([]);
});

test('a newer database is not touched', () => {
  const db = openDatabase(':memory:');
  db.exec('PRAGMA user_version = 999');
  expect(() => migrate(db, migrations)).toThrow('newer');
  expect(version(db)).toBe(999);
});

test('this SQLite is new enough and has full-text search', () => {
  expect(() => assertSqlite(new DatabaseSync(':memory:'))).not.toThrow();
});
