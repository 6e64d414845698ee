import { describe, expect, test } from 'vitest';
import type { ArticleId } from '../../shared/article.ts';
import type { Condition, TagRule } from '../../shared/tag-rule.ts';
import { keep } from '../../electron/library/articles.ts';
import { favourite } from '../../electron/library/marks.ts';
import { effectOf, effectOfAll, type Subject } from '../../electron/library/rule-matching.ts';
import { rowsOf } from '../../electron/library/rows.ts';
import { readAct } from '../../electron/library/storage/act-shape.ts';
import { compareIndexes } from '../../electron/library/storage/compare.ts';
import { createClock } from '../../electron/library/storage/clock.ts';
import { makeIndex } from '../../electron/library/storage/rebuild.ts';
import type { OpenStore } from '../../electron/library/storage/store.ts';
import { answerTagRules, ruleActs } from '../../electron/library/tag-rules.ts';
import { tag } from '../../electron/library/tags.ts';
import { undo } from '../../electron/library/undo.ts';
import { startWeb } from '../web/web.ts';
import { addReady, openTestStore } from './made-up.ts';
import { seal, sure, type MadeUp } from './made-up-article.ts';
import { newsPage, openTestLibrary } from './open-test-library.ts';

const rule = (when: Condition[], facts: Partial<TagRule> = {}): TagRule => ({ match: 'all', when, add: ['ruled'], favourite: false, archive: false, on: true, ...facts });
const subject: Subject = {
  url: 'https://www.news.example.org/2031/Ä-b?x=1', host: 'news.example.org', site: '晨报', title: 'Ｆｏｇ over the Harbour', byline: 'Ann Smith, 李明',
  lang: 'zh-Hans', minutes: 20, tags: ['科技/人工智能', 'AI'], favourite: false, archived: false,
};
const tagsOf = (store: OpenStore, id: ArticleId) => sure(rowsOf(store, [id])[0]).tags;

describe('conditions', () => {
  test.each<[Condition, boolean]>([
    [{ by: 'site', value: 'news.example.org' }, true], [{ by: 'site', value: 'example.org' }, true], [{ by: 'site', value: 'https://www.example.org/about' }, true],
    [{ by: 'site', value: 'ample.org' }, false], [{ by: 'site', value: 'org.example' }, false], [{ by: 'site', value: '晨报' }, true], [{ by: 'site', value: 'https://' }, false],
    [{ by: 'title', value: 'fog OVER' }, true], [{ by: 'title', value: 'ｈａｒｂｏｕｒ' }, true], [{ by: 'title', value: 'harbor' }, false], [{ by: 'site', value: '晨報' }, true], [{ by: 'address', value: '/2031/a-b' }, true],
    [{ by: 'author', value: '李明' }, true], [{ by: 'author', value: 'smith' }, true], [{ by: 'author', value: 'Bob' }, false],
    [{ by: 'address', value: '/2031/' }, true], [{ by: 'address', value: '/2032/' }, false],
    [{ by: 'language', value: 'zh' }, true], [{ by: 'language', value: 'ZH-hans' }, true], [{ by: 'language', value: 'zh-Hant' }, false], [{ by: 'language', value: 'z' }, false],
    [{ by: 'longer', minutes: 19 }, true], [{ by: 'longer', minutes: 20 }, false], [{ by: 'shorter', minutes: 21 }, true], [{ by: 'shorter', minutes: 20 }, false],
    [{ by: 'tag', value: '科技' }, true], [{ by: 'tag', value: '科技/人工智能' }, true], [{ by: 'tag', value: '科' }, false], [{ by: 'tag', value: 'ai' }, false],
  ])('%j: %s', (condition, holds) => expect(effectOf(rule([condition]), subject) !== null).toBe(holds));

  test('what an article lacks holds for no condition', () => {
    const bare = { ...subject, url: null, host: null, site: null, byline: null, lang: null };
    for (const by of ['site', 'author', 'address'] as const) expect(effectOf(rule([{ by, value: 'a' }]), bare)).toBeNull();
    expect(effectOf(rule([{ by: 'language', value: 'en' }]), bare)).toBeNull();
  });

  test('all or any of them', () => {
    const when: Condition[] = [{ by: 'title', value: 'fog' }, { by: 'longer', minutes: 60 }];
    expect(effectOf(rule(when), subject)).toBeNull();
    expect(effectOf(rule(when, { match: 'any' }), subject)).toEqual({ add: ['ruled'], favourite: false, archive: false });
  });

  test('only what would change counts', () => {
    const everything = rule([{ by: 'title', value: 'fog' }], { add: ['AI', 'new', 'new'], favourite: true, archive: true });
    expect(effectOf(everything, { ...subject, favourite: true })).toEqual({ add: ['new'], favourite: false, archive: true });
    expect(effectOf(everything, { ...subject, favourite: true, archived: true, tags: ['AI', 'new'] })).toBeNull();
  });

  test('a thousand rules, each waiting for the tag of the one after it, hold up no article', () => {
    const never: Condition[] = Array.from({ length: 18 }, (_, n) => ({ by: 'title', value: `fo${'g'.repeat(n)}` }));
    const chain = Array.from({ length: 1_000 }, (_, n) => rule([{ by: 'tag', value: `t${n + 1}` }, { by: 'title', value: 'fog' }], { add: [`t${n}/in it`, ...Array.from({ length: 19 }, (_each, k) => `t${n}-${k}`)] }));
    const held = effectOfAll([...chain.map((each) => ({ ...each, when: [...each.when, ...never] })), ...chain], { ...subject, tags: ['t1000'] });
    expect(held.add).toHaveLength(20_000);
    expect(held.add.slice(0, 1)).toEqual(['t999/in it']);
  });

  test('a rule may wait for the tag of another, whichever was made first; one that is off does nothing', () => {
    const chain = [rule([{ by: 'tag', value: 'b' }], { add: ['c'], favourite: true }), rule([{ by: 'tag', value: 'a' }], { add: ['b'] }), rule([{ by: 'title', value: 'fog' }], { add: ['a'] })];
    expect(effectOfAll(chain, subject)).toEqual({ add: ['a', 'b', 'c'], favourite: true, archive: false });
    expect(effectOfAll([sure(chain[0]), { ...sure(chain[1]), on: false }, sure(chain[2])], subject)).toEqual({ add: ['a'], favourite: false, archive: false });
  });
});

