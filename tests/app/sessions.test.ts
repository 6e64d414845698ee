import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { setStage, type Stage } from '../stage.ts';

/* A whole session by keyboard alone, and one by what the accessibility tree says alone: no pointer, no selector. */

let stage: Stage;
const patient = { timeout: 15_000, interval: 100 };
const title = 'The Lamp at the Quay';
const text = `${title}\n\n${Array.from({ length: 40 }, (_, at) => `Paragraph ${at} tells of the lamp at the quay and of the keeper who lit it every evening, whatever the weather was and whoever asked.`).join('\n\n')}`;

beforeAll(async () => {
  stage = await setStage({ width: 1280, height: 860 });
});
afterAll(() => stage.close());

/** What has the focus, also in the article's frame: its role or tag, and its name or text. */
const focused = () => stage.page.evaluate(() => {
  let at = document.activeElement;
  if (at instanceof HTMLIFrameElement) at = at.contentDocument?.activeElement ?? at;
  const name = at?.getAttribute('aria-label') ?? (at?.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => at?.ownerDocument.getElementById(id)?.textContent ?? '').join(' ');
  return `${at?.getAttribute('role') ?? at?.localName ?? ''} ${name.trim() === '' ? (at?.textContent || at?.closest('label')?.textContent || '').trim().slice(0, 60) : name.trim()}`;
});
/** Goes on by Tab until the focus is on what fits. */
async function tabTo(what: RegExp, back = false): Promise<void> {
  const passed: string[] = [];
  for (let at = 0; at < 60; at += 1) {
    const now = await focused();
    if (what.test(now)) return;
    passed.push(now);
    await stage.page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`Not reached by Tab: ${String(what)}; passed\n${passed.join('\n')}`);
}
const state = async () => {
  const { rows } = await stage.ask('list', { where: { list: 'all' } });
  return rows.find((row) => row.title === title);
};

test('by keyboard alone: add a text, tag, find it in the library, read, find in it, highlight, archive, undo, preferences', { timeout: 120_000 }, async () => {
  const { page } = stage;
  const { keyboard } = page;
  await page.locator('#main').waitFor();

  await keyboard.press('n');
  await expect.poll(focused, patient).toContain('textarea');
  await keyboard.insertText(text);
  await tabTo(/^button Save/);
  await keyboard.press('Enter');
  await expect.poll(async () => (await state())?.stage.state, patient).toBe('ready');
  await keyboard.press('Escape');
  await expect.poll(() => page.locator('dialog[open]').count(), patient).toBe(0);

  await keyboard.press('g');
  await keyboard.press('i');
  await expect.poll(() => page.evaluate(() => location.hash), patient).toContain('/inbox');
  await page.getByRole('grid').getByText(title, { exact: true }).waitFor();
  await keyboard.press('j');
  await keyboard.press('o');
  await expect.poll(() => page.evaluate(() => location.hash), patient).toContain('article=');
  await keyboard.press('t');
  await expect.poll(focused, patient).toMatch(/^(?:combobox|input)/);
  await keyboard.type('Sea');
  await keyboard.press('Enter');
  await keyboard.press('Escape');
  await expect.poll(async () => (await state())?.tags, patient).toEqual(['Sea']);
  await expect.poll(() => page.locator('dialog[open]').count(), patient).toBe(0);

  await keyboard.press('/');
  await expect.poll(focused, patient).toMatch(/^combobox/);
  await keyboard.type('keeper');
  await page.getByRole('option').filter({ hasText: title }).first().waitFor();
  await keyboard.press('Enter');
  await expect.poll(focused, patient).toBe(`h1 ${title}`);
  const frame = page.frames().find((one) => one.url().endsWith('/reader.html'));
  await expect.poll(() => frame?.evaluate(() => CSS.highlights.has('found-now')), patient).toBe(true);

  await keyboard.press('Control+f');
  await expect.poll(focused, patient).toBe('input Find in the article');
  await keyboard.press('Control+a');
  await keyboard.type('Paragraph 30');
  await expect.poll(() => frame?.evaluate(() => String([...(CSS.highlights.get('found-now') ?? [])][0])), patient).toBe('Paragraph 30');
  await keyboard.press('Enter');
  await keyboard.press('Escape');
  await expect.poll(focused, patient).toBe(`h1 ${title}`);

  await keyboard.press('h');
  await page.frameLocator('iframe').getByRole('toolbar', { name: 'Selected text' }).waitFor();
  await keyboard.press('2');
  await expect.poll(async () => (await stage.ask('highlights', { id: (await state())?.id ?? '' })).map(({ colour }) => colour), patient).toEqual(['green']);

  await keyboard.press('e');
  await expect.poll(async () => (await state())?.archived, patient).toBe(true);
  await keyboard.press('u');
  await expect.poll(async () => (await state())?.archived, patient).toBe(false);

  await keyboard.press('Control+,');
  await page.getByRole('dialog', { name: 'Preferences' }).waitFor();
  await tabTo(/^button General/);
  await keyboard.press('Enter');
  await tabTo(/^input Like the system/);
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await expect.poll(async () => (await stage.ask('settings', {})).language, patient).toBe('zh-CN');
  await keyboard.press('Escape');
  await expect.poll(() => page.locator('dialog[open]').count(), patient).toBe(0);
});

