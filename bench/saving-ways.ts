import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { saveWithFloor } from './floor.ts';

/* One way of saving, in a process of its own: `node bench/saving-ways.ts WAY PAGES PORT FOLDER`. Started by saving.ts. */
const [way = '', pages = '', port = '', path = '', percollate = ''] = process.argv.slice(2);

/** The addresses: forty hosts, so that the pause between two pages of one is no limit. */
const urls = Array.from({ length: Number(pages) }, (_, i) => `http://127.0.0.${1 + (i % 40)}:${port}/page/${i}`);

async function saveWithLectern(): Promise<void> {
  const { openLibrary } = await import('../electron/library/library.ts');
  const { defaultSettings } = await import('../shared/settings.ts');
  const library = await openLibrary({ path, version: 'bench', settings: { get: () => defaultSettings, change: () => defaultSettings, onChange: () => () => undefined } });
  await library.answers.save({ urls, tags: [], typed: true });
  await library.idle();
  const { done, failed } = await library.answers.queue({ count: 1 });
  if (done !== urls.length) throw new Error(`Lectern: ${done} saved, ${failed} failed`);
  await library.close();
}

async function saveWithReadability(): Promise<void> {
  const { Readability } = await import('@mozilla/readability');
  const { JSDOM } = await import('jsdom');
  const left = urls.entries();
  const work = async (): Promise<void> => {
    for (const [number, url] of left) {
      const dom = new JSDOM(await (await fetch(url)).text(), { url });
      const article = new Readability(dom.window.document as never).parse();
      const body = new JSDOM(article?.content ?? '', { url });
      for (const image of body.window.document.querySelectorAll('img')) {
        const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer());
        const name = `${createHash('sha256').update(bytes).digest('hex')}.png`;
        writeFileSync(join(path, name), bytes);
        image.setAttribute('src', name);
      }
      writeFileSync(join(path, `${number}.html`), `<!doctype html><meta charset="utf-8"><title>${article?.title ?? ''}</title>${body.serialize()}`);
      body.window.close();
      dom.window.close();
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
}

function saveWithPercollate(): void {
  const { status } = spawnSync(process.execPath, [join(percollate, 'node_modules', 'percollate', 'cli.js'), 'html', '--individual', ...urls], { cwd: path, stdio: ['ignore', 'ignore', 'ignore'] });
  if (status !== 0) throw new Error(`percollate ended with ${status}`);
}

switch (way) {
  case 'lectern':
    await saveWithLectern();
    break;
  case 'readability':
    await saveWithReadability();
    break;
  case 'floor':
    await saveWithFloor(urls, path);
    break;
  case 'percollate':
    saveWithPercollate();
    break;
  default:
    throw new Error(`There is no way called ${way}`);
}
process.exit(0);
