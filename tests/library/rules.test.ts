import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answer } from '../../electron/answer.ts';
import { runJob } from '../../electron/library/extract/job.ts';
import { readRule } from '../../electron/library/extract/site-rule.ts';
import { isRuleName, openRules, ruleNamesFor } from '../../electron/library/rules/folder.ts';
import { isSame } from '../../shared/trial.ts';
import { png } from '../web/pictures.ts';
import { startWeb, type Web } from '../web/web.ts';
import { openTestLibrary, type TestLibrary } from './open-test-library.ts';

const line = (place: string): string => `<p>The ${place} had been shut since the spring, and everybody who walked past it on the way to the market slowed down a little, as if somebody might call out to them from behind the boards.</p>`;
const page = `<!doctype html><html lang="en"><head><title>Wrong headline | The Quay Post</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Wrong headline","author":"A Robot"}</script></head><body>
<header class="has-promo-bar"><a href="/">Home</a></header>
<article class="teaser">${line('theatre')}${line('library')}${line('school')}${line('bakery')}</article>
<div id="real"><h2 class="kicker-title">The bathhouse</h2><div class="who">By <span class="name">Ida Marrow</span> and <span class="name">Jo Penn</span></div><span class="when">3 June 2024</span>
${line('bathhouse')}<div class="promo-box">${line('newsletter')}</div>${line('pool')}<p class="sponsor">Paid for by the brewery.</p><p class="dict">A <a class="glossary" href="/g">sauna</a> stood here.</p><img data-real="/pool.png" src="/blank-spacer.gif" width="400" height="300"><img src="/tracker/x.png" width="300" height="300"><p>Tickets cost FOURPENCE.</p></div>
<a class="print" href="/print">Print</a></body></html>`;
const rule = `# A rule of our own
title: //h2[@class='kicker-title']
author: //div[@class='who']//span[@class='name']
date: //span[@class='when']
body: //div[@id='nothing']
body: //div[@id='real']
strip: //p[@class='sponsor']
strip_id_or_class: promo
strip_image_src: /tracker/
dissolve: //a[@class='glossary']
src_lazy_load_attr: data-real
replace_string(FOURPENCE): four pence
skip_json_ld: yes
prune: no
tidy: no
test_url: https://post.example/bathhouse
test_contains: The bathhouse had been shut
test_contains: Never said
`;
const job = (text: string, rules: string[] = [], url = 'https://post.example/bathhouse') => ({
  bytes: Buffer.from(text), contentType: 'text/html; charset=utf-8', url, name: '', format: 'page' as const, rules: rules.map((each, i) => ({ name: `${i}.txt`, text: each })),
});

test('a rule says what is the title, who wrote it and when, what is the body, and what is not', () => {
  const without = runJob(job(page));
  expect(without.title).not.toBe('The bathhouse');
  const { report, ...article } = runJob(job(page, [rule]));
  expect(article).toMatchObject({ title: 'The bathhouse', byline: 'Ida Marrow, Jo Penn', publishedAt: { local: '2024-06-03' } });
  expect(article.html).toContain('The bathhouse had been shut');
  expect(article.html).toContain('The pool had been shut');
  expect(article.html).toContain('<p>A sauna stood here.</p>');
  expect(article.html).toContain('four pence');
  expect(article.html).toContain('<img src="https://post.example/pool.png"');
  expect(article.html).not.toMatch(/theatre|newsletter|brewery|tracker|FOURPENCE|Ida|3 June|<h2/);
  expect(report?.body).toBe(true);
  const matched = Object.fromEntries((report?.lines ?? []).map((each) => [`${each.line} ${each.directive}`, each.matched]));
  expect(matched).toEqual({
    '2 title': 1, '3 author': 2, '4 date': 1, '5 body': 0, '6 body': 1, '7 strip': 1, '8 strip_id_or_class': 2, '9 strip_image_src': 1, '10 dissolve': 1, '11 src_lazy_load_attr': 1, '12 replace_string': 1,
  });
  expect(report?.problems).toEqual([{ line: 15, kind: 'without-effect', directive: 'tidy' }]);
});

test('a body that matches nothing, a strip that takes everything and a broken line leave the article as it was found without them', () => {
  const without = runJob(job(page));
  for (const text of ['body: //div[@id="gone"]', 'body: //div[', 'strip: //*', 'strip: //body/*', 'body: //title/@x', '']) {
    const result = runJob(job(page, [text]));
    expect(result.html.length, text).toBeGreaterThan(200);
    expect(result.html, text).toBe(without.html);
    expect(result.report?.body ?? false, text).toBe(false);
  }
  expect(runJob(job(page, ['body: //div[\nbody: //div[@id="real"]'])).report).toMatchObject({ body: true, problems: [{ line: 1, kind: 'broken-xpath', directive: 'body', problem: { kind: 'syntax' } }] });
});

