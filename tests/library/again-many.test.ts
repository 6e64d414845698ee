import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { toPage } from '../../electron/library/leave/page.ts';
import { indexRow, sealedOf } from '../../electron/library/rows.ts';
import { readSealedBody, readSealedMeta, readSealedPage, sealArticle } from '../../electron/library/storage/parts.ts';
import { openStore } from '../../electron/library/storage/store.ts';
import { findPlace, placeAt } from '../../renderer/reader/place.ts';
import { looksWorse } from '../../shared/trial.ts';
import { startWeb, type Web } from '../web/web.ts';
import { sure } from './made-up-article.ts';
import { newsPage, openTestLibrary, type TestLibrary } from './open-test-library.ts';

async function openWeb(pages: Parameters<typeof startWeb>[0]): Promise<Web> {
  const web = await startWeb(pages);
  onTestFinished(() => web.close());
  return web;
}

async function save(library: TestLibrary, url: string): Promise<string> {
  const [saved] = await library.answers.save({ urls: [url], tags: [], typed: true });
  await library.idle();
  return saved?.id ?? '';
}

test('many replaced one after the other are taken back in one go; how much would be lost is told before', async () => {
  const web = await openWeb({ '/a': newsPage('The quarry'), '/b': newsPage('The weir') });
  const path = mkdtempSync(join(tmpdir(), 'lectern-again-many-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const library = await openTestLibrary({ path });
  const ids = [await save(library, `${web.origin}/a`), await save(library, `${web.origin}/b`)];
  await library.close();
  const store = await openStore({ path });
  for (const id of ids) {
    const sealed = sure(sealedOf(indexRow(store.db, id)));
    const meta = { ...readSealedMeta(path, sealed), extractedBy: '0.1.0' };
    const body = `${readSealedBody(path, sealed)}${'<p>A long comment that an earlier extractor took for the article, and that nobody wants to read.</p><p><img src="x.png" alt=""></p>'.repeat(30)}`;
    store.act([{ act: 'ready', id, ...(await sealArticle(store, { id, document: toPage(meta, body), meta, page: readSealedPage(path, sealed) })) }]);
  }
  await store.close();

  const reopened = await openTestLibrary({ path });
  // Which are alike is found out beside everything else.
  await reopened.idle();
  const before = await Promise.all(ids.map((id) => reopened.answers.article({ id })));
  const trial = await reopened.answers.tryExtract({ id: sure(ids[0]), encoding: null, kind: null });
  expect(trial.amount.pictures).toEqual({ before: 30, after: 0 });
  expect(looksWorse(trial)).toBe(true);
  let joins: string | null = null;
  for (const id of ids) joins = (await reopened.answers.reextract({ id, encoding: null, kind: null, morePages: false, joins })).undo;
  for (const id of ids) expect((await reopened.answers.article({ id })).html).not.toContain('A long comment');
  // Nothing to replace any more: the way back stays good.
  expect(await reopened.answers.reextract({ id: sure(ids[0]), encoding: null, kind: null, morePages: false, joins })).toMatchObject({ undo: null });
  expect(await reopened.answers.undo({ undo: joins ?? '' })).toEqual({ done: true });
  await reopened.idle();
  expect(await Promise.all(ids.map((id) => reopened.answers.article({ id })))).toEqual(before);
  expect((await reopened.answers.check({})).problems).toEqual([]);
});

test('a reader finds the place again by its words when extracting again has shifted the blocks', async () => {
  const web = await openWeb({ '/a': newsPage('The quarry', '<p>A paragraph about the weir that nobody else has, and at which the reader stopped to make some tea.</p>') });
  const path = mkdtempSync(join(tmpdir(), 'lectern-again-place-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const library = await openTestLibrary({ path });
  const id = await save(library, `${web.origin}/a`);
  await library.close();
  const store = await openStore({ path });
  const sealed = sure(sealedOf(indexRow(store.db, id)));
  const meta = { ...readSealedMeta(path, sealed), extractedBy: '0.1.0' };
  // An extractor of before took two lines of the navigation for text and lost the end.
  const body = `<p>Home</p><p>Latest news</p>${readSealedBody(path, sealed).replace(/<p>(?:(?!<p>)[\s\S])*$/, '')}`;
  store.act([{ act: 'ready', id, ...(await sealArticle(store, { id, document: toPage(meta, body), meta, page: readSealedPage(path, sealed) })) }]);
  await store.close();

  const textsOf = (html: string) => [...html.matchAll(/<p>([\s\S]*?)<\/p>/g)].map(([, text]) => text ?? '');
  const reopened = await openTestLibrary({ path });
  const before = textsOf((await reopened.answers.article({ id })).html);
  const block = before.findIndex((text) => text.includes('some tea'));
  await reopened.answers.place({ id, place: placeAt({ block, offset: 20 }, before, 0.6) });
  expect((await reopened.answers.reextract({ id, encoding: null, kind: null, morePages: false, joins: null })).undo).not.toBeNull();
  const { html, place } = await reopened.answers.article({ id });
  const after = textsOf(html);
  expect(after.length).toBe(before.length - 1);
  expect(findPlace(sure(place ?? undefined), after)).toEqual({ block: block - 2, offset: 20 });
  expect(after[block - 2]).toContain('some tea');
});
