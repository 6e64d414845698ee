import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { readOffline } from '../tests/offline.ts';

/*
 * node bench/saving.ts [--pages=1000] [--rounds=2] [--percollate=FOLDER] [--ways=lectern,floor,…] [--offline]     (Linux)
 * Saves so many made-up news pages from a loopback server, in turns, each way in a process of its own that starts with nothing:
 * by Lectern; by Readability on jsdom, which writes article and pictures and syncs nothing; by the least that an importer of
 * the same engine does (floor.ts); and by percollate, when the folder it is installed in is given, which keeps no pictures.
 * CPU is that of the whole process tree, memory the most it shared out among itself (PSS), disk is held against a gzip -6 of
 * the sources and against the distinct pictures. With --offline (after `npm run build`) the server is then stopped and every
 * article opened in the reader, and whatever asks for a network is counted.
 */
const { values } = parseArgs({ options: { pages: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '2' }, percollate: { type: 'string' }, ways: { type: 'string' }, offline: { type: 'boolean', default: false } } });
const pages = Number(values.pages);
const ways = values.ways?.split(',') ?? ['lectern', 'readability', 'floor', ...(values.percollate === undefined ? [] : ['percollate'])];

type Facts = { seconds: number; cpu: number; memory: number };

/** User and system seconds of everything that this process has started and waited for. */
function waitedFor(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').replace(/^.*\)/s, '').trim().split(' ');
  return (Number(fields[13]) + Number(fields[14])) / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
}

/** Memory in MB of a process and all below it, each page of memory counted once. */
function memoryOf(pid: number): number {
  try {
    const own = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1_000;
    const threads = readdirSync(`/proc/${pid}/task`);
    const below = threads.flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' ').filter((text) => text !== ''));
    return below.reduce((sum, child) => sum + memoryOf(Number(child)), own);
  } catch {
    // Gone between two looks.
    return 0;
  }
}

async function run(way: string, port: string, path: string, pages: number): Promise<Facts> {
  const before = waitedFor();
  const begun = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'saving-ways.ts'), way, String(pages), port, path, values.percollate ?? ''], { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NODE_COMPILE_CACHE: compiled } });
  let memory = 0;
  const look = setInterval(() => (memory = Math.max(memory, memoryOf(child.pid ?? 0))), 250);
  const code = await new Promise((done) => child.once('exit', done));
  clearInterval(look);
  if (code !== 0) throw new Error(`${way} ended with ${code}`);
  return { seconds: (performance.now() - begun) / 1_000, cpu: waitedFor() - before, memory };
}

function weightOf(path: string, counts: (name: string) => boolean): number {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name)).reduce((sum, name) => sum + (counts(name.slice(path.length + 1)) ? statSync(name).size : 0), 0);
}

/** What disk is held against: the sources packed by gzip -6 and the articles' distinct pictures, in bytes. */
async function sourcesOf(port: string): Promise<{ packed: number; pictures: number }> {
  let packed = 0;
  const pictures = new Map<string, number>();
  for (let i = 0; i < pages; i++) {
    const url = `http://127.0.0.${1 + (i % 40)}:${port}/page/${i}`;
    const html = await (await fetch(url)).text();
    packed += gzipSync(html, { level: 6 }).length;
    for (const [, source = ''] of html.matchAll(/<img src="([^"]+)"/g)) {
      const bytes = new Uint8Array(await (await fetch(new URL(source, url))).arrayBuffer());
      pictures.set(createHash('sha256').update(bytes).digest('hex'), bytes.length);
    }
  }
  return { packed, pictures: [...pictures.values()].reduce((sum, bytes) => sum + bytes, 0) };
}

function newFolder(way: string): string {
  const path = mkdtempSync(join(tmpdir(), `lectern-bench-${way}-`));
  folders.push(path);
  return path;
}

const web = spawn(process.execPath, [join(import.meta.dirname, 'made-up-web.ts'), String(pages)], { stdio: ['ignore', 'pipe', 'inherit'] });
/** What Node compiled is kept between the runs, so that taking types out of our sources is not counted as saving. */
const compiled = mkdtempSync(join(tmpdir(), 'lectern-bench-compiled-'));
const folders = [compiled];
let library = '';
try {
  const port = await new Promise<string>((told) => createInterface({ input: web.stdout }).once('line', told));
  const sources = await sourcesOf(port);
  for (const way of ways) await run(way, port, newFolder(way), 3);
  const found = new Map<string, Facts[]>(ways.map((way) => [way, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const way of ways) {
      const path = newFolder(way);
      if (way === 'lectern') library = path;
      const facts = await run(way, port, path, pages);
      found.get(way)?.push(facts);
      console.log(`${way.padEnd(12)} ${(pages / facts.seconds).toFixed(1).padStart(6)} pages/s  ${((1_000 * facts.cpu) / pages).toFixed(1).padStart(6)} ms CPU a page  ${facts.memory.toFixed(0).padStart(5)} MB at most  ${(weightOf(path, () => true) / pages / 1_000).toFixed(0).padStart(4)} kB a page on disk`);
    }
  }
  const ours = found.get('lectern') ?? [];
  for (const way of ways.filter((each) => each !== 'lectern' && ours.length > 0)) {
    const pairs = (found.get(way) ?? []).map((theirs, i) => ({ cpu: (ours[i]?.cpu ?? 0) / theirs.cpu, speed: theirs.seconds / (ours[i]?.seconds ?? 0) }));
    console.log(`Lectern beside ${way}: ${pairs.map(({ cpu }) => cpu.toFixed(2)).join(', ')} of its CPU, ${pairs.map(({ speed }) => speed.toFixed(2)).join(', ')} times its pages a second`);
  }
  if (library !== '') {
    const isPicture = (name: string) => name.startsWith(`files${sep}`);
    const isSource = (name: string) => /[\\/]page(?:-\d+)?\.br$/.test(name);
    const ratio = (bytes: number, to: number) => (bytes / to).toFixed(2);
    console.log(`disk without pictures beside gzip -6 of the sources: ${ratio(weightOf(library, (name) => !isPicture(name)), sources.packed)}, without the sources ${ratio(weightOf(library, (name) => !isPicture(name) && !isSource(name)), sources.packed)}; pictures beside the distinct ones: ${ratio(weightOf(library, isPicture), sources.pictures)}`);
    for (const part of ['index.db', 'journal', 'article.html', 'meta.json', 'page.br']) console.log(`  ${part.padEnd(14)}${(weightOf(library, (name) => name.split(sep).some((each) => each.startsWith(part))) / pages / 1_000).toFixed(1).padStart(6)} kB a page`);
    if (values.offline) {
      // Gone, not only told to go: the trap stands at its port.
      const gone = new Promise((done) => web.once('exit', done));
      web.kill();
      await gone;
      const { articles, pictures, lacking, broken, attempts } = await readOffline(library, Number(port));
      console.log(`offline: ${articles} articles opened, ${pictures} pictures shown, ${broken.length + lacking} missing, ${attempts.length} attempts to reach a network ${attempts.slice(0, 5).join('; ')}`);
    }
  }
} finally {
  web.kill();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
