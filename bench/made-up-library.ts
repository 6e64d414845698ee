import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toPage } from '../electron/library/leave/page.ts';
import { encodeAct, type Act, type ActBody } from '../electron/library/storage/acts.ts';
import { createClock } from '../electron/library/storage/clock.ts';
import { fileAddress, filePath } from '../electron/library/storage/files.ts';
import { segmentPath } from '../electron/library/storage/journal.ts';
import { libraryFormat } from '../electron/library/storage/layout.ts';
import { folderYear, packPage, partNames, type Meta, type Sealed } from '../electron/library/storage/parts.ts';
import { openStore } from '../electron/library/storage/store.ts';
import type { Picture } from '../shared/article.ts';
import { png } from '../tests/web/pictures.ts';
import { randomOf, sentenceOf, titleOf, wordOf, zipf, type Language } from './made-up-words.ts';

/*
 * node bench/made-up-library.ts FOLDER [articles=10000] [seed=1]
 * Makes a library of made-up articles: half Chinese, four in ten English, some Japanese; of uneven lengths; with nested tags, sites,
 * times over six years, states and places, some with pictures and with the page they came from. The same seed and number come to
 * the same journal and parts, byte for byte. It is a true library folder, for which `lectern check` finds nothing to say: only the
 * syncing of each part is left out, and all acts are written before the index is made from them.
 */

const begin = Date.UTC(2020, 0, 1);
const span = 6 * 365.25 * 24 * 60 * 60 * 1_000;
const device = 'madeup000001';
const sealAt = 8 * 1024 * 1024;
const digits = '0123456789abcdefghjkmnpqrstvwxyz';

const sites = Array.from({ length: 400 }, (_, n) => {
  const random = randomOf(9_000 + n);
  const language: Language = n % 20 < 10 ? 'zh' : n % 20 < 18 ? 'en' : 'ja';
  return { language, host: `${wordOf('en', random)}${n}.example`, name: titleOf(language, random).slice(0, 14) };
});
const siteOf = { zh: zipf(sites.filter((site) => site.language === 'zh')), en: zipf(sites.filter((site) => site.language === 'en')), ja: zipf(sites.filter((site) => site.language === 'ja')) };
const tagOf = zipf(
  Array.from({ length: 320 }, (_, n) => {
    const random = randomOf(7_000 + n);
    const top = [`栏目${n % 13}`, `topic ${n % 17}`, `話題${n % 5}`][n % 3] ?? '';
    const under = wordOf(n % 3 === 1 ? 'en' : 'zh', random);
    return [top, `${top}/${under}`, `${top}/${under}/${wordOf('zh', random)}`][n < 35 ? 0 : n % 5 === 0 ? 2 : 1] ?? '';
  }),
);

function idOf(time: number, random: () => number): string {
  let stamp = '';
  for (let rest = time, index = 0; index < 10; index++, rest = Math.floor(rest / 32)) stamp = digits.charAt(rest % 32) + stamp;
  return stamp + Array.from({ length: 10 }, () => digits.charAt(Math.floor(random() * 32))).join('');
}

const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const iso = (time: number): string => new Date(time).toISOString();
/** Paragraphs of an article: most have a dozen, some a hundred. */
const lengthOf = (random: () => number): number => Math.max(2, Math.round(9 * Math.exp(0.75 * Math.sqrt(-2 * Math.log(1 - random() * 0.999_9)) * Math.cos(2 * Math.PI * random()))));

/** What is written is synced by nothing here: a library that is only measured is made again after a power cut. */
function put(path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, bytes, { mode: 0o600 });
}

/** One of the library's pictures: as heavy as a small photograph, a few of them used again and again. */
function pictureOf(root: string, host: string, number: number): Picture {
  const random = randomOf(500_000 + number);
  const [width, height] = [320 + 80 * Math.floor(random() * 4), 200 + 40 * Math.floor(random() * 4)];
  // Decoders stop at the picture's end; the bytes after it are its weight.
  const weight = createHash('shake256', { outputLength: 8_000 + Math.floor(random() * 24_000) }).update(String(number)).digest();
  const bytes = Buffer.concat([png(width, height, Math.floor(random() * 0xffffff)), weight]);
  const file = `${sumOf(bytes)}.png`;
  if (!existsSync(filePath(root, file))) put(filePath(root, file), bytes);
  return { url: `https://${host}/picture/${number}.png`, state: 'stored', file, bytes: bytes.length, width, height };
}

