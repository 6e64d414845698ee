import { expect, test } from 'vitest';
import { search } from '../../electron/library/search/search.ts';
import type { OpenStore } from '../../electron/library/storage/store.ts';
import { foldText } from '../../shared/fold.ts';
import { addReady, openTestStore } from './made-up.ts';
import { sure } from './made-up-article.ts';

let state = 42;
const random = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
const found = (store: OpenStore, query: string) => new Set(search(store)({ query, from: 0, count: 200 }).hits.map(({ id }) => id));

test('Chinese of one to six characters, simplified or traditional, in any width: nothing that contains it is missed', { timeout: 60_000 }, async () => {
  const store = await openTestStore();
  // Both spellings of a character, and what stands between in real texts.
  const pairs = [...'发髮 发發 后後 里裡 里裏 干乾 干幹 头頭 国國 学學 经經 济濟 云雲 风風 书書 门門 车車 东東 马馬 鸟鳥'.replaceAll(' ', '')];
  const signs = [...pairs, ...'的一是不了人我在有他这中大来上山水江河', ...'，。、「」', 'Ａ', 'b', '１', 'ｶﾞ', '한', 'の'];
  const texts = new Map<string, string>();
  for (let number = 0; number < 40; number++) {
    const text = Array.from({ length: 400 }, () => sure(signs[random(signs.length)])).join('');
    texts.set(await addReady(store, { title: `T${number}`, html: `<p>${text}</p>` }), foldText(text));
  }
  await store.settled();
  let asked = 0;
  for (let round = 0; round < 400; round++) {
    const length = 1 + (round % 6);
    const text = sure([...texts.values()][random(texts.size)]);
    const from = random(text.length - length);
    const wanted = text.slice(from, from + length);
    if (!/^\p{Script=Han}+$/u.test(wanted)) continue;
    asked += 1;
    // Asked in either spelling.
    const spelt = [...wanted].map((sign) => { const at = pairs.indexOf(sign); return at >= 0 && at % 2 === 0 && random(2) === 1 ? sure(pairs[at + 1]) : sign; }).join('');
    const hits = found(store, spelt);
    const missed = [...texts].filter(([id, whole]) => whole.includes(wanted) && !hits.has(id));
    expect([spelt, missed.length]).toEqual([spelt, 0]);
  }
  expect(asked).toBeGreaterThan(100);
});

test('English is found as a plain tokenizer would: whole words, the last by its beginning', { timeout: 60_000 }, async () => {
  const store = await openTestStore();
  const stems = ['harbour', 'harbours', 'harb', 'river', 'rivers', 'riverbank', 'café', 'cafe', 'naïve', "don't", 'well-known', 'GPT-4o', 'U.S.', 'e-mail', 'état', 'Zürich', '1984', '3.14', 'snake_case', 'x'];
  const texts = new Map<string, string[]>();
  const tokens = (text: string) => text.normalize('NFKD').replace(/[\u0300-\u036f]/gu, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  for (let number = 0; number < 50; number++) {
    const text = Array.from({ length: 12 }, () => sure(stems[random(stems.length)])).join(random(2) === 0 ? ' ' : ', ');
    texts.set(await addReady(store, { title: 'Untold', html: `<p>${text}</p>` }), tokens(text));
  }
  await store.settled();
  const fits = (words: string[], wanted: string[], open: boolean) =>
    words.some((_, at) => wanted.every((word, n) => (open && n === wanted.length - 1 ? (words[at + n] ?? '').startsWith(word) : words[at + n] === word)));
  for (let round = 0; round < 300; round++) {
    const [one, two] = [sure(stems[random(stems.length)]), sure(stems[random(stems.length)])];
    const typed = two.slice(0, 1 + random(two.length));
    const open = round % 2 === 0;
    const last = open ? typed : two;
    const lastTokens = tokens(last);
    if (lastTokens.length === 0) continue;
    // A last word of one letter is not yet looked for beside another; of several parts only the end is open.
    const letter = /^\p{L}$/u.test(last);
    const query = `${one} ${last}${open ? '' : ' '}`;
    const isOpen = open && /[\p{L}\p{N}]{2}$/u.test(last);
    const wanted = [...texts].filter(([, words]) => fits(words, tokens(one), false) && ((open && letter) || fits(words, lastTokens, isOpen))).map(([id]) => id);
    expect([query, [...found(store, query)].toSorted()]).toEqual([query, wanted.toSorted()]);
  }
});
