import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';

/* The window around the text, in the built app and a real Chromium: panes, lists, keys, the address, axe. */

let stage: Stage;
const titles = ['On mending clocks', 'The lighthouse keeper’s ledger', '船坞的早晨', '雨季之前的茶山', 'A slow train north'];

beforeAll(async () => {
  stage = await setStage({ width: 1440, height: 900 });
});
afterAll(() => stage.close());

/** Goes to an address as a hand would in the address bar, with nothing open over it. */
const open = async (hash: string) => {
  await stage.page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await stage.page.locator('#main').waitFor();
};

test('an empty library is no empty screen, and its sample is really kept and readable', async () => {
  const { page } = stage;
  await page.getByRole('heading', { name: 'Your desk is clear' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Read the sample article' }).click();
  await page.frameLocator('iframe').locator('h1').waitFor();
  expect(await stage.ask('list', { where: { list: 'all' } })).toMatchObject({ total: 1 });
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'New' }).waitFor();
  expect(stage.faults).toEqual([]);
});

describe('with a few articles', () => {
  let failing = '';
  beforeAll(async () => {
    for (const [at, title] of titles.entries()) {
      const paragraphs = Array.from({ length: 6 }, (_, part) => `${title}, part ${part}. ${'A sentence of some length to fill the page. '.repeat(8)}`);
      await stage.ask('saveText', { text: `# ${title}\n\n${paragraphs.join('\n\n')}`, format: 'markdown', name: title, tags: [at % 2 === 0 ? 'essays' : '科技/机械'] });
    }
    // An address that nobody typed may not lead to this machine: it fails at once, without the network.
    failing = (await stage.ask('save', { urls: ['http://127.0.0.1:9/nobody-here'], typed: false }))[0]?.id ?? '';
    await stage.ask('shelves', { tags: ['essays', '科技'] });
  });

  test('Home, lists and the reader beside them: axe finds nothing in Paper and in Night, in English and Chinese', async () => {
    const { page } = stage;
    await open('#/inbox');
    await page.getByRole('row').filter({ hasText: '127.0.0.1' }).getByRole('button', { name: /Try again/ }).waitFor();
    for (const [appearance, language] of [['light', 'en'], ['dark', 'zh-CN']] as const) {
      await stage.ask('changeSettings', { appearance, language });
      for (const hash of ['#/home', '#/inbox', `#/failed?article=${failing}`, '#/tag/%E7%A7%91%E6%8A%80', '#/trash', '#/queue']) {
        await open(hash);
        await page.locator(`html[data-theme=${appearance === 'light' ? 'paper' : 'night'}][lang=${language}]`).waitFor({ state: 'attached' });
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        expect([hash, await axe(page)]).toEqual([hash, []]);
      }
    }
    await stage.ask('changeSettings', { appearance: 'light', language: 'en' });
      expect(stage.faults).toEqual([]);
  });

  test('by keyboard alone: go to a list, select two, archive them, take it back', async () => {
    const { page } = stage;
    await open('#/home');
    await page.getByRole('region', { name: 'New' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.getByRole('grid', { name: 'All articles' }).waitFor();
    await page.getByText(titles[4] ?? '', { exact: true }).waitFor();
    for (const key of ['j', 'j', 'x', 'j', 'x']) await page.keyboard.press(key);
    await page.getByText('2 selected').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('e');
    await page.getByText('2 articles archived').waitFor();
    expect(await stage.ask('list', { where: { list: 'archive' } })).toMatchObject({ total: 2 });
    await page.keyboard.press('u');
    await page.getByText('Undone').waitFor();
    expect(await stage.ask('list', { where: { list: 'archive' } })).toMatchObject({ total: 0 });
  });

  test('j in the reader’s frame goes on to the next article; reload and back keep the place', async () => {
    const { page } = stage;
    await open('#/tag/essays?sort=title');
    await page.getByRole('row').filter({ hasText: titles[4] ?? '' }).click();
    const heading = page.frameLocator('iframe').locator('h1');
    await heading.filter({ hasText: titles[4] ?? '' }).waitFor();
    await page.frameLocator('iframe').locator('body').press('j');
    await heading.filter({ hasNotText: titles[4] ?? '' }).waitFor();
    const address = page.url();
    await page.reload();
    await heading.waitFor();
    expect(page.url()).toBe(address);
    await page.goBack();
    await page.getByText('Choose an article').waitFor();
    expect(stage.faults).toEqual([]);
  });

  test('an article opened by keyboard has the focus at its title: keys scroll it, Escape goes back to its row', async () => {
    const { page } = stage;
    await page.setViewportSize({ width: 1440, height: 500 });
    await open('#/home');
    await page.getByRole('region', { name: 'New' }).waitFor();
    await open('#/tag/essays?sort=title');
    // In the list: Home, just left, names it too.
    await page.getByRole('grid').getByText(titles[4] ?? '', { exact: true }).waitFor();
    for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key);
    const frame = page.frameLocator('iframe');
    await frame.locator('h1:focus').waitFor();
    const scrolled = () => frame.locator('html').evaluate((html) => html.scrollTop);
    await page.keyboard.press(' ');
    await expect.poll(scrolled).toBeGreaterThan(100);
    const before = await scrolled();
    await page.keyboard.press('ArrowDown');
    await expect.poll(scrolled).toBeGreaterThan(before);
    // Until the page rests: Chromium glides to where a key sends it.
    await expect.poll(async () => (await scrolled()) === (await scrolled())).toBe(true);
    await page.keyboard.press('k');
    await expect.poll(scrolled).toBe(0);
    await frame.locator('h1:focus').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('row');
    // From Home too, and back to the line it was opened from.
    await open('#/home');
    const line = page.locator('a[data-article]').last();
    const id = await line.getAttribute('data-article');
    await line.focus();
    await page.keyboard.press('Enter');
    await frame.locator('h1:focus').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-article'))).toBe(id);
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(stage.faults).toEqual([]);
  });

  test('a panel leaves nothing in the history', async () => {
    const { page } = stage;
    await open('#/archive');
    await open('#/favourites');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goBack();
    await expect.poll(() => page.url()).toMatch(/#\/archive$/);
  });

  test('panes: dragged and kept; one at a time on a narrow window, with a way back', async () => {
    const { page } = stage;
    await open('#/inbox');
    const edge = page.getByRole('separator', { name: 'Width of the list' });
    const box = await edge.boundingBox();
    if (box === null) throw new Error('The edge is not on the screen.');
    await page.mouse.move(box.x, 300);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, 300, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await stage.ask('settings', {})).listWidth).toBe(420);
    await page.setViewportSize({ width: 420, height: 800 });
    await page.getByRole('row').first().click();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('grid').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show the sidebar' }).click();
    await page.getByRole('link', { name: /Archive/ }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: /Archive/ }).click();
    await page.getByText('Press E on an article').waitFor();
    // Nothing may be wider than the window.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(420);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('a link dropped on the window opens Add with it', async () => {
    const { page } = stage;
    await open('#/home');
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/uri-list', 'https://example.org/dropped');
      document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    await expect.poll(() => page.getByRole('textbox', { name: 'Addresses or text' }).inputValue()).toContain('https://example.org/dropped');
    expect(stage.faults).toEqual([]);
  });
});
