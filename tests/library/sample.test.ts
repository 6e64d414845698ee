import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLibrary } from '../../electron/library/library.ts';
import { defaultSettings } from '../../shared/settings.ts';

test.each([
  ['en', 'A Place to Read', 5],
  ['zh-CN', '一处读书的地方', 5],
] as const)('the sample article in %s is really kept, with all it shows off, and once only', async (language, title, headings) => {
  const path = await mkdtemp(join(tmpdir(), 'lectern-sample-'));
  const settings = { get: () => defaultSettings, change: () => defaultSettings, onChange: () => () => undefined };
  const library = await openLibrary({ path, version: '0.0.0', settings });
  const { id } = await library.answers.sample({ language });
  await library.idle();
  const article = await library.answers.article({ id });
  expect([article.title, article.lang, article.stage.state]).toEqual([title, language, 'ready']);
  expect(article.certificate).toMatchObject({ pictures: 1, stored: 1 });
  expect(article.html.match(/<h[23]>/g)).toHaveLength(headings);
  for (const part of ['<figcaption>', '<blockquote>', '<pre data-lang="python">', '<table>', 'href="#l-fn1"', 'id="l-fn1"']) expect(article.html).toContain(part);
  expect(await library.answers.sample({ language })).toMatchObject({ id, outcome: 'known' });
  await library.close();
  await rm(path, { recursive: true, force: true });
});
