import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import type { ArticleId } from '../../shared/article.ts';
import { en } from '../../shared/words/en.ts';
import { axe } from '../axe.ts';
import { setStage, type Stage } from '../stage.ts';

/* Reading aloud in the built app and a real Chromium. The machine may have no voice: the page is given a mouth that says what it is told. */

let stage: Stage;
let long: ArticleId;
let other: ArticleId;
const patient = { timeout: 15_000, interval: 50 };

const story = (name: string) => `<!doctype html><html lang="en"><title>${name}</title><article><h1>${name}</h1>${Array.from({ length: 60 }, (_, at) =>
  `<p>Sentence one of part ${at} says how the ferry left. Sentence two of part ${at} tells that it came back with nobody on board, which the harbour master wrote down twice.</p>`).join('')}</article>`;

beforeAll(async () => {
  stage = await setStage();
  await stage.page.addInitScript(() => {
    const spoken: SpeechSynthesisUtterance[] = [];
    const mouth = Object.assign(new EventTarget(), {
      voices: [{ name: 'Test', voiceURI: 'test', lang: 'en-GB', localService: true, default: true }],
      getVoices: () => mouth.voices,
      speak: (utterance: SpeechSynthesisUtterance) => void spoken.push(utterance),
      cancel: () => undefined,
    });
    class Utterance extends EventTarget {
      voice: unknown = null;
      lang = '';
      rate = 1;
      readonly text: string;
      constructor(text: string) {
        super();
        this.text = text;
      }
    }
    Object.defineProperty(window, 'speechSynthesis', { value: mouth });
    Object.assign(window, { SpeechSynthesisUtterance: Utterance, spoken });
  });
  long = (await stage.ask('saveText', { text: story('The Ferry'), format: 'html', url: 'https://ferry.example/1' })).id;
  other = (await stage.ask('saveText', { text: story('Another Ferry'), format: 'html', url: 'https://ferry.example/2' })).id;
  await vi.waitUntil(async () => {
    const { waiting, working } = await stage.ask('queue', {});
    return waiting + working === 0;
  }, { timeout: 30_000, interval: 100 });
});
afterAll(() => stage.close());

type Mouth = Window & { spoken: SpeechSynthesisUtterance[] };
const said = (page: Page) => page.evaluate(() => (window as unknown as Mouth).spoken.at(-1)?.text ?? null);
const endSentence = (page: Page) => page.evaluate(() => void (window as unknown as Mouth).spoken.at(-1)?.dispatchEvent(new Event('end')));
/** The text painted as being said, and where it stands, or null. */
const marked = (page: Page) => page.evaluate(() => {
  const frame = document.querySelector('iframe')?.contentWindow as (Window & typeof globalThis) | null | undefined;
  const range = [...(frame?.CSS.highlights.get('spoken') ?? [])][0] as Range | undefined;
  return range === undefined ? null : { text: range.toString(), top: range.getBoundingClientRect().top, height: frame?.innerHeight ?? 0 };
});

test('from the keyboard: the sentence is said, marked and kept in view, also while another article is read', async () => {
  const { page, host } = stage;
  await page.goto(`${host.origin}/#/home?article=${long}`);
  await page.reload();
  await page.getByRole('toolbar').getByRole('button', { name: en.speech.title }).waitFor();
  const bar = page.getByRole('region', { name: en.speech.title });
  // Pressed while it speaks already, the key would hold it.
  await expect.poll(async () => {
    if ((await bar.count()) === 0 && (await said(page)) === null) await page.keyboard.press('l');
    return said(page);
  }, { ...patient, interval: 1_500 }).toBe('Sentence one of part 0 says how the ferry left.');
  await bar.waitFor();
  expect((await marked(page))?.text).toBe('Sentence one of part 0 says how the ferry left.');
  const problems = await axe(page);
  expect(problems).toEqual([]);
  for (let sentence = 1; sentence < 60; sentence += 1) await endSentence(page);
  await expect.poll(async () => (await marked(page))?.text, patient).toContain('two of part 29');
  await expect.poll(async () => {
    const at = await marked(page);
    return at !== null && at.top > 0 && at.top < at.height;
  }, patient).toBe(true);

  await page.goto(`${host.origin}/#/home?article=${other}`);
  await expect.poll(() => page.frameLocator('iframe').locator('#head h1').textContent(), patient).toBe('Another Ferry');
  await endSentence(page);
  expect(await said(page)).toContain('one of part 30');
  expect(await marked(page)).toBeNull();
  await bar.getByRole('button', { name: 'The Ferry' }).click();
  await expect.poll(async () => (await marked(page))?.text, patient).toContain('one of part 30');
  await bar.getByRole('button', { name: en.speech.stop }).click();
  await bar.waitFor({ state: 'detached' });
  expect(await marked(page)).toBeNull();
});
