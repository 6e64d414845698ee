import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { lectern, setStage, type Stage } from '../stage.ts';

/* Tags as a whole over the real library, in a real browser: their menu, the panel, near-duplicates, rules, completion. */

let stage: Stage;
const ids = new Map<string, string>();
const text = (title: string, minutes: number) => `# ${title}\n\n${`${title} was talked about at the harbour all morning, and nobody could say what would come of it. `.repeat(minutes * 14)}`;
const wanted: Array<[title: string, minutes: number, tags: string[]]> = [
  ['A long fog', 25, ['AI', '科技/人工智能']], ['Fog again', 1, ['ai', '科技/人工智能/模型']], ['Sun over the hills', 1, ['科技', 'Open Source']],
  ['Rain in the valley', 1, ['open-source', '機器學習']], ['Snow on the quay', 1, ['机器学习']],
];
const shot = (page: Page, name: string) => page.screenshot({ path: `${process.env['SHOTS'] ?? stage.home.folder}/tags-${name}.png` });
const tagsOf = async (title: string) => (await stage.ask('article', { id: ids.get(title) ?? '' })).tags;

beforeAll(async () => {
  stage = await setStage();
  for (const [title, minutes, tags] of wanted) ids.set(title, (await stage.ask('saveText', { text: text(title, minutes), format: 'markdown', tags })).id);
});
afterAll(() => stage.close());

test('a tag gets a colour and another name from its menu, by keyboard; Undo brings the name back', async () => {
  const { page } = stage;
  await expect.poll(async () => (await stage.ask('list', { where: { list: 'all' } })).rows.filter((row) => row.stage.state === 'ready').length).toBe(wanted.length);
  await page.goto(`${stage.host.origin}/#/tag/${encodeURIComponent('科技')}`);
  const link = page.getByRole('navigation').getByRole('link', { name: /^科技/ });
  await link.focus();
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'Actions for 科技' });
  await menu.waitFor();
  expect(await axe(page)).toEqual([]);
  await shot(page, 'menu');
  await menu.getByRole('menuitemradio', { name: 'Blue' }).click();
  await expect.poll(async () => (await stage.ask('tags', {})).find(({ name }) => name === '科技')?.colour).toBe('blue');
  await link.click({ button: 'right' });
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Rename 科技' });
  await panel.getByText('2 tags inside it come along.').waitFor();
  await shot(page, 'rename');
  await page.keyboard.type('tech');
  await page.keyboard.press('Enter');
  await page.getByText('The tag is now tech').waitFor();
  expect(await tagsOf('Fog again')).toEqual(['ai', 'tech/人工智能/模型']);
  await expect.poll(() => decodeURIComponent(page.url())).toContain('#/tag/tech');
  expect((await stage.ask('tags', {})).find(({ name }) => name === 'tech')?.colour).toBe('blue');
  await page.keyboard.press('u');
  await expect.poll(() => tagsOf('Fog again')).toEqual(['ai', '科技/人工智能/模型']);
  expect((await stage.ask('tags', {})).find(({ name }) => name === '科技')?.colour).toBe('blue');
});

test('tags that look alike are merged in one act, under the name chosen', async () => {
  const { page } = stage;
  await page.goto(`${stage.host.origin}/#/inbox`);
  await page.getByRole('button', { name: 'Manage tags' }).click();
  const panel = page.getByRole('dialog', { name: 'Tags' });
  await panel.getByText('3 groups of tags look alike').waitFor();
  await panel.getByRole('radio', { name: /^机器学习/ }).check();
  await panel.getByRole('button', { name: 'Merge into 机器学习' }).click();
  await page.getByText('Merged into 机器学习: 1 article').waitFor();
  await panel.getByText('2 groups of tags look alike').waitFor();
  expect(await tagsOf('Rain in the valley')).toEqual(['open-source', '机器学习']);
  await panel.getByRole('searchbox', { name: 'Find a tag' }).fill('jqxx');
  await panel.getByRole('button', { name: /^机器学习/ }).waitFor();
  await panel.getByRole('button', { name: 'Actions for 机器学习' }).click();
  // In the panel the menu must lie inside what the dialog lets through.
  await panel.getByRole('menuitemradio', { name: 'Orange' }).click();
  await expect.poll(async () => (await stage.ask('tags', {})).find(({ name }) => name === '机器学习')?.colour).toBe('orange');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
});

