import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lectern, makeHome, root, runNode, untilLink, type Home } from '../stage.ts';
import type { Web } from '../web/web.ts';
import { fogPage, startFog } from './fog.ts';

/* The command line as a person or a script runs it: the real script, a library of its own. */

let home: Home;
let web: Web;
beforeAll(async () => {
  home = await makeHome();
  web = await startFog();
  // Whoever runs first builds, if a source is newer than the build: not what is tested here.
  await lectern(home, ['--version']);
});
afterAll(async () => {
  await web.close();
  await home.remove();
});

const lines = (text: string) => text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

test('an address is added, waited for, listed, found, shown, tagged', async () => {
  const added = await lectern(home, ['add', `${web.origin}/fog.html`, '--tag', 'Sea/Weather', '--wait', '--json']);
  expect(added).toMatchObject({ code: 0, stderr: '' });
  const [one] = lines(added.stdout);
  expect(one).toMatchObject({ url: `${web.origin}/fog.html`, outcome: 'new', title: 'Fog over the harbour', state: 'ready', failure: null });
  const id = String(one?.['id']);

  const again = await lectern(home, ['add', `${web.origin}/fog.html`, '--json']);
  expect(lines(again.stdout)).toEqual([{ id, url: `${web.origin}/fog.html`, outcome: 'known' }]);

  const rows = JSON.parse((await lectern(home, ['list', '--tag', 'Sea', '--json'])).stdout) as Array<{ id: string; tags: string[] }>;
  expect(rows.map((row) => [row.id, row.tags])).toEqual([[id, ['Sea/Weather']]]);
  expect((await lectern(home, ['list', '--state', 'failed', '--json'])).stdout).toBe('[]\n');
  expect((await lectern(home, ['list'])).stdout).toBe(`${id}  Fog over the harbour  127.0.0.1  #Sea/Weather\n`);

  const found = JSON.parse((await lectern(home, ['search', 'shutters', '--json'])).stdout) as { total: number; hits: Array<{ id: string; snippet: string }> };
  expect([found.total, found.hits[0]?.id]).toEqual([1, id]);
  expect(found.hits[0]?.snippet).toContain('shutters');

  for (const what of [id, `${web.origin}/fog.html#top`]) {
    const text = await lectern(home, ['show', what]);
    expect(text.code).toBe(0);
    expect(text.stdout).toContain('Nobody had seen the ferry');
    expect(text.stdout).not.toContain('<p>');
  }
  expect((await lectern(home, ['show', id, '--as', 'markdown'])).stdout).toMatch(/^## By noon$/m);
  expect((await lectern(home, ['show', id, '--as', 'html'])).stdout).toMatch(/^<!doctype html>/i);
  expect(JSON.parse((await lectern(home, ['show', id, '--as=json'])).stdout)).toMatchObject({ id, title: 'Fog over the harbour', pictures: [{ state: 'stored' }] });

  const exported = await lectern(home, ['export', '--tag', 'Sea', '--as', 'opml']);
  expect(exported).toMatchObject({ code: 0 });
  expect(exported.stdout).toContain(`url="${web.origin}/fog.html" text="Fog over the harbour"`);
  expect((await lectern(home, ['export', '--texts'])).stdout).toMatch(/Nobody had seen the ferry[^]*<\/html>\n$/);
  expect(await lectern(home, ['export', '--as', 'pdf'])).toMatchObject({ code: 2, stdout: '' });

  const tagged = await lectern(home, ['tag', id, '+雾', '+Harbours', '-Sea/Weather', '--json']);
  expect(JSON.parse(tagged.stdout)).toEqual({ id, tags: expect.arrayContaining(['雾', 'Harbours']) });
  expect(JSON.parse(tagged.stdout)).not.toMatchObject({ tags: expect.arrayContaining(['Sea/Weather']) });
});

test('tags are listed, renamed, merged, coloured and removed everywhere', async () => {
  const told = async () => (await lectern(home, ['tags'])).stdout.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const [row] = JSON.parse((await lectern(home, ['list', '--json'])).stdout) as Array<{ id: string }>;
  await lectern(home, ['tag', row?.id ?? '', '+harbours', '+Sea/Fog']);
  expect(await told()).toEqual(expect.arrayContaining(['1  harbours', '1  Harbours', '1  Sea', '1  Sea/Fog', '1  雾']));
  expect((await lectern(home, ['tags', 'alike', '--json'])).stdout).toContain('Harbours');
  expect((await lectern(home, ['tags', 'apart', 'harbours', 'Harbours'])).stderr).toBe('Kept apart: harbours, Harbours\n');
  expect((await lectern(home, ['tags', 'alike'])).stdout).toBe('');
  expect(await lectern(home, ['tags', 'apart', 'Harbours'])).toMatchObject({ code: 2 });
  expect((await lectern(home, ['tags', 'merge', 'harbours', '--into', 'Harbours'])).code).toBe(0);
  expect((await lectern(home, ['tags', 'alike'])).stdout).toBe('');
  expect((await lectern(home, ['tags', 'rename', 'Sea', '海'])).code).toBe(0);
  expect((await lectern(home, ['tags', 'colour', '海', 'teal'])).code).toBe(0);
  expect(await told()).toEqual(expect.arrayContaining(['1  海  (teal)', '1  海/Fog']));
  expect(JSON.parse((await lectern(home, ['tags', 'remove', '海', 'Harbours', '--json'])).stdout)).toEqual({ count: 1 });
  expect(await told()).toEqual(['1  雾']);
  expect((await lectern(home, ['tags', 'rename', 'nowhere', 'x'])).code).toBe(1);
  for (const wrong of [['rename', 'x'], ['merge', 'x'], ['colour', '雾', 'pink'], ['shout'], ['remove'], ['rename', '雾', 'a,b'], ['remove', '雾', '--into', 'x']]) expect((await lectern(home, ['tags', ...wrong])).code, wrong.join(' ')).toBe(2);
});

test('files, standard input and lists of addresses', async () => {
  const file = join(home.folder, 'saved page.html');
  writeFileSync(file, fogPage('A page from a file'));
  const added = await lectern(home, ['add', file, '-', '--wait', '--json'], '# A note\n\nWritten on the quay, in a hurry, and kept.\n');
  expect(added).toMatchObject({ code: 0, stderr: '' });
  expect(lines(added.stdout).map(({ title, state }) => [title, state])).toEqual(expect.arrayContaining([['A page from a file', 'ready']]));
  const listed = await lectern(home, ['add', '-', '--wait', '--json'], `${web.origin}/other.html\n\n${web.origin}/third.html\r\n`);
  expect(lines(listed.stdout).map(({ url }) => url).toSorted()).toEqual([`${web.origin}/other.html`, `${web.origin}/third.html`]);
});

test('of a list of addresses the good are kept and the bad are named', async () => {
  const listed = await lectern(home, ['add', '-', '--json'], `${web.origin}/list-1.html\nnot an address\n${web.origin}/list-2.html\n`);
  expect(listed.code).toBe(1);
  expect(lines(listed.stdout).map(({ url }) => url)).toEqual([`${web.origin}/list-1.html`, `${web.origin}/list-2.html`]);
  expect(listed.stderr).toBe('lectern: “not an address” is neither a web address nor a file here.\n');
  const many = Array.from({ length: 19 }, (_, at) => `${web.origin}/of-twenty-${at}.html`);
  const named = await lectern(home, ['add', ...many, 'ftp://example.org/x', '--json']);
  expect([named.code, lines(named.stdout).length]).toEqual([1, 19]);
  const text = await lectern(home, ['add', '-'], 'A line of my own\n\nIt names http://example.org/ and goes on for a while.\n');
  expect(text.stdout).toContain('stdin');
});

test('what fails is said in plain words on standard error, and in the exit code', async () => {
  const gone = await lectern(home, ['add', `${web.origin}/nothing.html`, '--wait', '--json']);
  expect(gone.code).toBe(1);
  expect(lines(gone.stdout)[0]).toMatchObject({ state: 'failed', failure: { kind: 'gone', status: 404 } });
  const told = await lectern(home, ['add', `${web.origin}/nothing.html`, 'no such file', '--wait']);
  expect(told.code).toBe(1);
  expect(told.stderr).toContain('“no such file” is neither a web address nor a file here.');
  expect(told.stderr).not.toMatch(/\n\s+at |Error:/);
  const nowhere = await lectern(home, ['extract', 'no-such-page.html']);
  expect([nowhere.code, nowhere.stderr]).toEqual([1, 'lectern: There is no no-such-page.html. Check its name and its folder.\n']);
  const chinese = await runNode([join(root, 'scripts', 'lectern.mjs'), 'nonsense'], { env: { ...home.env, LC_ALL: 'zh_CN.UTF-8' } });
  expect(chinese.stderr).toBe('lectern: 没有「nonsense」这个命令。「lectern --help」有说明。\n');
  const missing = await lectern(home, ['show', 'nobody']);
  expect([missing.code, missing.stdout]).toEqual([1, '']);
  expect(missing.stderr).toMatch(/^lectern: “nobody” is not in this library\./);
});

test.each([
  [[], 'No command was given.'],
  [['frobnicate'], 'There is no command “frobnicate”.'],
  [['list', '--frob'], 'There is no option --frob here.'],
  [['list', '--tag'], '--tag needs a value.'],
  [['list', '--json=yes'], '--json takes no value.'],
  [['list', '--state', 'odd'], '“odd” is none of:'],
  [['list', 'extra'], '“extra” is one thing too many here.'],
  [['add'], 'Something is missing.'],
  [['show'], 'Something is missing.'],
  [['show', 'x', '--as', 'pdf'], '“pdf” is none of: text, markdown, html, json.'],
  [['search', 'x', '--limit', '0'], '“0” is no number from 1 to 200.'],
  [['tag', 'x', 'y'], '“y” should begin with + or -.'],
  [['constructor'], 'There is no command “constructor”.'],
  [['--frob', 'list'], 'There is no option --frob here.'],
])('misuse %j ends with 2', async (args, sentence) => {
  const ended = await lectern(home, args);
  expect([ended.code, ended.stdout]).toEqual([2, '']);
  expect(ended.stderr).toContain(sentence);
  expect(ended.stderr).toContain('--help” tells how');
});

test('help is there for all and for each command, in the language of the system, and opens no library', async () => {
  const env = { ...home.env, LECTERN_LIBRARY: '/proc/nowhere' };
  const script = join(root, 'scripts', 'lectern.mjs');
  const all = await runNode([script, '--help'], { env });
  expect(all.code).toBe(0);
  for (const verb of ['add', 'list', 'search', 'show', 'tag', 'extract', 'rules', 'again', 'check', 'rebuild', 'serve']) {
    expect(all.stdout).toContain(`lectern ${verb}`);
    const one = await runNode([script, verb, '--help'], { env });
    expect([one.code, one.stderr]).toEqual([0, '']);
    expect(one.stdout).toContain(`lectern [--library DIR] ${verb}`);
  }
  expect((await runNode([script, '--help'], { env: { ...env, LC_ALL: 'zh_CN.UTF-8' } })).stdout).toContain('用法');
});

test('extract tells what would be saved and saves nothing', async () => {
  const page = join(home.folder, 'extract.html');
  writeFileSync(page, fogPage('Only looked at'));
  const one = await lectern(home, ['extract', page, '--url', `${web.origin}/fog.html`, '--json']);
  expect(one).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(one.stdout)).toMatchObject({ title: 'Only looked at', lang: 'en', dir: 'ltr', error: null, breadcrumb: expect.any(Array), resources: expect.any(Array) });
  expect(JSON.parse(one.stdout)).toMatchObject({ html: expect.stringContaining(`src="${web.origin}/boat.png"`) });
  const piped = await lectern(home, ['extract', '-'], fogPage('From a pipe'));
  expect(piped.stdout).toMatch(/^From a pipe\n/);
  const rows = JSON.parse((await lectern(home, ['list', '--json'])).stdout) as Array<{ title: string }>;
  expect(rows.map(({ title }) => title)).not.toContain('Only looked at');
});