test('an expression that asks for too much is named, and the article is found all the same', () => {
  const big = page.replace('</body>', `<ul>${'<li>A short line.</li>'.repeat(3_000)}</ul></body>`);
  const result = runJob(job(big, ['strip: //*[count(//*[count(//*) > 1]) > 1]\nbody: //div[@id="real"]']));
  expect(result.html.length).toBeGreaterThan(200);
  expect(result.report?.problems).toContainEqual({ line: 1, kind: 'broken-xpath', directive: 'strip', problem: { kind: 'too-much' } });
});

test('a rule that blows a page up costs it nothing', async () => {
  const web = await openWeb({ '/a': page.replace('</body>', `<p>${'~'.repeat(60_000)}</p></body>`) });
  const library = await openTestLibrary();
  await library.answers.saveRule({ name: '127.0.0.1.txt', text: `replace_string(~): ${'<i></i>'.repeat(20)}\nbody: //div[@id='real']` });
  const article = await save(library, `${web.origin}/a`);
  expect(article).toMatchObject({ stage: { state: 'ready' } });
  expect(article.html.length).toBeGreaterThan(200);
});

test('pages of comments, next pages and single pages as the rule says', () => {
  const next = (text: string) => runJob(job(page, [text])).nextPage;
  const single = (text: string) => runJob(job(page, [text])).report?.singlePage;
  expect(next("next_page_link: //a[@class='print']")).toEqual({ url: 'https://post.example/print', sure: true });
  expect(next("next_page_link: //a[@class='gone']\nnext_page_link: //a[@class='print']/@href")).toEqual({ url: 'https://post.example/print', sure: true });
  expect(next("next_page_link: 'https://elsewhere.example/2'")).toBeNull();
  expect(next("next_page_link: //a[@class='gone']")).toBeNull();
  expect(single("single_page_link: concat('/all?of=', //div/@id)")).toBe('https://post.example/all?of=real');
  expect(single("single_page_link: '/all'\nif_page_contains: //a[@class='print']")).toBe('https://post.example/all');
  expect(single("single_page_link: '/all'\nif_page_contains: //a[@class='gone']")).toBeNull();
  expect(single("if_page_contains: //a[@class='gone']\nsingle_page_link: '/all'")).toBeNull();
  expect(runJob(job(page, ['body: //div[@id="real"]\nwrap_in(blockquote): //p[@class="sponsor"]\nstrip_attr: //img/@width'])).html).toMatch(/<blockquote>.*Paid for by the brewery/);
});

test('a file is read line by line, and every line that is of no use is named', () => {
  const read = readRule({
    name: 'x.example.txt',
    text: '\ufefftitle: //h1\r\nBODY: //article\nstrip_all: //p\njust words\ntitle:\nprune: perhaps\nhttp_header(user-agent): A browser\nhttp_header(x-secret): 1\nhttp_header: Referer: https://r.example/\nhttp_header(cookie): a=b\u0007\nfind_string: a\nfind_string: b\nreplace_string: c\nwrap_in(script): //p\nif_page_contains: //p\nreplace_string: d\nreplace_string: e\nparser: html5lib\nauthor: //a[matches(., "x")]',
  });
  expect(read.paths.title).toHaveLength(1);
  expect(read.paths.body).toHaveLength(1);
  expect(read.headers).toEqual({ 'user-agent': 'A browser', referer: 'https://r.example/' });
  expect(read.replacements.map(({ find, replace }) => [find, replace])).toEqual([['a', 'c'], ['b', 'd']]);
  expect(read.problems).toEqual([
    { line: 3, kind: 'unknown-directive', directive: 'strip_all' }, { line: 4, kind: 'no-directive' }, { line: 5, kind: 'no-value', directive: 'title' }, { line: 6, kind: 'bad-value', directive: 'prune', value: 'perhaps' },
    { line: 8, kind: 'header-refused', header: 'x-secret' }, { line: 10, kind: 'bad-value', directive: 'http_header', value: 'a=b\u0007' }, { line: 14, kind: 'bad-value', directive: 'wrap_in', value: 'script' },
    { line: 17, kind: 'replace-without-find' }, { line: 18, kind: 'without-effect', directive: 'parser' },
    { line: 19, kind: 'broken-xpath', directive: 'author', problem: { kind: 'unknown-function', name: 'matches' } },
    { line: 15, kind: 'without-effect', directive: 'if_page_contains' },
  ]);
  expect(readRule({ name: 'x', text: 'a'.repeat(300_000) }).problems).toEqual([{ line: 0, kind: 'too-large', limit: 200_000 }]);
});

