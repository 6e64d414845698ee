import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Library, openLibrary } from '../../electron/library/library.ts';
import type { Manners } from '../../electron/library/saving/manners.ts';
import type { RenderLimits, RenderPage } from '../../electron/library/saving/rendering.ts';
import type { Row } from '../../shared/article.ts';
import type { News } from '../../shared/contract.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';

/** A whole library in a folder of its own, with everything it told. */
export type TestLibrary = Library & { news: News[]; rows(list?: 'all' | 'failed' | 'trash'): Promise<Row[]>; settings: Settings };

/** Opens a library for a test; `path` opens an existing one again. Closed and removed when the test is over. */
export async function openTestLibrary(options: { path?: string; concurrency?: number; manners?: Manners; renderPage?: RenderPage; renderLimits?: Partial<RenderLimits> } = {}): Promise<TestLibrary> {
  const path = options.path ?? mkdtempSync(join(tmpdir(), 'lectern-library-'));
  const settings: Settings = { ...defaultSettings };
  const library = await openLibrary({
    path,
    version: '0.0.0-test',
    settings: { get: () => settings, change: (patch) => Object.assign(settings, patch), onChange: () => () => undefined },
    // The web is imitated here: it needs no rest, and what fails once does so for good.
    manners: options.manners ?? { hostPause: 0, retryPauses: [] },
    ...(options.renderPage === undefined ? {} : { renderPage: options.renderPage }),
    ...(options.renderLimits === undefined ? {} : { renderLimits: options.renderLimits }),
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
  });
  const news: News[] = [];
  library.onNews((each) => news.push(each));
  onTestFinished(async () => {
    await library.close();
    if (options.path === undefined) await rm(path, { recursive: true, force: true });
  });
  return {
    ...library,
    news,
    settings,
    rows: async (list = 'all') => (await library.answers.list({ where: { list }, sort: 'newest', from: 0, count: 500 })).rows,
  };
}

/** A plain news page whose text is our own. */
export function newsPage(title: string, body = ''): string {
  const paragraphs = ['river', 'harbour', 'market', 'library', 'orchard', 'railway'].map(
    (place) => `<p>In the morning the people of the ${place} met to talk about ${title}, and by noon most of them agreed that something had to be done, though nobody could say what it was.</p>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><nav><a href="/">Home</a></nav><article><h1>${title}</h1>${paragraphs.slice(0, 3).join('')}${body}${paragraphs.slice(3).join('')}</article><footer>About us</footer></body></html>`;
}