test('a batch keeps its order, and a page that fails is a line', async () => {
  const batch = join(home.folder, 'batch.jsonl');
  const wanted = Array.from({ length: 12 }, (_, n) => ({ id: `page ${n}`, file: n === 5 ? 'not-there.html' : n === 7 ? 'binary.html' : `page-${n}.html`, url: `https://example.org/${n}` }));
  for (const [n, { file }] of wanted.entries()) {
    if (n === 7) writeFileSync(join(home.folder, file), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]));
    else if (n !== 5) writeFileSync(join(home.folder, file), fogPage(`Page number ${n}`));
  }
  const gbk = Buffer.concat([Buffer.from('<!doctype html><title>t</title><body><article><h1>'), Buffer.from([0xb8, 0xdb, 0xbf, 0xda]), Buffer.from(`</h1><p>${'The text of it is long enough to be an article in its own right. '.repeat(5)}</p></article>`)]);
  writeFileSync(join(home.folder, 'gbk.html'), gbk);
  writeFileSync(batch, `\ufeff${wanted.map((line) => JSON.stringify(line)).join('\n')}\nnot json\n\n${JSON.stringify({ id: 12, file: 'gbk.html', url: 'https://example.org/12', charset: 'gb18030' })}\n`);
  const ended = await lectern(home, ['extract', '--batch', batch]);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const results = lines(ended.stdout);
  expect(results.map(({ id }) => id)).toEqual([...wanted.map(({ id }) => id), null, 12]);
  expect(results.map(({ error }) => error !== null)).toEqual(results.map((_, n) => n === 5 || n === 7 || n === 12));
  expect(results[5]?.['error']).toMatch(/^storage: There is no .*not-there\.html\.$/);
  expect(results[3]).toMatchObject({ title: 'Page number 3', html: expect.stringContaining('<p>'), text: expect.stringContaining('ferry') });
  expect(results[13]).toMatchObject({ title: '港口' });
  for (const result of results) {
    for (const key of ['title', 'byline', 'site', 'publishedAt', 'lang', 'dir', 'leadImage', 'html', 'text', 'breadcrumb', 'resources', 'error']) expect(result).toHaveProperty(key);
  }
});