test('rules are kept, changed and taken away as acts, with a way back, and a rebuilt index has them', async () => {
  const store = await openTestStore();
  const rules = answerTagRules(store);
  const first = await rules.keepTagRule({ rule: null, value: rule([{ by: 'title', value: 'a' }]) });
  await rules.keepTagRule({ rule: null, value: rule([{ by: 'title', value: 'b' }]) });
  const changed = await rules.keepTagRule({ rule: first.id, value: rule([{ by: 'title', value: 'c' }], { on: false }) });
  const told = async () => (await rules.tagRules({})).map(({ rule: each }) => `${JSON.stringify(each.when[0])} ${each.on}`).toSorted();
  expect(await told()).toEqual(['{"by":"title","value":"b"} true', '{"by":"title","value":"c"} false']);
  undo(store)({ undo: sure(changed.undo) });
  expect(await told()).toEqual(['{"by":"title","value":"a"} true', '{"by":"title","value":"b"} true']);
  const gone = await rules.keepTagRule({ rule: first.id, value: null });
  expect(await told()).toEqual(['{"by":"title","value":"b"} true']);
  expect(() => rules.keepTagRule({ rule: first.id, value: null })).toThrow('not-found');
  const made = await makeIndex(store.root, ':memory:');
  expect(compareIndexes(store.db, made)).toEqual([]);
  made.close();
  undo(store)({ undo: sure(gone.undo) });
  expect(await told()).toHaveLength(2);
});

test('a journal line with a rule that is none is not taken', () => {
  const clock = createClock('device').tick();
  const line = (value: unknown) => readAct({ act: 'rule', clock, rule: '0'.repeat(20), value });
  expect(line(rule([{ by: 'title', value: 'x' }]))).toMatchObject({ value: { add: ['ruled'] } });
  expect(line(null)).toMatchObject({ value: null });
  for (const bad of [rule([]), rule([{ by: 'title', value: '' }]), rule([{ by: 'title', value: 'x' }], { add: [] }), { ...rule([{ by: 'title', value: 'x' }]), more: 1 }, rule([{ by: 'hour' } as never]), 'x']) expect(line(bad)).toBeNull();
  expect(readAct({ act: 'rule', clock, rule: '../x', value: null })).toBeNull();
});