test('a Chinese tag is given by typing its initials', async () => {
  const { page } = stage;
  await page.goto(`${stage.host.origin}/#/inbox?article=${ids.get('Snow on the quay') ?? ''}`);
  await page.frameLocator('iframe').getByText('Snow on the quay was talked about').first().waitFor();
  await page.keyboard.press('t');
  const editor = page.getByRole('dialog');
  await editor.getByRole('combobox').fill('rgzn');
  await editor.getByRole('option', { name: '科技/人工智能', exact: true }).click();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => tagsOf('Snow on the quay')).toEqual(['机器学习', '科技/人工智能']);
  expect(stage.faults).toEqual([]);
});

test('one article, and then several, are dragged to a tag of the sidebar by hand; each is taken back in one go', async () => {
  const { page } = stage;
  await page.goto(`${stage.host.origin}/#/inbox`);
  const rows = page.getByRole('grid').getByRole('row');
  await expect.poll(() => rows.count()).toBe(wanted.length);
  const link = page.getByRole('navigation').getByRole('link', { name: /^AI / });
  /** As a hand does it: pressed on the row, moved in steps, let go over the tag. */
  const drag = async (title: string) => {
    const row = rows.filter({ hasText: title }).first();
    // Where list and sidebar still move, they are waited for.
    for (const each of [row, link, row]) await each.hover({ trial: true });
    const [from, to] = [await row.boundingBox(), await link.boundingBox()];
    if (from === null || to === null) throw new Error('Nothing to drag, or nowhere to drop.');
    await page.mouse.move(from.x + 80, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + from.height / 2, { steps: 4 });
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
    await expect.poll(() => link.getAttribute('data-over')).toBe('true');
    await page.mouse.up();
  };
  const before = await Promise.all(wanted.map(([title]) => tagsOf(title)));
  await drag('Sun over the hills');
  await page.getByText('Tags changed').waitFor();
  await expect.poll(() => tagsOf('Sun over the hills')).toContain('AI');
  await page.keyboard.press('u');
  await expect.poll(() => Promise.all(wanted.map(([title]) => tagsOf(title)))).toEqual(before);
  await rows.filter({ hasText: 'Sun over the hills' }).first().click({ modifiers: ['ControlOrMeta'] });
  await rows.filter({ hasText: 'Snow on the quay' }).first().click({ modifiers: ['ControlOrMeta'] });
  await page.getByRole('heading', { name: '2 selected' }).waitFor();
  await drag('Snow on the quay');
  await expect.poll(async () => [await tagsOf('Sun over the hills'), await tagsOf('Snow on the quay')].every((tags) => tags.includes('AI'))).toBe(true);
  await page.getByRole('heading', { name: '2 selected' }).waitFor({ state: 'detached' });
  await page.keyboard.press('u');
  await expect.poll(() => Promise.all(wanted.map(([title]) => tagsOf(title)))).toEqual(before);
  expect(stage.faults).toEqual([]);
});