test('rules are listed with what is the matter, and tried on a file', async () => {
  const none = await lectern(home, ['rules']);
  expect(none).toMatchObject({ code: 0, stdout: `${join(home.library, 'rules')}\n` });
  mkdirSync(join(home.library, 'rules'), { recursive: true });
  writeFileSync(join(home.library, 'rules', 'fog.example.txt'), 'title: //h1\nbody: //div[\ntidy: no\n');
  const listed = await lectern(home, ['rules', 'fog']);
  expect(listed).toMatchObject({ code: 1, stderr: '' });
  expect(listed.stdout).toMatch(/fog\.example\.txt {2}1 line in use\n {4}Line 2: The expression for “body” cannot be used\. It ends too soon\.\n {4}Line 3: “tidy” has no effect in Lectern\.\n/);
  expect(JSON.parse((await lectern(home, ['rules', '--json'])).stdout)).toMatchObject({ total: 1, files: [{ host: 'fog.example', directives: 1 }] });
  rmSync(join(home.library, 'rules'), { recursive: true });

  const [page, rule] = [join(home.folder, 'ruled.html'), join(home.folder, 'rule.txt')];
  writeFileSync(page, `<title>Fog</title><div id="a">${'<p>A long paragraph about the fog over the harbour and nothing else.</p>'.repeat(6)}</div><div id="b"><p>Only this.</p></div>`);
  writeFileSync(rule, "title: 'By rule'\nbody: //div[@id='b']\nstrip: //div[@id='c']\n");
  const ruled = await lectern(home, ['extract', page, '--url', 'https://s.example/fog', '--rules', rule]);
  expect(ruled).toMatchObject({ code: 0, stderr: '' });
  expect(ruled.stdout).toContain('By rule\n\nOnly this.\n\nThe rule found the article.\nLine 1, title: 1 match\nLine 2, body: 1 match\nLine 3, strip: nothing\n');
  expect(JSON.parse((await lectern(home, ['extract', page, '--rules', rule, '--json'])).stdout)).toMatchObject({ title: 'By rule', text: 'Only this.', nextPage: null, report: { body: true } });
  expect((await lectern(home, ['extract', page, '--rules', join(home.folder, 'gone.txt')])).code).toBe(1);
});