test('the most specific host’s file is taken, a wildcard is not for the host itself, and changes are seen at once', () => {
  expect(ruleNamesFor('a.news.s.example')).toEqual(['a.news.s.example.txt', '.news.s.example.txt', '.s.example.txt']);
  expect(ruleNamesFor('s.example')).toEqual(['s.example.txt']);
  for (const name of ['../x.txt', 'a/b.txt', '.txt', '..txt', 'A.example.txt', 'x.example.txt.bak', 'a..b.txt', '-a.txt', `${'a'.repeat(300)}.txt`]) expect(isRuleName(name), name).toBe(false);
  const root = mkdtempSync(join(tmpdir(), 'lectern-rules-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const rules = openRules(root);
  const names = (url: string) => rules.textsFor(url).map(({ name }) => name);
  expect(names('https://s.example/')).toEqual([]);
  mkdirSync(join(root, 'rules'));
  for (const name of ['s.example.txt', '.s.example.txt', 'news.s.example.txt', 'global.txt']) writeFileSync(join(root, 'rules', name), `title: //h1\nhttp_header(user-agent): ${name}\n`);
  expect(names('https://www.s.example/a')).toEqual(['s.example.txt', 'global.txt']);
  expect(names('http://sport.s.example')).toEqual(['.s.example.txt', 'global.txt']);
  expect(names('http://a.b.s.example')).toEqual(['.s.example.txt', 'global.txt']);
  expect(names('https://news.s.example/')).toEqual(['news.s.example.txt', 'global.txt']);
  expect(names('https://other.example/')).toEqual(['global.txt']);
  expect(rules.headersFor(new URL('https://other.example/'))).toEqual({});
  expect(rules.headersFor(new URL('https://s.example/'))).toEqual({ 'user-agent': 's.example.txt' });
  writeFileSync(join(root, 'rules', 's.example.txt'), 'title: //h2 # longer than before\n');
  expect(rules.textsFor('https://s.example/')[0]?.text).toContain('//h2');
  rmSync(join(root, 'rules', 's.example.txt'));
  symlinkSync(join(root, 'rules', 'global.txt'), join(root, 'rules', 's.example.txt'));
  expect(names('https://s.example/')).toEqual(['global.txt']);
});

async function openWeb(pages: Parameters<typeof startWeb>[0]): Promise<Web> {
  const web = await startWeb(pages);
  onTestFinished(() => web.close());
  return web;
}

async function save(library: TestLibrary, url: string) {
  const [saved] = await library.answers.save({ urls: [url], tags: [], typed: true });
  await library.idle();
  return library.answers.article({ id: saved?.id ?? '' });
}

test('a saved article follows the library’s rules: headers, the page with everything on it, next pages; and again without the network', async () => {
  const whole = page.replace('<div id="real">', '<div id="real" class="all">').replace('</div>\n<a class="print"', `${line('boathouse')}</div>\n<a class="print"`);
  const web = await openWeb({ '/a': page, '/print': whole, '/pool.png': png(40, 40) });
  const library = await openTestLibrary();
  const text = `${rule}single_page_link: //a[@class='print']\nhttp_header(user-agent): Quayside/1\nhttp_header(cookie): consent=yes\nhttp_header(accept-language): cy\n`;
  expect(await library.answers.saveRule({ name: '127.0.0.1.txt', text })).toEqual({ name: '127.0.0.1.txt', problems: [{ line: 15, kind: 'without-effect', directive: 'tidy' }] });
  const article = await save(library, `${web.origin}/a`);
  expect(article).toMatchObject({ title: 'The bathhouse', byline: 'Ida Marrow, Jo Penn', pages: null, certificate: { pictures: 1, stored: 1 } });
  expect(article.html).toContain('The boathouse had been shut');
  expect(web.hits.map(({ path }) => path)).toEqual(['/a', '/print', '/pool.png']);
  expect(web.hits.slice(0, 2).map(({ headers }) => [headers['user-agent'], headers.cookie, headers['accept-language']])).toEqual([['Quayside/1', 'consent=yes', 'cy'], ['Quayside/1', 'consent=yes', 'cy']]);
  expect(web.hits[2]?.headers.cookie).toBeUndefined();
  expect(isSame(await library.answers.tryExtract({ id: article.id, encoding: null, kind: null }))).toBe(true);

  // The rule changes, and what is extracted again follows it.
  await library.answers.saveRule({ name: '127.0.0.1.txt', text: text.replace("title: //h2[@class='kicker-title']", "title: 'Another name'") });
  const { undo, facts } = await library.answers.reextract({ id: article.id, encoding: null, kind: null, morePages: false, joins: null });
  expect(facts).toEqual([{ fact: 'title', before: 'The bathhouse', after: 'Another name' }]);
  expect(undo).not.toBeNull();
  expect(web.hits).toHaveLength(3);
  expect((await library.answers.check({})).problems).toEqual([]);
});

test('a redirect to another host takes no header of the first along', async () => {
  const other = await openWeb({ '/b': page });
  const web = await openWeb({ '/a': (_, response) => response.writeHead(302, { location: `http://localhost:${other.port}/b` }).end() });
  const root = mkdtempSync(join(tmpdir(), 'lectern-rules-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'rules'));
  writeFileSync(join(root, 'rules', '127.0.0.1.txt'), 'http_header(cookie): a=b\n');
  const library = await openTestLibrary({ path: root });
  await library.answers.save({ urls: [`${web.origin}/a`], tags: [], typed: true });
  await library.idle();
  expect(web.hits[0]?.headers.cookie).toBe('a=b');
  for (const { headers } of other.hits) expect(headers.cookie).toBeUndefined();
});

test('a rule is tried on a saved article and on an address, beside what the page gives without it', async () => {
  const web = await openWeb({ '/a': page, '/pool.png': png(40, 40) });
  const library = await openTestLibrary();
  const { id } = await save(library, `${web.origin}/a`);
  const hits = web.hits.length;
  const text = rule.replace('https://post.example/bathhouse', `${web.origin}/a`).replace('body: //div[@id=\'nothing\']', 'body: //div[');
  const trial = await library.answers.tryRule({ name: '127.0.0.1.txt', text, page: { id } });
  expect(web.hits.length).toBe(hits);
  expect(trial).toMatchObject({ address: `${web.origin}/a`, forHost: true, body: true, after: { title: 'The bathhouse', byline: 'Ida Marrow, Jo Penn', nextPage: null } });
  expect(trial.before?.title).not.toBe('The bathhouse');
  expect(trial.after?.opening[0]).toMatch(/^The bathhouse had been shut/);
  expect(trial.tests).toEqual([{ line: 17, text: 'The bathhouse had been shut', found: true }, { line: 18, text: 'Never said', found: false }]);
  expect(trial.problems.map(({ line: at, kind }) => [at, kind])).toEqual([[5, 'broken-xpath'], [15, 'without-effect']]);
  expect(await library.answers.tryRule({ name: 'elsewhere.example.txt', text: 'http_header(cookie): a=b', page: { url: `${web.origin}/a` } })).toMatchObject({ forHost: false, body: false, tests: [] });
  expect(web.hits.at(-1)?.headers.cookie).toBeUndefined();
  await library.answers.tryRule({ name: '127.0.0.1.txt', text: 'http_header(cookie): a=b', page: { url: `${web.origin}/a` } });
  expect(web.hits.at(-1)?.headers.cookie).toBe('a=b');
  expect(await answer(library, 'tryRule', { text: '', page: { url: `${web.origin}/gone` } })).toMatchObject({ ok: false, failure: { kind: 'gone' } });
});

test('the folder is listed with what is the matter, and only rule files are written', async () => {
  const library = await openTestLibrary();
  expect(await library.answers.rules({ find: '', count: 200 })).toEqual({ path: join(library.path, 'rules'), total: 0, files: [] });
  await library.answers.saveRule({ name: '.post.example.txt', text: 'title: //h1\nbody: //div[' });
  await library.answers.saveRule({ name: 'global.txt', text: '' });
  writeFileSync(join(library.path, 'rules', 'Not_a_host.txt'), 'title: //h1');
  const { total, files } = await library.answers.rules({ find: '', count: 200 });
  expect([total, files.map(({ name, host, directives, problems }) => [name, host, directives, problems.map(({ kind }) => kind)])]).toEqual([
    3, [['Not_a_host.txt', null, 0, ['file-name']], ['global.txt', null, 0, []], ['.post.example.txt', '.post.example', 1, ['broken-xpath']]],
  ]);
  expect((await library.answers.rules({ find: 'post', count: 200 })).total).toBe(1);
  expect((await library.answers.rule({ name: '.post.example.txt' })).text).toContain('//h1');
  for (const name of ['../lectern.json.txt', 'x/y.txt', 'lectern.json', '..txt']) expect(await answer(library, 'saveRule', { name, text: '' }), name).toMatchObject({ ok: false, failure: { kind: 'bad-input' } });
  expect(await answer(library, 'rule', { name: 'gone.example.txt' })).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
});

test('a line made to be slow is read at once', () => {
  const begun = process.threadCpuUsage().user;
  for (const slow of [`body${' '.repeat(190_000)}x`, `title${' ('.repeat(90_000)}`, `replace_string(${') '.repeat(90_000)}`, `a${'('.repeat(190_000)}`]) readRule({ name: 'slow.example.txt', text: slow });
  expect((process.threadCpuUsage().user - begun) / 1e6).toBeLessThan(1);
  expect(readRule({ name: 'a.example.txt', text: 'replace_string(a: b): c\nhttp_header( referer ) : https://a.example/\n title : //h1' }).problems).toEqual([]);
});
