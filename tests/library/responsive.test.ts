import { expect, onTestFinished, test } from 'vitest';
import { startWeb } from '../web/web.ts';
import { newsPage, openTestLibrary } from './open-test-library.ts';

/*
 * Whatever is being saved, the window's questions are answered by the same thread: no turn of it may be long. Counted in
 * its own processor time, so that a busy machine makes no difference.
 */

/** The longest turn of this thread's event loop from now on, in milliseconds of processor time. */
function watchTurns(): { longest(): number; stop(): void } {
  const used = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let longest = 0;
  let last = used();
  let on = true;
  const turn = (): void => {
    const now = used();
    longest = Math.max(longest, now - last);
    last = now;
    if (on) setImmediate(turn);
  };
  setImmediate(turn);
  return { longest: () => longest, stop: () => (on = false) };
}

const paragraph = '<p>In the morning the people of the river met to talk about the harbour, and by noon most of them agreed that something had to be done, though nobody could say what it was.</p>';
const wrap = (inside: string) => `<!doctype html><html lang="en"><title>Large</title><body><article><h1>Large</h1>${inside}</article></body></html>`;

test.each([
  ['a list of 60,000 links', wrap(`<ul>${'<li><a href="/x">A river and a harbour and a garden in winter</a></li>'.repeat(60_000)}</ul>`)],
  ['two megabytes of text', wrap(paragraph.repeat(12_000))],
  ['100,000 boxes in each other', wrap(`${'<div>'.repeat(100_000)}${paragraph}`)],
  ['20,000 rows of a table', wrap(`${paragraph}<table>${'<tr><td>1</td><td>a river</td></tr>'.repeat(20_000)}</table>`)],
])('%s: lists are answered all the while, and it comes to an end', async (_, page) => {
  const web = await startWeb({ '/p': page, '/ok': newsPage('A small one beside it') });
  onTestFinished(() => web.close());
  const library = await openTestLibrary();
  const [small] = await library.answers.save({ urls: [`${web.origin}/ok`], tags: [], typed: true });
  // What is read and compiled once is no page's doing.
  await library.idle();
  const turns = watchTurns();
  const [saved] = await library.answers.save({ urls: [`${web.origin}/p`], tags: [], typed: true });
  let answered = 0;
  const stage = async () => (await library.rows()).find(({ id }) => id === saved?.id)?.stage.state ?? '';
  for (let state = await stage(); !['ready', 'failed'].includes(state); state = await stage()) {
    expect((await library.rows()).map(({ id }) => id)).toContain(small?.id);
    answered++;
    await new Promise((soon) => setImmediate(soon));
  }
  await library.idle();
  turns.stop();
  expect(answered).toBeGreaterThan(20);
  expect(turns.longest()).toBeLessThan(150);
}, 60_000);