test('check finds the library whole, and rebuild brings a lost index back', async () => {
  // What the tests before left waiting would be saved by any of these commands, or not: it is saved first.
  const waiting = ['list-1', 'list-2', ...Array.from({ length: 19 }, (_, at) => `of-twenty-${at}`)].map((name) => `${web.origin}/${name}.html`);
  await lectern(home, ['add', ...waiting, '--wait']);
  await expect.poll(async () => (await lectern(home, ['list', '--json'])).stdout, { timeout: 20_000 }).not.toMatch(/"(?:waiting|working)"/);
  const before = (await lectern(home, ['list', '--json'])).stdout;
  expect(await lectern(home, ['check'])).toMatchObject({ code: 0, stdout: expect.stringContaining('The library is whole.') });
  for (const name of ['index.db', 'index.db-wal', 'index.db-shm']) rmSync(join(home.library, name), { force: true });
  expect((await lectern(home, ['list', '--json'])).stdout).toBe(before);
  const rebuilt = await lectern(home, ['rebuild', '--json']);
  expect(JSON.parse(rebuilt.stdout)).toEqual({ articles: (JSON.parse(before) as unknown[]).length });
  expect(JSON.parse((await lectern(home, ['check', '--json'])).stdout)).toMatchObject({ problems: [] });
});

