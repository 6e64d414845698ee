import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLibrary, type Library } from '../../electron/library/library.ts';
import { openConfSettings } from '../../electron/open.ts';
import { questionKey } from '../../shared/first-questions.ts';

let folder: string;
let library: Library;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lectern-'));
  library = await openLibrary({ path: join(folder, 'library'), settings: openConfSettings(join(folder, 'settings')).settings, version: '0.0.0' });
});
afterEach(async () => {
  await library.close();
  rmSync(folder, { recursive: true, force: true });
});

const list = questionKey('list', { where: { list: 'all' }, sort: 'newest', from: 0, count: 60 });
const change = (lastAsked: string[]) => library.answers.changeSettings({ lastAsked });
const given = async (): Promise<Record<string, unknown>> => library.answers.first({});

test('what was asked last is answered in one, and always the settings', async () => {
  expect(Object.keys(await given())).toEqual(['settings {}']);
  await library.answers.saveText({ text: '<title>One</script><script>two</title><p>Three.', format: 'html', name: '', url: null, tags: ['</script>'] });
  await library.idle();
  await change([list, 'tags {}', 'library {}']);
  const answers = await given();
  expect(Object.keys(answers).toSorted()).toEqual(['settings {}', list, 'tags {}', 'library {}'].toSorted());
  expect(answers[list]).toEqual(await library.answers.list({ where: { list: 'all' }, sort: 'newest', from: 0, count: 60 }));
});

test('what is no quick question, or fails, is not brought along and does nothing', async () => {
  await change(['changeSettings {"textSize":40}', 'emptyTrash {}', 'list {"where":{"list":"nowhere"}}', 'list {', 'article {"id":"0"}', '', 'tags {}']);
  expect(Object.keys(await given())).toEqual(['settings {}', 'tags {}']);
  expect((await library.answers.settings({})).textSize).toBe(19);
});
