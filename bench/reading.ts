import type { CDPSession, Page } from 'playwright-core';
import { sized } from '../tests/articles/articles.ts';
import { setStage } from '../tests/stage.ts';

/*
 * node bench/reading.ts [ROUNDS]
 * What reading costs in the built app and a real Chromium, each beside its yardstick in the same run, in turns: an article of
 * 200 KB, of 2 MB and of 5 MB opened, from the press to the painted frame, beside an empty change of two frames; the same in
 * pages; the 5 MB scrolled, beside an empty page that scrolls; and a minute's rest, beside a blank page.
 */
const rounds = Number(process.argv[2] ?? 7);
const sizes = { '200 KB': 200_000, '2 MB': 2_000_000, '5 MB': 5_000_000 };

const stage = await setStage({ width: 1280, height: 860 });
const ids: Record<string, string> = {};
for (const [name, bytes] of [['note', 3_000], ...Object.entries(sizes)] as const) {
  ids[name] = (await stage.ask('saveText', { text: sized(bytes).html, format: 'html', url: `https://reading.example/${bytes}` })).id;
}
for (;;) {
  const { waiting, working, failed } = await stage.ask('queue', {});
  if (failed > 0) throw new Error('An article could not be saved.');
  if (waiting + working === 0) break;
  await new Promise((done) => setTimeout(done, 200));
}
const { page } = stage;

const middle = (values: number[], share = 0.5): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const tell = (name: string, value: number, unit: string, beside: number): void => console.log(`${name.padEnd(38)} ${value.toFixed(1).padStart(9)} ${unit}   beside ${beside.toFixed(1)}: ${(value / beside).toFixed(2)}`);

/** From the address changing to the frame in which the text is painted, in milliseconds. */
async function opened(id: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const frames = () => new Promise((done) => requestAnimationFrame(done));
    const body = () => document.querySelector('iframe')?.contentDocument?.getElementById('body');
    const before = body()?.firstElementChild ?? null;
    await frames();
    const began = performance.now();
    location.hash = `#/home?article=${wanted}`;
    while (body()?.firstElementChild === before || !body()?.firstElementChild) await frames();
    await frames();
    return performance.now() - began;
  }, id);
}

/** A change of one word, and the two frames until it is certainly painted. */
async function emptyChange(): Promise<number> {
  return page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(done));
    const began = performance.now();
    document.body.dataset['bench'] = String(began);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - began;
  });
}

async function opening(): Promise<void> {
  const times = new Map<string, number[]>();
  await page.goto(`${stage.host.origin}/#/home?article=${ids['note'] ?? ''}`);
  await page.waitForSelector('iframe');
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ['nothing', ...Object.keys(sizes)]) {
      const time = name === 'nothing' ? await emptyChange() : await opened(ids[name] ?? '');
      times.set(name, [...(times.get(name) ?? []), time]);
      if (name !== 'nothing') await opened(ids['note'] ?? '');
    }
  }
  const empty = middle(times.get('nothing') ?? []);
  for (const name of Object.keys(sizes)) tell(`open ${name}`, middle(times.get(name) ?? []), 'ms', empty);
  tell('open 2 MB beside 200 KB', middle(times.get('2 MB') ?? []), 'ms', middle(times.get('200 KB') ?? []));
}

/** The times between frames while a page goes down by 120 pixels a frame, in milliseconds. */
const scrolling = (target: Page, framed: boolean) => target.evaluate(async (inFrame) => {
  const view = inFrame ? (document.querySelector('iframe')?.contentWindow ?? window) : window;
  const gaps: number[] = [];
  let last = await new Promise<number>((done) => requestAnimationFrame(done));
  for (let step = 0; step < 240; step += 1) {
    view.scrollBy(0, 120);
    const now = await new Promise<number>((done) => requestAnimationFrame(done));
    gaps.push(now - last);
    last = now;
  }
  return gaps;
}, framed);

async function scrolled(blank: Page): Promise<void> {
  await opened(ids['5 MB'] ?? '');
  await blank.setContent('<div style="height:60000px;background:linear-gradient(white,grey)"></div>');
  const [ours, bare] = [[] as number[], [] as number[]];
  for (let round = 0; round < 3; round += 1) {
    await blank.bringToFront();
    bare.push(...(await scrolling(blank, false)));
    await page.bringToFront();
    ours.push(...(await scrolling(page, true)));
  }
  tell('scroll 5 MB, frame p95', middle(ours, 0.95), 'ms', middle(bare, 0.95));
  tell('scroll 5 MB, longest frame', Math.max(...ours), 'ms', Math.max(...bare));
}

/** What the main thread does in so many seconds of rest. */
async function resting(client: CDPSession, seconds: number): Promise<Record<string, number>> {
  const read = async () => Object.fromEntries((await client.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  await client.send('Performance.enable');
  const before = await read();
  await new Promise((done) => setTimeout(done, seconds * 1_000));
  const after = await read();
  return Object.fromEntries(['TaskDuration', 'ScriptDuration', 'LayoutCount', 'RecalcStyleCount'].map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)]));
}

async function rest(blank: Page): Promise<void> {
  await opened(ids['200 KB'] ?? '');
  // What was thrown away before is still being tidied up after.
  await new Promise((done) => setTimeout(done, 10_000));
  const seconds = Math.min(60, rounds * 4);
  await blank.setContent('');
  const ours = await resting(await stage.context.newCDPSession(page), seconds);
  await blank.bringToFront();
  const bare = await resting(await stage.context.newCDPSession(blank), seconds);
  await page.bringToFront();
  console.log(`rest of ${seconds} s: main thread ${((ours['TaskDuration'] ?? 0) * 1_000).toFixed(1)} ms (blank page ${((bare['TaskDuration'] ?? 0) * 1_000).toFixed(1)}), script ${((ours['ScriptDuration'] ?? 0) * 1_000).toFixed(1)} ms, layouts ${ours['LayoutCount']}, styles ${ours['RecalcStyleCount']}`);
}

const blank = await stage.context.newPage();
await page.bringToFront();
console.log('scrolled:');
await opening();
await scrolled(blank);
await rest(blank);
console.log('in pages:');
await stage.ask('changeSettings', { flow: 'pages' });
await opening();
await stage.close();
