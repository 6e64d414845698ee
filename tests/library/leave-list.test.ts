import MarkdownIt from 'markdown-it';
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { expect, test } from 'vitest';
import { openExports, pictureRoom } from '../../electron/library/leave/export.ts';
import { clean, oneLine } from '../../electron/library/leave/list-format.ts';
import { storeFile } from '../../electron/library/storage/files.ts';
import type { OpenStore, Store } from '../../electron/library/storage/store.ts';
import { setTag } from '../../electron/library/tag-page.ts';
import { rename } from '../../electron/library/marks.ts';
import { keep } from '../../electron/library/articles.ts';
import type { ListFormat } from '../../shared/export.ts';
import { addReady, openTestStore } from './made-up.ts';
import { sure } from './made-up-article.ts';

/* What a list leaves as: each file read back by a reader that is not ours, with titles made to break out of it. */

const attacks = [
  '</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', `' onmouseover='alert(1)`, 'Tom & Jerry &amp; &lt;b&gt;', ']]> <!-- --> <!DOCTYPE x>',
  '\u202eright to left\u202c مرحبا', 'nul\u0000bell\u0007escape\u001b[31m', '[link](javascript:alert(1)) ![x](y) **bold** `code` <b>', '# no heading', '1. no list', '- no item', '~~~', 'line\nbreak\r\n- item',
  '=cmd|x!A1', 'lone \ud800 half', '中文《标题》 ' + '长'.repeat(300), 'a\\](b) \\', '<DT><A HREF="https://evil.example/">x</A>', '</DL><p>',
];

function whole(store: Store, as: ListFormat, more: { texts?: boolean; title?: string; what?: Parameters<ReturnType<typeof openExports>['exportList']>[0]['what'] } = {}) {
  const { exportList, exportPart } = openExports(store);
  const what = more.what ?? { where: { list: 'tag', tag: 't' }, sort: 'oldest' };
  const begun = exportList({ what, as, texts: more.texts ?? false, title: more.title ?? 'T' }) as { token: string; name: string; total: number };
  let text = '';
  let parts = 0;
  for (let last = false; !last; parts++) {
    const part = exportPart({ token: begun.token }) as { text: string; done: number; last: boolean };
    expect(part.done).toBeLessThanOrEqual(begun.total);
    text += part.text;
    last = part.last;
  }
  expect(() => exportPart({ token: begun.token })).toThrow('not-found');
  return { ...begun, text, parts };
}