test('a preview counts what would change and shows the newest; applying does that, and one undo takes all of it back', async () => {
  let time = Date.parse('2031-01-01T00:00:00Z');
  const store = await openTestStore({ now: () => (time += 1_000) });
  const ids: ArticleId[] = [];
  for (let n = 0; n < 230; n++) ids.push(await addReady(store, { title: `${n % 2 === 0 ? 'Even' : 'Odd'} ${n}`, tags: n === 4 ? ['ruled'] : [] }));
  store.act([{ act: 'set', id: sure(ids[6]), field: 'trashed', value: '2031-01-02T00:00:00Z' }]);
  const rules = answerTagRules(store);
  const even = rule([{ by: 'title', value: 'even' }]);
  const preview = await rules.tryTagRule({ rule: even, count: 3 });
  expect(preview.total).toBe(113);
  expect(preview.rows.map((row) => row.title)).toEqual(['Even 228', 'Even 226', 'Even 224']);
  expect(tagsOf(store, sure(ids[228]))).toEqual([]);
  const applied = await rules.applyTagRule({ rule: even });
  expect(applied.count).toBe(113);
  expect(ids.filter((id) => tagsOf(store, id).includes('ruled'))).toHaveLength(114);
  expect(await rules.tryTagRule({ rule: even, count: 3 })).toEqual({ total: 0, rows: [] });
  expect(await rules.applyTagRule({ rule: even })).toEqual({ undo: null, count: 0 });
  undo(store)({ undo: sure(applied.undo) });
  expect(ids.filter((id) => tagsOf(store, id).includes('ruled'))).toEqual([ids[4]]);
});

describe('when an article becomes ready', () => {
  const becomes = async (store: OpenStore, id: ArticleId, facts: MadeUp = {}) => {
    const ready = { act: 'ready' as const, id, ...(await seal(store, id, facts)) };
    store.act([...ruleActs(store, ready), ready]);
  };
  const kept = (store: OpenStore, tags: string[] = []) => sure(keep(store, [{ url: 'https://example.org/fog', job: { from: 'web', typed: true } }], tags)[0]).id;
  const fog = rule([{ by: 'title', value: 'fog' }, { by: 'site', value: 'example.org' }], { favourite: true, archive: true });

  test('the rules are applied once: what the reader takes back stays so, however often it is made again', async () => {
    const store = await openTestStore();
    await answerTagRules(store).keepTagRule({ rule: null, value: fog });
    const id = kept(store);
    await becomes(store, id, { title: 'Fog' });
    expect(rowsOf(store, [id])).toMatchObject([{ tags: ['ruled'], favourite: true, archived: true }]);
    tag(store)({ ids: [id], add: [], remove: ['ruled'] });
    favourite(store)({ ids: [id], on: false });
    store.act([{ act: 'wait', id }]);
    await becomes(store, id, { title: 'Fog again' });
    expect(rowsOf(store, [id])).toMatchObject([{ tags: [], favourite: false, archived: true, title: 'Fog again' }]);
    const made = await makeIndex(store.root, ':memory:');
    expect(compareIndexes(store.db, made)).toEqual([]);
    made.close();
  });

  test('what was cut off between the rules and the article is not ruled twice', async () => {
    const store = await openTestStore();
    await answerTagRules(store).keepTagRule({ rule: null, value: fog });
    const id = kept(store);
    const ready = { act: 'ready' as const, id, ...(await seal(store, id, { title: 'Fog' })) };
    store.act(ruleActs(store, ready));
    tag(store)({ ids: [id], add: [], remove: ['ruled'] });
    expect(ruleActs(store, ready)).toEqual([]);
  });

  test('what the reader has decided while it waited is not overruled', async () => {
    const store = await openTestStore();
    await answerTagRules(store).keepTagRule({ rule: null, value: fog });
    const id = kept(store, ['ruled']);
    tag(store)({ ids: [id], add: [], remove: ['ruled'] });
    favourite(store)({ ids: [id], on: true });
    favourite(store)({ ids: [id], on: false });
    await becomes(store, id, { title: 'Fog' });
    expect(rowsOf(store, [id])).toMatchObject([{ tags: [], favourite: false, archived: true }]);
  });

  test('an article that was here before the rule is left alone', async () => {
    const store = await openTestStore();
    const id = kept(store);
    await becomes(store, id, { title: 'Fog' });
    await answerTagRules(store).keepTagRule({ rule: null, value: fog });
    await becomes(store, id, { title: 'Fog' });
    expect(rowsOf(store, [id])).toMatchObject([{ tags: [], favourite: false, archived: false }]);
  });

  test('through the whole library: a page saved from the web', async () => {
    const web = await startWeb({ '/fog': newsPage('Fog over the harbour'), '/sun': newsPage('Sun over the hills') });
    const library = await openTestLibrary();
    await library.answers.keepTagRule({ rule: null, value: rule([{ by: 'title', value: 'FOG' }, { by: 'language', value: 'en' }], { add: ['weather/fog'] }) });
    await library.answers.save({ urls: [`${web.origin}/fog`, `${web.origin}/sun`], tags: ['mine'], typed: true });
    await library.idle();
    await web.close();
    expect((await library.rows()).map(({ title, tags }) => [title, tags]).toSorted()).toEqual([['Fog over the harbour', ['mine', 'weather/fog']], ['Sun over the hills', ['mine']]]);
  });
});
