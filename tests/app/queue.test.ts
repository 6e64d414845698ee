import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { newsPage } from '../library/open-test-library.ts';
import { setStage, startHost, type Stage } from '../stage.ts';
import { startWeb, type Web } from '../web/web.ts';

/* The queue and extracting many again, in the built app. */

let web: Web;
let stage: Stage;
beforeAll(async () => {
  web = await startWeb({
    '/story/': (_, response, path) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(newsPage(`Story ${path.slice(7)}`)),
    '/wall/': (_, response) => response.writeHead(403).end(),
  });
  stage = await setStage();
});
afterAll(async () => {
  await stage.close();
  await web.close();
});

const urls = (kind: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${web.origin}/${kind}/${i}`);

test('paused it stays so over a restart, and says so; let go it saves everything', async () => {
  const { page } = stage;
  await stage.ask('changeSettings', { savingHeld: true });
  await stage.ask('save', { urls: [...urls('story', 6), ...urls('wall', 3)] });
  await page.getByRole('link', { name: /^Queue/ }).click();
  await page.getByText('You have paused saving.').waitFor();
  await page.getByRole('status').getByText('Paused, 9 to go').waitFor();
  await stage.host.stop();
  const host = await startHost(stage.home);
  Object.assign(stage, { host });
  await page.goto(host.link);
  await page.getByRole('link', { name: /^Queue/ }).click();
  await page.getByText('You have paused saving.').waitFor();
  expect(web.hits).toEqual([]);
  for (const colorScheme of ['light', 'dark'] as const) {
    // Without motion: the colours of a change of theme half way through are nobody's.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await axe(page)).toEqual([]);
  }
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('6 of 9 saved').first().waitFor();
  await page.getByRole('heading', { name: 'The site refused 3' }).waitFor();
});

test('what a site refused is moved to the trash in one go, and brought back', async () => {
  const { page } = stage;
  await page.getByRole('button', { name: 'Remove these' }).click();
  await page.getByText('3 articles moved to the trash').waitFor();
  await expect.poll(async () => (await stage.ask('library', {})).counts).toMatchObject({ trash: 3, failed: 0 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { name: 'The site refused 3' }).waitFor();
});

test('several are extracted again from the list, by keyboard, with axe finding nothing', async () => {
  const { page } = stage;
  await page.getByRole('link', { name: /^Inbox/ }).click();
  await page.getByText('Story 5').first().waitFor();
  const { rows } = await stage.ask('list', { where: { list: 'all' } });
  const ready = rows.filter((row) => row.stage.state === 'ready').slice(0, 2);
  for (const { title } of ready) await page.getByRole('checkbox', { name: `Select ${title}` }).check({ force: true });
  await page.getByRole('button', { name: 'More', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Extract again' }).press('Enter');
  const panel = page.getByRole('dialog', { name: 'Extract again' });
  await panel.getByText('2 articles looked at; nothing would change').first().waitFor();
  expect(await axe(page, 'dialog')).toEqual([]);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
});