const elements = (node: Tree.Node): Tree.Element[] => ('childNodes' in node ? node.childNodes.flatMap((child) => ['tagName' in child ? [child] : [], elements(child)].flat()) : []);
const textIn = (node: Tree.Node): string => ('value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textIn).join('') : '');
const attr = (element: Tree.Element, name: string) => element.attrs.find((each) => each.name === name)?.value;

async function attacked(): Promise<{ store: OpenStore; titles: string[]; urls: string[] }> {
  const store = await openTestStore();
  const urls: string[] = [];
  for (const [n, title] of attacks.entries()) {
    urls.push(new URL(`https://s.example/${n}?a=1&b='"<x>(y)`).href);
    const id = await addReady(store, { url: sure(urls.at(-1)), tags: ['t', `x${n} & "y"/<z>`], title: 'plain' });
    rename(store)({ id, title });
  }
  return { store, titles: attacks.map(oneLine), urls };
}

test('a page holds titles as text, whatever they are, and nothing that runs, loads or leads elsewhere', async () => {
  const { store, titles, urls } = await attacked();
  setTag(store)({ tag: 't', description: 'About <b>it</b>\n& more' });
  const { text, name } = whole(store, 'html', { title: '</title><script>x</script>' });
  expect(name).toBe('<-title--script-x--script-.html'.replace('<', '').replace(/^-/, ''));
  const all = elements(parse(text));
  expect(all.filter(({ tagName }) => /^(?:script|img|iframe|object|embed|form|base|link|svg|b)$/.test(tagName))).toEqual([]);
  expect(all.flatMap(({ attrs }) => attrs.filter(({ name: each }) => each.startsWith('on')))).toEqual([]);
  const links = all.filter(({ tagName }) => tagName === 'a');
  expect(links.map(textIn)).toEqual(titles);
  expect(links.map((link) => attr(link, 'href'))).toEqual(urls);
  expect(textIn(sure(all.find((each) => attr(each, 'class') === 'about')))).toBe('About <b>it</b>\n& more');
  expect(attr(sure(all.find((each) => attr(each, 'http-equiv') === 'Content-Security-Policy')), 'content')).toMatch(/^default-src 'none'/);
  expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
});

test('with their texts, articles stand below the list, pictures inside, and names of notes do not meet', async () => {
  const store = await openTestStore();
  const file = await storeFile(store.root, Buffer.from('not really a picture'), 'png');
  const picture = { url: 'https://x.example/p', state: 'stored' as const, ...file, width: 9, height: 9 };
  const html = `<p>Text<sup id="l-r"><a href="#l-n">1</a></sup> of code <code>id="l-r"</code></p><p><img src="/files/${file.file.slice(0, 2)}/${file.file}" alt="p"></p><ol><li id="l-n">note</li></ol>`;
  const ids = [await addReady(store, { tags: ['t'], html, pictures: [picture], title: 'One' }), await addReady(store, { tags: ['t'], html, title: 'Two' })];
  const waiting = sure(keep(store, [{ url: 'https://x.example/waiting', job: { from: 'web', typed: true } }], ['t'])[0]).id;
  const { text } = whole(store, 'html', { texts: true });
  const all = elements(parse(text));
  const named = all.flatMap((each) => attr(each, 'id') ?? []);
  expect(new Set(named).size).toBe(named.length);
  const inside = all.filter(({ tagName }) => tagName === 'a').map((link) => attr(link, 'href') ?? '').filter((href) => href.startsWith('#'));
  expect(inside).toEqual([`#a-${ids[0]}`, `#a-${ids[1]}`, `#${ids[0]}-l-n`, `#${ids[1]}-l-n`]);
  for (const href of inside) expect(named).toContain(href.slice(1));
  expect(text).not.toContain(`a-${waiting}`);
  expect(text.match(/src="data:image\/png;base64,/g)).toHaveLength(2);
  expect(all.filter(({ tagName }) => tagName === 'code').map(textIn)).toEqual(['id="l-r"', 'id="l-r"']);
  expect(whole(store, 'markdown', { texts: true }).text.match(/^# (?:One|Two)$/gm)).toEqual(['# One', '# Two']);
  // Small formats have no room for texts, and say nothing of them.
  expect(whole(store, 'opml', { texts: true }).text).not.toContain('of code');
  expect(pictureRoom).toBeGreaterThan(1_000_000);
});

test('a bookmarks file reads back with addresses, titles, times, tags and notes', async () => {
  const { store, titles, urls } = await attacked();
  const { text, name } = whole(store, 'bookmarks', { title: 'My <tag>' });
  expect(name).toBe('My -tag-.bookmarks.html');
  expect(text.startsWith('<!DOCTYPE NETSCAPE-Bookmark-file-1>\n')).toBe(true);
  const all = elements(parse(text));
  const links = all.filter(({ tagName }) => tagName === 'a');
  expect(links.map(textIn)).toEqual(titles);
  expect(links.map((link) => attr(link, 'href'))).toEqual(urls);
  expect(links.map((link) => attr(link, 'tags')?.split(','))).toEqual(attacks.map((_, n) => ['t', `x${n} & "y"/<z>`].toSorted()));
  for (const link of links) expect(Number(attr(link, 'add_date')) * 1_000).toBeGreaterThan(Date.now() - 600_000);
  expect(all.filter(({ tagName }) => tagName === 'h3').map(textIn)).toEqual(['My <tag>']);
  expect(all.filter(({ tagName }) => tagName === 'dd')).toHaveLength(attacks.length);
  expect(all.filter(({ tagName }) => tagName === 'dl')).toHaveLength(2);
});

/** A strict reader of the XML we write: elements and double-quoted attributes only, everything else is refused. */
function readXml(text: string): Array<{ name: string; attributes: Record<string, string>; depth: number }> {
  const value = (raw: string) => raw.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? '"');
  const rest = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const found: ReturnType<typeof readXml> = [];
  const open: string[] = [];
  const piece = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z]+="(?:[^<&"]|&(?:amp|lt|gt|quot);)*")*)(\/?)>|((?:[^<&]|&(?:amp|lt|gt|quot);)+)/gy;
  let at = 0;
  for (let each = piece.exec(rest); each; each = piece.exec(rest)) {
    at = piece.lastIndex;
    const [, close, name = '', attributes = '', alone, words] = each;
    if (words !== undefined) continue;
    if (close === '/') {
      const opened = open.pop();
      if (opened !== name) throw new Error(`</${name}> closes <${opened}>`);
    } else {
      found.push({ name, depth: open.length, attributes: Object.fromEntries([...attributes.matchAll(/ ([a-zA-Z]+)="([^"]*)"/g)].map(([, key = '', raw = '']) => [key, value(raw)])) });
      if (alone !== '/') open.push(name);
    }
  }
  expect(rest.slice(at)).toBe('');
  expect(open).toEqual([]);
  expect(text).not.toMatch(/[^\P{Cc}\n\t]|\ufffe|\uffff/u);
  expect(text.isWellFormed()).toBe(true);
  return found;
}

test('OPML is well-formed, with a link, a time and categories for each article', async () => {
  const { store, titles, urls } = await attacked();
  const found = readXml(whole(store, 'opml').text);
  expect(found.slice(0, 2).map(({ name }) => name)).toEqual(['opml', 'head']);
  expect(found[0]?.attributes).toEqual({ version: '2.0' });
  const links = found.filter(({ attributes }) => attributes['type'] === 'link');
  expect(links.map(({ attributes }) => attributes['text'])).toEqual(titles);
  expect(links.map(({ attributes }) => attributes['url'])).toEqual(urls);
  expect(links[3]?.attributes['category']).toBe('/t,/x3 & "y"/<z>');
  for (const { attributes, depth } of links) {
    expect(depth).toBe(3);
    expect(Number.isNaN(Date.parse(attributes['created'] ?? ''))).toBe(false);
  }
});

test('Markdown reads back as a list of links by those titles', async () => {
  const { store, titles, urls } = await attacked();
  const { text } = whole(store, 'markdown', { title: 'A *list*' });
  const all = elements(parse(new MarkdownIt({ html: true, linkify: true }).render(text)));
  const links = all.filter(({ tagName }) => tagName === 'a');
  expect(links.map(textIn)).toEqual(titles);
  expect(links.map((link) => attr(link, 'href'))).toEqual(urls);
  expect(all.filter(({ tagName }) => /^(?:img|script|b|strong|em|code|s|del)$/.test(tagName))).toEqual([]);
  expect(all.filter(({ tagName }) => tagName === 'li')).toHaveLength(attacks.length);
});

test('chosen articles leave in the order chosen; what has no address is no bookmark but in every other list', async () => {
  const store = await openTestStore();
  const ids = [await addReady(store, { title: 'A' }), await addReady(store, { title: 'B' })];
  const text = sure(keep(store, [{ url: null, name: 'Only text', job: { from: 'web', typed: true } }], [])[0]).id;
  const what = { ids: [sure(ids[1]), text, sure(ids[0])] };
  expect(whole(store, 'bookmarks', { what }).text.match(/>(?:A|B|Only text)<\/A>/g)).toEqual(['>B</A>', '>A</A>']);
  for (const as of ['html', 'opml', 'markdown'] as const) expect(whole(store, as, { what }).text.match(/\b(?:A|B|Only text)\b(?=<|"|\]| ·|\n)/g)).toEqual(['B', 'Only text', 'A']);
  expect(whole(store, 'html', { what: { where: { list: 'trash' }, sort: 'newest' }, texts: true }).text).toMatch(/<\/ol>\n<\/body>/);
});

test('a long list comes in parts, each article once, though the library changes meanwhile', async () => {
  const store = await openTestStore();
  keep(store, Array.from({ length: 1_300 }, (_, n) => ({ url: `https://many.example/${n}`, job: { from: 'web', typed: true } as const })), ['t']);
  const { exportList, exportPart } = openExports(store);
  const { token, total } = exportList({ what: { where: { list: 'tag', tag: 't' }, sort: 'newest' }, as: 'opml', texts: false, title: 'Many' }) as { token: string; total: number };
  expect(total).toBe(1_300);
  let text = '';
  let parts = 0;
  for (let last = false; !last; parts++) {
    const part = exportPart({ token }) as { text: string; last: boolean };
    text += part.text;
    last = part.last;
    keep(store, [{ url: `https://later.example/${parts}`, job: { from: 'web', typed: true } }], ['t']);
  }
  expect(parts).toBe(3);
  expect(new Set(text.match(/url="[^"]+"/g)).size).toBe(1_300);
  expect(text).not.toContain('later.example');
});

test('names of files are taken by every file system', async () => {
  const store = await openTestStore();
  const { exportList } = openExports(store);
  const nameOf = (title: string) => (exportList({ what: { where: { list: 'all' }, sort: 'newest' }, as: 'opml', texts: false, title }) as { name: string }).name;
  expect(['a/b\\c:d', '', '...', 'con', '../../etc/passwd', '科技/人工智能', '\u202egnp.exe'].map(nameOf)).toEqual([
    'a-b-c-d.opml', 'Lectern.opml', 'Lectern.opml', 'Lectern con.opml', 'etc-passwd.opml', '科技-人工智能.opml', 'gnp.exe.opml',
  ]);
  expect(nameOf('长'.repeat(300)).length).toBeLessThan(100);
  expect(clean('a\u0000b')).toBe('ab');
});