test('every screen has one first heading, landmarks with names of their own, and headings that skip no level', { timeout: 60_000 }, async () => {
  const { page, host } = stage;
  await stage.ask('changeSettings', { language: 'en' });
  const id = (await state())?.id;
  for (const place of ['home', 'inbox', `inbox?article=${id}`, `home?article=${id}`, 'queue', 'bookmarks', 'duplicates', 'statistics', 'highlights', 'search/keeper', 'trash', 'tag/Sea']) {
    await page.goto(`${host.origin}/#/${place}`);
    await page.locator('#main').waitFor();
    if (place.includes('article=')) await page.frameLocator('iframe').locator('#head h1').waitFor();
    const said = await page.evaluate(() => {
      const shown = (element: Element) => element.checkVisibility() || element.closest('.visually-hidden') !== null;
      const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(shown).map((each) => Number(each.localName[1]));
      const marks = [...document.querySelectorAll('main, nav, aside, section[aria-label], section[aria-labelledby], [role=search]')].filter(shown).map((each) => `${each.getAttribute('role') ?? each.localName} ${each.getAttribute('aria-label') ?? document.getElementById(each.getAttribute('aria-labelledby') ?? '')?.textContent ?? ''}`);
      return { first: headings.filter((level) => level === 1).length, skips: headings.filter((level, at) => at > 0 && level > (headings[at - 1] ?? 0) + 1).length, mains: marks.filter((mark) => mark.startsWith('main')).length, twice: marks.filter((mark, at) => marks.indexOf(mark) !== at) };
    });
    expect({ place, ...said }).toEqual({ place, first: 1, skips: 0, mains: 1, twice: [] });
  }
});

test('by the accessibility tree alone: what is wanted is found by role and name, and what happens is told', { timeout: 90_000 }, async () => {
  const { page, host } = stage;
  await page.goto(`${host.origin}/#/home`);
  const by = (role: Parameters<typeof page.getByRole>[0], name: string | RegExp) => page.getByRole(role, { name }).first();
  const press = async (role: Parameters<typeof page.getByRole>[0], name: string | RegExp) => by(role, name).press('Enter');
  await press('button', /^Add/);
  const panel = page.getByRole('dialog');
  await panel.getByRole('textbox').first().fill('Fog on the River\n\nNobody had seen so much of it for years, and the ferry lay where it was until noon.\n\nThen it went.');
  await panel.getByRole('button', { name: /^Save/ }).press('Enter');
  await vi.waitUntil(async () => (await stage.ask('list', { where: { list: 'all' } })).rows.some((row) => row.title === 'Fog on the River' && row.stage.state === 'ready'), patient);
  if (await panel.count() > 0) await page.keyboard.press('Escape');
  await by('complementary', 'Sidebar').or(by('navigation', /./)).first().waitFor();
  await press('link', /^Inbox/);
  const grid = page.getByRole('grid');
  await grid.getByRole('row', { name: /Fog on the River/ }).first().press('Enter');
  const toolbar = by('toolbar', 'Article tools');
  await toolbar.waitFor();
  await page.frameLocator('iframe').getByRole('heading', { level: 1, name: 'Fog on the River' }).waitFor();
  await toolbar.getByRole('button', { name: 'Archive' }).press('Enter');
  await page.getByRole('region', { name: 'Notices' }).getByText(/archive/i).waitFor();
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).last().press('Enter');
  await vi.waitUntil(async () => (await stage.ask('list', { where: { list: 'all' } })).rows.every((row) => !row.archived), patient);
  await page.keyboard.press('Control+f');
  await page.getByRole('search').getByRole('searchbox', { name: 'Find in the article' }).fill('ferry');
  await expect.poll(() => page.getByRole('search').getByRole('status').textContent(), patient).toBe('Place 1 of 1');
});
