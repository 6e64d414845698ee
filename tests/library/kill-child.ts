import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { ActBody } from '../../electron/library/storage/acts.ts';
import { keep } from '../../electron/library/articles.ts';
import { openStore } from '../../electron/library/storage/store.ts';
import { seal } from './made-up-article.ts';

/*
 * Works on the library in argv[2] until it is killed, seeded by argv[3]. Says each step before it begins (`{"begin":…}`)
 * and after the library has answered (`{"done":n}`), straight to the descriptor, so that nothing said is lost in a buffer.
 */
const [path = '', seed = '1'] = process.argv.slice(2);
let state = Number(seed) % 2_147_483_647 || 1;
const random = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
const say = (line: unknown) => writeSync(1, `${JSON.stringify(line)}\n`);

export type Step =
  | { do: 'save'; urls: string[]; tags: string[] }
  | { do: 'ready'; url: string; title: string }
  | { do: 'tag'; url: string; tag: string; on: boolean }
  | { do: 'title'; url: string; title: string }
  | { do: 'favourite' | 'trash'; url: string; on: boolean }
  | { do: 'place'; url: string; progress: number }
  | { do: 'erase'; url: string };

const store = await openStore({ path });
const ids = new Map<string, string>();
for (const row of store.db.prepare('SELECT id, url FROM articles WHERE saved = 1').all()) ids.set(String(row['url']), String(row['id']));
say({ open: true });

for (let number = 0; ; number++) {
  const step = choose(number);
  say({ begin: step });
  await perform(step);
  say({ done: number });
  await setImmediate();
}

function choose(number: number): Step {
  const urls = [...ids.keys()];
  const url = urls[random(Math.max(1, urls.length))];
  const kind = random(12);
  if (url === undefined || kind < 2) {
    const many = random(4) === 0 ? 60 : 1;
    return { do: 'save', urls: Array.from({ length: many }, (_, n) => `https://example.org/${seed}/${number}/${n}`), tags: ['new', `batch/${seed}`] };
  }
  if (kind < 6) return { do: 'ready', url, title: `题目 ${seed}-${number}` };
  if (kind < 8) return { do: 'tag', url, tag: `t${random(4)}`, on: random(3) > 0 };
  if (kind === 8) return { do: 'title', url, title: `Renamed ${number}` };
  if (kind === 9) return { do: random(2) ? 'favourite' : 'trash', url, on: random(2) > 0 };
  if (kind === 10) return { do: 'place', url, progress: random(100) / 100 };
  return random(6) === 0 ? { do: 'erase', url } : { do: 'favourite', url, on: true };
}

async function perform(step: Step): Promise<void> {
  if (step.do === 'save') {
    for (const { id, url } of keep(store, step.urls.map((url) => ({ url, job: { from: 'web', typed: true } })), step.tags)) ids.set(url ?? '', id);
    return;
  }
  const id = ids.get(step.url) ?? '';
  if (step.do === 'ready') {
    const sealed = await seal(store, id, { url: step.url, title: step.title, html: `<p>${'内容 of the article. '.repeat(200)}</p>` });
    store.act([{ act: 'ready', id, ...sealed }]);
    return;
  }
  store.act([actOf(step, id)]);
  if (step.do === 'erase') ids.delete(step.url);
}

function actOf(step: Exclude<Step, { do: 'save' | 'ready' }>, id: string): ActBody {
  switch (step.do) {
    case 'tag':
      return { act: 'tag', id, tag: step.tag, on: step.on };
    case 'title':
      return { act: 'set', id, field: 'title', value: step.title };
    case 'favourite':
      return { act: 'set', id, field: 'favourite', value: step.on };
    case 'trash':
      return { act: 'set', id, field: 'trashed', value: step.on ? store.now() : null };
    case 'place':
      return { act: 'place', id, at: store.now(), place: { block: 0, quote: '', offset: 0, progress: step.progress } };
    case 'erase':
      return { act: 'erase', id };
  }
}