test('a rule is tried before it is applied, undone in one go, and holds for what is saved next', async () => {
  const { page } = stage;
  await page.goto(`${stage.host.origin}/#/inbox?panel=tagRules`);
  const panel = page.getByRole('dialog', { name: 'Tags' });
  await panel.getByText('No rules yet.').waitFor();
  expect(await axe(page)).toEqual([]);
  await panel.getByRole('button', { name: 'New rule' }).click();
  await panel.getByRole('combobox', { name: 'What it looks at' }).selectOption('title');
  await panel.getByRole('textbox', { name: 'Title has' }).fill('fog');
  await panel.getByRole('combobox', { name: 'Tags' }).fill('weather/fog');
  await page.keyboard.press('Enter');
  await panel.getByRole('checkbox', { name: 'mark as a favourite' }).check();
  await panel.getByText('2 articles here would change.').waitFor();
  expect(await axe(page)).toEqual([]);
  await shot(page, 'rule');
  await panel.getByRole('button', { name: 'Save, and apply to 2 articles' }).click();
  await page.getByText('Rule saved and applied to 2 articles').waitFor();
  expect(await tagsOf('A long fog')).toContain('weather/fog');
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect.poll(() => tagsOf('A long fog')).not.toContain('weather/fog');
  // The command line does the same with it, in the library that this window has open.
  const rule = '  1  title has “fog”  →  #weather/fog, mark as a favourite\n';
  expect(await lectern(stage.home, ['tag-rules'])).toEqual({ code: 0, stdout: rule, stderr: '' });
  const tried = await lectern(stage.home, ['tag-rules', 'try', '1', '--count', '1']);
  expect([tried.stdout.trim().split('\n').length, tried.stderr]).toEqual([1, '2 articles here would change.\n']);
  expect((await lectern(stage.home, ['tag-rules', 'apply', '1', '--json'])).stdout).toBe('{"count":2}\n');
  await expect.poll(() => tagsOf('A long fog')).toContain('weather/fog');
  expect((await lectern(stage.home, ['tag-rules', 'apply', '1'])).stderr).toBe('Nothing was to be changed.\n');
  expect((await lectern(stage.home, ['tag-rules', 'try', '2'])).code).toBe(1);
  for (const wrong of [['try'], ['try', 'x'], ['apply', '1', '2'], ['list', '1'], ['keep'], ['--count', '3'], ['try', '1', '--count', '0']]) {
    expect((await lectern(stage.home, ['tag-rules', ...wrong])).code, wrong.join(' ')).toBe(2);
  }
  const { id } = await stage.ask('saveText', { text: text('Fog at last', 1), format: 'markdown' });
  await expect.poll(async () => (await stage.ask('article', { id })).stage.state).toBe('ready');
  expect(await stage.ask('article', { id })).toMatchObject({ tags: ['weather/fog'], favourite: true });
  expect(stage.faults).toEqual([]);
});

const looks = [
  { appearance: 'light', language: 'en', width: 1280 }, { appearance: 'dark', language: 'en', width: 1280 }, { appearance: 'light', language: 'zh-CN', width: 1280 },
  { appearance: 'light', language: 'en', width: 360 }, { appearance: 'dark', language: 'zh-CN', width: 360 },
] as const;

test.each(looks)('tags and rules look right: $appearance, $language, $width px', async ({ appearance, language, width }) => {
  const { page } = stage;
  await stage.ask('changeSettings', { appearance, language });
  await page.setViewportSize({ width, height: 800 });
  const name = `${appearance}-${language}-${width}`;
  for (const panel of ['tags', 'tagRules']) {
    await page.goto(`${stage.host.origin}/#/inbox?panel=${panel}`);
    await page.getByRole('dialog').getByRole('listitem').first().waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await shot(page, `${panel}-${name}`);
  }
  await page.getByRole('dialog').getByRole('listitem').first().getByRole('button').first().click();
  await page.getByRole('dialog').getByRole('group').first().waitFor();
  expect(await axe(page)).toEqual([]);
  await shot(page, `form-${name}`);
  await page.goto(`${stage.host.origin}/#/inbox`);
  await page.getByRole('grid').getByRole('row').first().waitFor();
  await shot(page, `list-${name}`);
  await stage.ask('changeSettings', { appearance: 'light', language: 'en' });
  await page.setViewportSize({ width: 1280, height: 800 });
});
