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

test('the times of states come out of the clocks that an earlier index kept', () => {
  const step = migrations.findIndex((text) => text.includes('favourited_at'));
  const db = new DatabaseSync(':memory:');
  migrate(db, migrations.slice(0, step));
  const time = Date.parse('2030-05-06T07:08:09.123Z');
  const clock = `${time.toString(16).padStart(11, '0')}-00000-device`;
  db.exec(`INSERT INTO articles (seat, id, saved, added_at, host, tags, published_at, archived, favourite, lists, progress, read_at) VALUES
    (1, 'a', 1, '2030-01-01T00:00:00.000Z', 'x.example', '["水","z"]', '{"local":"2029-01-02"}', 1, 0, 24, 0, NULL),
    (2, 'b', 1, '2030-01-02T00:00:00.000Z', NULL, '[]', NULL, 0, 1, 151, 0.5, '2030-02-02T00:00:00.000Z'),
    (3, 'c', 1, '2030-01-03T00:00:00.000Z', NULL, '[]', NULL, 0, 0, 145, 0, NULL);
    INSERT INTO seats SELECT seat, lists FROM articles;
    INSERT INTO clocks VALUES ('a', 'archived', '${clock}'), ('b', 'favourite', '${clock}'), ('c', 'archived', '${clock}');`);
  migrate(db, migrations.slice(0, step + 1));
  const text = 'SELECT id, archived_at, favourited_at, started_at, published_key, site_key, first_tag, a.lists & 1024 AS unopened, s.lists = a.lists AS same FROM articles AS a JOIN seats AS s USING (seat)';
  const at = '2030-05-06T07:08:09.123Z';
  expect(all(db, text)).toMatchObject([
    { id: 'a', archived_at: at, favourited_at: null, started_at: null, published_key: '2029-01-02', site_key: 'x.example', first_tag: '水', unopened: 0, same: 1 },
    { id: 'b', archived_at: null, favourited_at: at, started_at: '2030-02-02T00:00:00.000Z', published_key: '2030-01-02T00:00:00.000Z', site_key: '', first_tag: '', unopened: 0, same: 1 },
    { id: 'c', archived_at: null, favourited_at: null, started_at: null, unopened: 1024, same: 1 },
  ]);
  expect(all(db, 'SELECT count FROM lists WHERE bit = 1024')).toMatchObject([{ count: 1 }]);
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
