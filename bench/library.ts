import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keep } from '../electron/library/articles.ts';
import { article } from '../electron/library/articles.ts';
import { checkLibrary } from '../electron/library/storage/check.ts';
import { toPage } from '../electron/library/leave/page.ts';
import { countOf, home, list, related } from '../electron/library/lists.ts';
import { favourite } from '../electron/library/marks.ts';
import { sealArticle, type Meta } from '../electron/library/storage/parts.ts';
import { search } from '../electron/library/search/search.ts';
import { openStore, type OpenStore } from '../electron/library/storage/store.ts';
import { sweepLeftovers } from '../electron/library/storage/sweep.ts';
import { tag, tags } from '../electron/library/tags.ts';

/*
 * node bench/library.ts [articles] [folder] [paragraphs]
 * Makes a library of made-up articles by the real path (acts, sealed folders), or takes the one in `folder` if it is
 * there (filled up to as many; with 0 paragraphs by waiting rows alone), then prints how long each question takes: median and the slowest of its runs, in milliseconds.
 */
const total = Number(process.argv[2] ?? 10_000);
const kept = process.argv[3];
const paragraphs = Number(process.argv[4] ?? 12);
const path = kept ?? mkdtempSync(join(tmpdir(), 'lectern-bench-'));

let state = 7;
/** What must be there for a measurement to make sense. */
function sure<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Too few articles to measure');
  return value;
}

const random = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
const common = [...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严'];
const words = 'river paper reader shelf quiet window garden lamp letter stone morning harbour winter bread music school engine market valley bridge'.split(' ');
const tagNames = Array.from({ length: 60 }, (_, n) => (n % 3 ? `栏目${n % 12}/主题${n}` : `topic${n}`));

function sentence(): string {
  const han = Array.from({ length: 20 + random(40) }, () => sure(common[Math.min(random(common.length), random(common.length))])).join('');
  return random(4) === 0 ? `${han} ${sure(words[random(words.length)])} ${sure(words[random(words.length)])}。` : `${han}。`;
}

async function fill(store: OpenStore): Promise<void> {
  const started = performance.now();
  for (let done = countOf(store, 'all'); done < total; done += 200) {
    const wanted = Array.from({ length: Math.min(200, total - done) }, (_, n) => ({ url: `https://site${(done + n) % 200}.example/${done + n}`, job: { from: 'web', typed: false } as const }));
    const ids = keep(store, wanted, [sure(tagNames[random(60)]), sure(tagNames[random(60)])]).map(({ id }) => id);
    if (paragraphs === 0) continue;
    const ready = await Promise.all(
      ids.map(async (id, n) => {
        const html = Array.from({ length: paragraphs }, () => `<p>${Array.from({ length: 5 }, sentence).join('')}</p>`).join('\n');
        const meta: Omit<Meta, 'sums'> = {
          id, url: sure(wanted[n]).url, addedAt: store.now(), title: `${sentence().slice(0, 18)} ${done + n}`, byline: null, site: `站${n % 50}`, source: null,
          publishedAt: null, modifiedAt: null, lang: 'zh', dir: 'ltr', leadImage: null, canonical: null, excerpt: sentence(), breadcrumb: [], section: null,
          keywords: [], resources: [], kind: 'article', words: 2_500 + random(500), minutes: 6, extractedBy: 'bench', encoding: 'utf-8', pictures: [], certificate: null, pages: null,
        };
        return { act: 'ready' as const, id, ...(await sealArticle(store, { id, document: toPage(meta, html), meta, page: null })) };
      }),
    );
    store.act(ready);
  }
  const acted = performance.now();
  await store.settled();
  console.log(`made ${total} articles: ${Math.round(acted - started)} ms, then ${Math.round(performance.now() - acted)} ms of indexing`);
}

function measure(name: string, runs: number, work: (run: number) => unknown): void {
  const times: number[] = [];
  let last: unknown;
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    last = work(run);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const facts = typeof last === 'object' && last !== null && 'total' in last ? `  (${String(last.total)})` : '';
  console.log(`${name.padEnd(44)} ${sure(times[times.length >> 1]).toFixed(2).padStart(9)} ${sure(times.at(-1)).toFixed(2).padStart(9)}${facts}`);
}

let store = await openStore({ path });
if (countOf(store, 'all') < total) await fill(store);
await store.close();
let started = performance.now();
store = await openStore({ path });
console.log(`opened in ${Math.round(performance.now() - started)} ms; ${countOf(store, 'all')} articles`);
const last = countOf(store, 'all') - 60;
const page = (where: Parameters<ReturnType<typeof list>>[0]['where'], sort: 'newest' | 'title' | 'longest' | 'oldest', from: number) => () => list(store)({ where, sort, from, count: 60 });

for (const sort of ['newest', 'oldest', 'title', 'longest'] as const) {
  measure(`list all, ${sort}, first page`, 15, page({ list: 'all' }, sort, 0));
  measure(`list all, ${sort}, last page`, 15, page({ list: 'all' }, sort, last));
}
measure('list favourites (none or few)', 15, page({ list: 'favourites' }, 'newest', 0));
measure('list tag, newest', 15, page({ list: 'tag', tag: sure(sure(tagNames[1]).split('/')[0]) }, 'newest', 0));
measure('list tag, title', 15, page({ list: 'tag', tag: sure(sure(tagNames[1]).split('/')[0]) }, 'title', 0));
measure('list site', 15, page({ list: 'site', host: 'site7.example' }, 'newest', 0));
measure('home', 15, () => home(store)({ rows: 6 }));
measure('tags', 15, () => tags(store)({}));
const ids = list(store)({ where: { list: 'all' }, sort: 'newest', from: 0, count: 500 }).rows.map((row) => row.id);
measure('related', 15, (run) => related(store)({ id: sure(ids[run * 7]), count: 6 }));
measure('article', 30, (run) => article(store)({ id: sure(ids[run * 7]) }));
const asked = (query: string) => () => search(store)({ query, from: 0, count: 20 });
for (const query of ['的', '经济', '不了有', 'river', 'riv', '"river paper"', '的 river', '的 一 是', '的 -river', `tag:${sure(tagNames[3])} 的`, 'site:site7.example', '没有这个词组吧']) {
  measure(`search ${query}`, 9, asked(query));
}
measure('favourite one (act)', 30, (run) => favourite(store)({ ids: [sure(ids[run])], on: true }));
measure('tag one (act and search index)', 30, (run) => tag(store)({ ids: [sure(ids[run])], add: [`b${run}`], remove: [] }));
measure('favourite 500 (act)', 2, (run) => favourite(store)({ ids, on: run % 2 === 1 }));
measure('keep 500 addresses (act)', 3, (run) => keep(store, Array.from({ length: 500 }, (_, n) => ({ url: `https://new.example/${Date.now()}/${run}/${n}`, job: { from: 'web', typed: true } })), []).length);
for (const [name, work] of [
  ['sweep', () => sweepLeftovers(store, 0)],
  ['rebuild', () => store.rebuild()],
  ['check', async () => console.log(JSON.stringify(await checkLibrary(store)).slice(0, 300))],
] as const) {
  await store.settled();
  started = performance.now();
  await work();
  console.log(`${name}: ${Math.round(performance.now() - started)} ms`);
}
await store.close();
if (kept === undefined) rmSync(path, { recursive: true });