test('a command joins the process that has the library open', async () => {
  const script = join(root, 'scripts', 'lectern.mjs');
  const server = await untilLink([script, '--library', home.library, 'serve'], home.env);
  const joined = await lectern(home, ['list', '--json']);
  expect(joined).toMatchObject({ code: 0, stderr: '' });
  expect((JSON.parse(joined.stdout) as unknown[]).length).toBeGreaterThan(2);
  // Several, because whether the news comes before or after the first look is chance.
  for (const n of [1, 2, 3, 4]) {
    const added = await lectern(home, ['add', '-', '--wait', '--json'], fogPage(`Through another process, ${n}`));
    expect(lines(added.stdout)).toMatchObject([{ title: `Through another process, ${n}`, state: 'ready' }]);
  }
  const link = await lectern(home, ['serve']);
  expect(link.code).toBe(0);
  expect(new URL(link.stdout.trim()).origin).toBe(server.origin);
  expect(await server.stop('SIGINT')).toBe(0);
});

test('a reader that goes away ends the program quietly', async () => {
  const child = spawn('sh', ['-c', `"${process.execPath}" "${join(root, 'scripts', 'lectern.mjs')}" --library "${home.library}" show "$0" --as html | head -c 1`, `${web.origin}/fog.html`], { env: home.env });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  await new Promise((done) => child.once('close', done));
  expect(errors).toBe('');
});
