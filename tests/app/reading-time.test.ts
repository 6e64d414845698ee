import { afterAll, beforeAll, expect, test } from 'vitest';
import { setStage, type Stage } from '../stage.ts';

/* How long an article is read, in the built app: told by what is done in the article's own frame. The window's stopwatch is set by hand. */

let stage: Stage;
let id: string;
beforeAll(async () => {
  stage = await setStage();
  id = (await stage.ask('saveText', { text: `# Long\n\n${'A sentence that is read with care, and one that is not.\n\n'.repeat(80)}`, format: 'markdown' })).id;
  await stage.page.addInitScript(() => {
    if (window.top !== window) return;
    let at = 0;
    performance.now = () => at;
    Object.assign(window, { pass: (seconds: number) => (at += seconds * 1_000) });
  });
});
afterAll(() => stage.close());

const pass = (seconds: number) => stage.page.evaluate((by) => (window as unknown as { pass(seconds: number): void }).pass(by), seconds);
const read = async () => (await stage.ask('statistics', {})).all.seconds;

test('the pointer, the wheel and the keys in the text count; a long silence and what lies behind does not', async () => {
  const { page } = stage;
  await expect.poll(async () => (await stage.ask('article', { id })).stage.state).toBe('ready');
  await page.goto(`${stage.host.origin}/#/inbox?article=${id}`);
  await page.reload();
  const frame = page.locator('iframe');
  await page.frameLocator('iframe').getByText('A sentence that is read').first().waitFor();
  const box = await frame.boundingBox();
  if (box === null) throw new Error('There is no frame.');
  const over = (by: number) => page.mouse.move(box.x + box.width / 2 + by, box.y + box.height / 2);
  await over(0);
  await pass(40);
  await over(20);
  expect(await read()).toBe(0);
  await pass(25);
  await page.mouse.wheel(0, 300);
  await expect.poll(read).toBe(65);
  // Nobody was there.
  await pass(180);
  await over(40);
  await pass(5);
  await page.frameLocator('iframe').locator('body').press('ArrowDown');
  await page.getByRole('navigation').getByRole('link', { name: /^Favourites/ }).click();
  await expect.poll(read).toBe(70);
  await pass(60);
  await page.mouse.move(5, 5);
  await page.mouse.move(50, 50);

  await stage.ask('changeSettings', { countReading: false });
  await page.goto(`${stage.host.origin}/#/inbox?article=${id}`);
  await page.frameLocator('iframe').getByText('A sentence that is read').first().waitFor();
  await over(0);
  await pass(70);
  await over(20);
  await page.getByRole('navigation').getByRole('link', { name: /^Statistics/ }).click();
  await page.getByText('1 min this week').waitFor();
  expect(await read()).toBe(70);
  expect(stage.faults).toEqual([]);
});