/** Everything an article is; the same for the same seed and number. */
async function makeArticle(root: string, seed: number, n: number, count: number): Promise<{ at: number; acts: ActBody[] }> {
  const random = randomOf(seed * 1_000_003 + n);
  const at = begin + Math.floor(((n + random() * 0.9) / count) * span);
  const id = idOf(at, random);
  const draw = random();
  const language: Language = draw < 0.5 ? 'zh' : draw < 0.92 ? 'en' : 'ja';
  const site = siteOf[language](random);
  const url = `https://${site.host}/${new Date(at).getUTCFullYear()}/${n}.html`;
  const tags = [...new Set(Array.from({ length: Math.floor(random() * 4.2) }, () => tagOf(random)))];
  const acts: ActBody[] = [{ act: 'save', id, at: iso(at), url, name: '', tags, job: { from: 'web', typed: true } }];
  if (random() < 0.01) return { at, acts: [...acts, { act: 'failed', id, failure: { kind: 'gone', host: site.host, status: 404 } }] };

  const pictures = random() < 0.3 ? Array.from({ length: 1 + Math.floor(random() * 3) }, () => pictureOf(root, site.host, Math.floor(random() * (5 + count / 25)))) : [];
  const blocks = Array.from({ length: lengthOf(random) }, (_, block) => {
    const text = Array.from({ length: 2 + Math.floor(random() * 5) }, () => sentenceOf(language, random)).join(language === 'en' ? ' ' : '');
    const picture = pictures[block];
    const image = picture?.state === 'stored' ? `<figure><img src="/files/${fileAddress(picture.file)}" alt="" width="${picture.width}" height="${picture.height}"></figure>\n` : '';
    return `${block % 7 === 6 ? `<h2>${titleOf(language, random)}</h2>\n` : ''}<p>${text}</p>\n${image}`;
  });
  const html = blocks.join('').trim();
  const text = html.replaceAll(/<[^>]*>/g, '');
  const words = language === 'en' ? text.split(/\s+/).length : text.length;
  const meta: Omit<Meta, 'sums'> = {
    id, url, addedAt: iso(at), title: titleOf(language, random), byline: random() < 0.6 ? titleOf(language, random).slice(0, 16) : null, site: site.name, source: null,
    publishedAt: { local: iso(at - Math.floor(random() * 8.64e8)).slice(0, 10), offset: null, assumed: false }, modifiedAt: null, lang: language === 'zh' ? 'zh-CN' : language, dir: 'ltr',
    leadImage: pictures[0]?.url ?? null, canonical: null, excerpt: text.slice(0, 160), breadcrumb: [], section: null,
    keywords: [wordOf(language, random), wordOf(language, random)], resources: [], kind: 'article', words, minutes: Math.max(1, Math.round(words / (language === 'en' ? 230 : 400))),
    extractedBy: 'made-up', encoding: 'utf-8', pictures, certificate: { pictures: pictures.length, stored: pictures.length, bytes: html.length, at: iso(at) }, pages: null,
  };
  const page = random() < 0.1 ? { bytes: Buffer.from(`<!doctype html><title>${meta.title}</title><nav>${site.name}</nav><article>${html}</article>`), headers: { 'content-type': 'text/html' }, url } : null;
  acts.push({ act: 'ready', id, ...await seal(root, meta, html, page) });
  if (random() < 0.3) acts.push({ act: 'place', id, at: iso(at + 6e5), place: { block: 0, quote: '', offset: 0, progress: random() } });
  if (random() < 0.35) acts.push({ act: 'set', id, field: 'finished', value: iso(at + 8e7) });
  if (random() < 0.3) acts.push({ act: 'set', id, field: 'archived', value: true });
  if (random() < 0.04) acts.push({ act: 'set', id, field: 'favourite', value: true });
  // As of today: what was put into the trash at its own time would be erased when the library is opened.
  if (random() < 0.01) acts.push({ act: 'set', id, field: 'trashed', value: iso(Date.UTC(2100, 0, 1)) });
  return { at, acts };
}

async function seal(root: string, meta: Omit<Meta, 'sums'>, html: string, page: Parameters<typeof packPage>[0] | null): Promise<Sealed> {
  const folder = `${folderYear(meta.addedAt)}/${meta.id}`;
  const parts = new Map<string, Uint8Array>([[partNames.document, Buffer.from(toPage(meta, html))]]);
  if (page !== null) parts.set(partNames.page, await packPage(page));
  const sums: Record<string, string> = {};
  for (const [name, bytes] of parts) sums[name] = sumOf(bytes);
  const bytes = Buffer.from(JSON.stringify({ ...meta, sums }, null, 1));
  parts.set(partNames.meta, bytes);
  for (const [name, part] of parts) put(join(root, 'articles', folder, name), part);
  return { folder, sums: { ...sums, [partNames.meta]: sumOf(bytes) } };
}

/** Makes the library in a folder that has none, and its index; what is there already is taken as it is. */
export async function makeLibrary(root: string, count: number, seed = 1, tell: (line: string) => void = console.log): Promise<void> {
  if (existsSync(join(root, 'lectern.json'))) return;
  const started = performance.now();
  mkdirSync(join(root, 'journal', device), { recursive: true, mode: 0o700 });
  let time = 0;
  const clock = createClock(device, () => time);
  let segment = 1;
  let size = 0;
  let file = openSync(segmentPath(root, device, segment), 'w', 0o600);
  for (let n = 0; n < count; n++) {
    const { at, acts } = await makeArticle(root, seed, n, count);
    time = at;
    const lines = acts.map((act) => encodeAct({ ...act, clock: clock.tick() } as Act)).join('');
    if (size >= sealAt) {
      closeSync(file);
      [file, segment, size] = [openSync(segmentPath(root, device, segment + 1), 'w', 0o600), segment + 1, 0];
    }
    size += writeSync(file, lines);
    if ((n + 1) % 10_000 === 0) tell(`${n + 1} of ${count} written`);
  }
  closeSync(file);
  // Last: a library that was cut short while it was made is not taken for a whole one.
  const id = createHash('sha256').update(`${seed} ${count}`).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');
  writeFileSync(join(root, 'lectern.json'), `${JSON.stringify({ format: libraryFormat, id, app: 'Lectern' }, null, 2)}\n`, { mode: 0o600 });
  const written = performance.now();
  tell(`wrote ${count} articles in ${((written - started) / 1_000).toFixed(1)} s`);
  const store = await openStore({ path: root });
  await store.close();
  tell(`made their index in ${((performance.now() - written) / 1_000).toFixed(1)} s`);
}

if (import.meta.filename === process.argv[1]) {
  const [root, count = '10000', seed = '1'] = process.argv.slice(2);
  if (root === undefined) throw new Error('node bench/made-up-library.ts FOLDER [articles] [seed]');
  await makeLibrary(root, Number(count), Number(seed));
}
