import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { all, migrate } from '../../electron/library/storage/database.ts';
import { migrations } from '../../electron/library/storage/migrations.ts';
import { startWeb } from '../web/web.ts';
import { openTestLibrary } from './open-test-library.ts';

test('what was cancelled is neither new nor a failure, only among all, until it is tried again', async () => {
  const web = await startWeb({ '/': () => undefined });
  const library = await openTestLibrary();
  const counts = async () => (await library.answers.library({})).counts;
  const saved = await library.answers.save({ urls: [1, 2, 3].map((at) => `${web.origin}/${at}`), tags: [], typed: true });
  expect(await counts()).toMatchObject({ all: 3, inbox: 3, failed: 0 });
  await library.answers.cancel({ ids: 'all' });
  expect(await counts()).toMatchObject({ all: 3, inbox: 0, failed: 0 });
  expect((await library.answers.home({ rows: 6 })).fresh).toEqual([]);
  expect((await library.answers.check({})).problems).toEqual([]);
  expect(await library.answers.queue({ count: 5 })).toMatchObject({ total: 0, failed: 0, items: [] });
  expect(await library.answers.retry({ ids: 'all' })).toEqual({ count: 0 });
  await library.answers.retry({ ids: [saved[0]?.id ?? ''] });
  expect(await counts()).toMatchObject({ all: 3, inbox: 1, failed: 0 });
  await library.answers.cancel({ ids: 'all' });
  await web.close();
});

test('an index from before takes cancelled articles off those lists', () => {
  const db = new DatabaseSync(':memory:');
  migrate(db, migrations.slice(0, 1));
  db.exec(`INSERT INTO articles (seat, id, state, failure, lists) VALUES (1, 'a', 'failed', '{"kind":"cancelled"}', 337), (2, 'b', 'failed', '{"kind":"gone"}', 337), (3, 'c', 'ready', NULL, 17);
    INSERT INTO seats (seat, lists) SELECT seat, lists FROM articles; INSERT INTO lists VALUES (1, 3), (16, 3), (64, 2), (256, 2);`);
  migrate(db, migrations.slice(0, 2));
  expect(all(db, 'SELECT seat, lists FROM seats ORDER BY seat')).toMatchObject([{ lists: 16 }, { lists: 337 }, { lists: 17 }]);
  expect(all(db, 'SELECT bit, count FROM lists ORDER BY bit')).toMatchObject([{ bit: 1, count: 2 }, { bit: 16, count: 3 }, { bit: 64, count: 1 }, { bit: 256, count: 1 }]);
});
