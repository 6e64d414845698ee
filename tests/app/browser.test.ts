import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../axe.ts';
import { makeHome, runNode, setStage, startHost, watchFaults, root, type Stage } from '../stage.ts';
import type { Web } from '../web/web.ts';
import { startFog } from './fog.ts';

/* The main job, from end to end: an address is pasted, kept, and read with the network gone. */

let stage: Stage;
let web: Web;
beforeAll(async () => {
  web = await startFog();
  stage = await setStage();
});
afterAll(async () => {
  await stage.close();
  await web.close();
});

test('a pasted address becomes an article with its picture', async () => {
  const { page, context } = stage;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('heading', { name: 'Your desk is clear' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.evaluate((address) => navigator.clipboard.writeText(address), `${web.origin}/fog.html`);
  await page.keyboard.press('Control+V');
  await page.getByRole('dialog').getByRole('button', { name: /^Save/ }).click();
  await page.getByText('Everything here opens without a network').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Fog over the harbour').first().waitFor();
  const { rows } = await stage.ask('list', { where: { list: 'all' } });
  expect(rows.map(({ title, stage: { state } }) => [title, state])).toEqual([['Fog over the harbour', 'ready']]);
  expect(stage.faults).toEqual([]);
});

test('with everything but the app blocked, it is read, picture included, after a reload too', async () => {
  const { page, context, host } = stage;
  const outside: string[] = [];
  await context.route('**/*', (route) => {
    if (new URL(route.request().url()).origin === host.origin) return route.continue();
    outside.push(route.request().url());
    return route.abort();
  });
  const asked = web.hits.length;
  const [row] = (await stage.ask('list', { where: { list: 'all' } })).rows;
  await page.goto(`${host.origin}/#/all?article=${row?.id}`);
  await page.reload();
  const frame = page.frameLocator('iframe');
  await frame.getByText('The harbour was quiet that morning').waitFor();
  const loaded = await frame.locator('img[alt="A boat at rest"]').evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return [image.naturalWidth, new URL(image.src).pathname];
  });
  expect(loaded).toEqual([40, expect.stringMatching(/^\/files\/[0-9a-f]{2}\/[0-9a-f]{64}\.png$/)]);
  expect(outside).toEqual([]);
  expect(web.hits.length).toBe(asked);
  expect(stage.faults).toEqual([]);
  await context.unroute('**/*');
});

test('a second window hears of what the first one does', async () => {
  const second = await stage.context.newPage();
  const faults = watchFaults(second);
  await second.goto(`${stage.host.origin}/#/all`);
  await second.getByText('Fog over the harbour').first().waitFor();
  await stage.ask('save', { urls: [`${web.origin}/other.html`] });
  await second.getByText('What the ferryman said').first().waitFor();
  await second.close();
  expect(faults).toEqual([]);
});

test('a second launch hands its address over and leaves', async () => {
  const again = await runNode(
    [`${root}/dist/host/browser.js`, '--no-window', '--library', stage.home.library, `${web.origin}/third.html`],
    { env: stage.home.env },
  );
  expect(again.code).toBe(0);
  const link = /^http:\/\/127\.0\.0\.1:\d+\/open\?t=\S+$/m.exec(again.stdout)?.[0] ?? '';
  expect(new URL(link).origin).toBe(stage.host.origin);
  const page = await stage.context.newPage();
  await page.goto(link);
  // The link shows what was just saved.
  await page.frameLocator('iframe').getByText('The harbour was quiet that morning').waitFor();
  expect(page.url()).toContain('article=');
  await page.close();
});

test('a host that was killed leaves nothing in the way of the next', async () => {
  await stage.host.stop('SIGKILL');
  const host = await startHost(stage.home);
  expect(host.origin).not.toBe(stage.host.origin);
  const page = await stage.context.newPage();
  await page.goto(host.link);
  await page.getByText('Fog over the harbour').first().waitFor();
  await page.close();
  expect(await host.stop()).toBe(0);
});

test('a host that only gave a link stays through reloads and closed tabs, and says in the window when it is gone', async () => {
  const home = await makeHome();
  const host = await startHost(home);
  const context = await stage.browser.newContext();
  const page = await context.newPage();
  await page.goto(host.link);
  await page.getByRole('heading', { name: 'Your desk is clear' }).waitFor();
  await page.goto('about:blank');
  // Longer than a host with a window of its own stays without one.
  await new Promise((done) => setTimeout(done, 2_500));
  expect(host.child.exitCode).toBeNull();
  await page.goto(host.origin);
  await page.getByRole('heading', { name: 'Your desk is clear' }).waitFor();
  await host.stop('SIGKILL');
  await page.getByRole('alert').filter({ hasText: 'Lectern itself is not answering' }).waitFor();
  await context.close();
  await home.remove();
});
