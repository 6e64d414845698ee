import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readExport } from '../../electron/library/arrive/exports/read-export.ts';
import type { Brought } from '../../electron/library/arrive/exports/brought.ts';
import { zipOf } from '../../scripts/extension.mjs';
import { newsPage, openTestLibrary, type TestLibrary } from './open-test-library.ts';

/* Exports of other services, each as its own code writes it; everything in them is made up. */

function folder(files: Record<string, string | Buffer>): string {
  const root = mkdtempSync(join(tmpdir(), 'lectern-import-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

async function read(name: string, content: string | Buffer): Promise<{ format: string; entries: Brought[]; left: number; repeated: number; refused: unknown[] } | null> {
  const found = await readExport(join(folder({ [name]: content }), name));
  found?.close();
  return found;
}

const archive = (files: Record<string, string | Buffer>): Buffer => zipOf(folder(files));
const prose = (about: string): string => Array.from({ length: 8 }, (_, i) => `<p>Paragraph ${i} of the ${about} goes on for a good while, as such paragraphs do, and then it comes to its end without hurry.</p>`).join('');

/** What one entry says, without what is empty. */
const told = (entry: Brought | undefined) => Object.fromEntries(Object.entries(entry ?? {}).filter(([name, value]) => name !== 'text' && value !== '' && value !== false && value !== null && (!Array.isArray(value) || value.length > 0)));

test.each<[string, string, string, object[]]>([
  ['Pocket, the table', 'part_000000.csv', '\ufefftitle,url,time_added,tags,status\n"A title\nin two lines",https://one.example/a,1600172739,dev|agile,archive\nhttps://one.example/b,https://one.example/b,1600172740,,unread\n', [
    { url: 'https://one.example/a', title: 'A title in two lines', at: '2020-09-15T12:25:39.000Z', tags: ['dev', 'agile'], archived: true },
    { url: 'https://one.example/b', at: '2020-09-15T12:25:40.000Z' },
  ]],
  ['Pocket, the older page', 'ril_export.html', '<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul><li><a href="https://one.example/a" time_added="1600172739" tags="a,b">Unread one</a></li></ul><h1>Read Archive</h1><ul><li><a href="https://one.example/b" time_added="1600172740" tags="">Read one</a></li></ul></body></html>', [
    { url: 'https://one.example/a', title: 'Unread one', at: '2020-09-15T12:25:39.000Z', tags: ['a', 'b'] },
    { url: 'https://one.example/b', title: 'Read one', at: '2020-09-15T12:25:40.000Z', archived: true },
  ]],
  ['Instapaper', 'instapaper-export.csv', 'URL,Title,Selection,Folder,Timestamp,Tags\nhttps://one.example/a,Starred one,,Starred,1640080879,"[""css"", ""web, old""]"\nhttps://one.example/b,Filed,Chosen words,Cooking,1640080878,[]\nhttps://one.example/c,Old,,Archive,1640080877,[]\n', [
    { url: 'https://one.example/a', title: 'Starred one', at: '2021-12-21T10:01:19.000Z', tags: ['css', 'web， old'], favourite: true },
    { url: 'https://one.example/b', title: 'Filed', at: '2021-12-21T10:01:18.000Z', folder: ['Cooking'], note: 'Chosen words' },
    { url: 'https://one.example/c', title: 'Old', at: '2021-12-21T10:01:17.000Z', archived: true },
  ]],
  ['Readwise Reader', 'reader.csv', `Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"One, with a comma",https://one.example/a,,"[""don't"", 'favorite', 'peanut, butter']",2022-12-05 12:42:10+00:00,1.0,archive,True\n`, [
    { url: 'https://one.example/a', title: 'One, with a comma', at: '2022-12-05T12:42:10.000Z', tags: ["don't", 'peanut， butter'], archived: true, favourite: true, finished: true },
  ]],
  ['Raindrop', 'raindrop.csv', 'id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n1,One,"My note\nin two lines",x,https://one.example/a,Dev / Web,"a, b",2023-05-05T10:00:00.000Z,,"Highlight: A sentence that was marked.",true\n2,Two,,,https://one.example/b,Unsorted,,2023-05-05T10:00:00.000Z,,,false\n3,Three,,,https://one.example/c,Archive,,2023-05-05T10:00:00.000Z,,,false\n', [
    { url: 'https://one.example/a', title: 'One', at: '2023-05-05T10:00:00.000Z', tags: ['a', 'b'], folder: ['Dev', 'Web'], favourite: true, note: 'My note\nin two lines', highlights: [{ quote: 'A sentence that was marked.', note: '', at: null }] },
    { url: 'https://one.example/b', title: 'Two', at: '2023-05-05T10:00:00.000Z' },
    { url: 'https://one.example/c', title: 'Three', at: '2023-05-05T10:00:00.000Z', archived: true },
  ]],
  ['wallabag, the table', 'wallabag.csv', 'Title;URL;Content;Tags;MIME Type;Language;Creation date\n"One; two";https://one.example/a;<p>x</p>;"a, b";text/html;en;05/04/2021 03:12:11\n', [
    { url: 'https://one.example/a', title: 'One; two', at: '2021-04-05T00:00:00.000Z', tags: ['a', 'b'] },
  ]],
  ['Omnivore, the early table', 'omnivore.csv', 'url,state,labels,saved_at,published_at\nhttps://one.example/a,ARCHIVED,"[news,long read]",1672531200000,\n', [
    { url: 'https://one.example/a', at: '2023-01-01T00:00:00.000Z', tags: ['news', 'long read'], archived: true },
  ]],
  ['Readeck, the table', 'readeck.csv', 'url,title,created,labels,is_archived,is_marked,type\r\nhttps://one.example/a,One,2024-01-02T03:04:05Z,"[""x""]",true,true,article\r\n', [
    { url: 'https://one.example/a', title: 'One', at: '2024-01-02T03:04:05.000Z', tags: ['x'], archived: true, favourite: true },
  ]],
  ['any table, in Chinese', '收藏.csv', '标题,链接,标签,收藏时间,备注\n一篇文章,https://one.example/a,科技、阅读,2024-03-01,记一笔\n', [
    { url: 'https://one.example/a', title: '一篇文章', at: '2024-03-01T00:00:00.000Z', tags: ['科技', '阅读'], note: '记一笔' },
  ]],
  ['wallabag', 'wallabag.json', JSON.stringify([{ is_archived: 1, is_starred: true, tags: ['a'], id: 1, title: 'One <em>more</em>', url: 'https://one.example/a', content: prose('well'), created_at: '2016-09-08T11:55:58+0200', annotations: [{ quote: 'comes to its end', text: 'So it does', created_at: '2016-09-09T00:00:00+0000' }] }]), [
    { url: 'https://one.example/a', title: 'One more', at: '2016-09-08T09:55:58.000Z', tags: ['a'], archived: true, favourite: true, highlights: [{ quote: 'comes to its end', note: 'So it does', at: '2016-09-09T00:00:00.000Z' }] },
  ]],
  ['Karakeep', 'karakeep.json', JSON.stringify({ bookmarks: [{ createdAt: 1700000000, title: null, tags: ['Tag 1'], lists: ['two'], content: { type: 'link', url: 'https://one.example/a' }, note: 'N', archived: false }, { createdAt: 1700000000, title: 'A picture', tags: [], lists: [], content: null }], lists: [{ id: 'one', name: 'Outer', parentId: null }, { id: 'two', name: 'Inner', parentId: 'one' }] }), [
    { url: 'https://one.example/a', at: '2023-11-14T22:13:20.000Z', tags: ['Tag 1'], folder: ['Outer', 'Inner'], note: 'N' },
  ]],
  ['Linkwarden', 'linkwarden.json', JSON.stringify({ collections: [{ id: 1, name: 'Q &amp; A', parentId: null, links: [{ id: 9, name: 'One', description: 'About it', url: 'https://one.example/a', tags: [{ id: 1, name: 'x' }], createdAt: '2024-05-01T00:00:00.000Z' }] }], pinnedLinks: [{ id: 9 }] }), [
    { url: 'https://one.example/a', title: 'One', at: '2024-05-01T00:00:00.000Z', tags: ['x'], folder: ['Q & A'], favourite: true, note: 'About it' },
  ]],
  ['GoodLinks', 'goodlinks.json', JSON.stringify([{ url: 'https://one.example/a', title: 'One', addedAt: 1764091489.5, readAt: 1764091490.1, starred: true, tags: ['dev/git'] }]), [
    { url: 'https://one.example/a', title: 'One', at: '2025-11-25T17:24:49.500Z', tags: ['dev/git'], archived: true, favourite: true, finished: true },
  ]],
  ['Pinboard', 'pinboard.json', JSON.stringify([{ href: 'https://one.example/a', description: 'One', extended: 'A note', time: '2015-01-01T00:00:00Z', toread: 'yes', tags: 'a b' }]), [
    { url: 'https://one.example/a', title: 'One', at: '2015-01-01T00:00:00.000Z', tags: ['a', 'b'], note: 'A note' },
  ]],
  ['Chrome’s own file', 'Bookmarks', JSON.stringify({ roots: { bookmark_bar: { type: 'folder', name: 'Bookmarks bar', children: [{ type: 'folder', name: 'News', children: [{ type: 'url', name: 'One', url: 'https://one.example/a', date_added: '13118850929335823' }] }] }, other: { type: 'folder', name: 'Other', children: [] } } }), [
    { url: 'https://one.example/a', title: 'One', at: '2016-09-20T13:15:29.335Z', folder: ['News'] },
  ]],
  ['Firefox’s backup', 'bookmarks.json', JSON.stringify({ guid: 'root________', type: 'text/x-moz-place-container', root: 'placesRoot', children: [{ guid: 'toolbar_____', root: 'toolbarFolder', title: 'toolbar', type: 'text/x-moz-place-container', children: [{ guid: 'abcabcabcabc', title: 'News', type: 'text/x-moz-place-container', children: [{ title: 'One', uri: 'https://one.example/a', dateAdded: 1388166091504000, tags: 'test,tag', type: 'text/x-moz-place' }] }] }] }), [
    { url: 'https://one.example/a', title: 'One', at: '2013-12-27T17:41:31.504Z', tags: ['test', 'tag'], folder: ['News'] },
  ]],
  ['a browser’s bookmarks file', 'bookmarks.html', `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n<TITLE>Bookmarks</TITLE>\n<H1>书签</H1>\n<DL><p>\n<DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Bar</H3>\n<DL><p>\n<DT><A HREF="https://one.example/a?x=1&amp;y=2" ADD_DATE="1601411565" TAGS="mozilla,blog">One</A>\n<DD>A note on it\n<DT><H3>科技</H3>\n<DL><p>\n<DT><A HREF="https://one.example/b" ADD_DATE="0">Two</A>\n<DT><A HREF="javascript:alert(1)">Three</A>\n</DL><p>\n</DL><p>\n<DT><A HREF="https://one.example/c">Last</A>\n</DL><p>`, [
    { url: 'https://one.example/a?x=1&y=2', title: 'One', at: '2020-09-29T20:32:45.000Z', tags: ['mozilla', 'blog'], note: 'A note on it' },
    { url: 'https://one.example/b', title: 'Two', folder: ['科技'] },
    { url: 'https://one.example/c', title: 'Last' },
  ]],
  ['linkding', 'linkding.html', '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n\r<DT><A HREF="https://one.example/a" ADD_DATE="1601411565" LAST_MODIFIED="1601411565" PRIVATE="1" TOREAD="0" TAGS="a,linkding:bookmarks.archived">One</A>\n\r<DD>Described[linkding-notes]and noted[/linkding-notes]\n\r</DL><p>', [
    { url: 'https://one.example/a', title: 'One', at: '2020-09-29T20:32:45.000Z', tags: ['a'], archived: true, note: 'Described\nand noted' },
  ]],
  ['OPML', 'links.opml', '<?xml version="1.0"?><opml version="2.0"><body><outline text="Folder"><outline type="link" text="A &amp; B" url="https://one.example/a" created="Fri, 01 Mar 2024 00:00:00 GMT" category="/x/y,/z"/><outline type="rss" text="A feed" xmlUrl="https://one.example/feed" htmlUrl="https://one.example/"/></outline></body></opml>', [
    { url: 'https://one.example/a', title: 'A & B', at: '2024-03-01T00:00:00.000Z', tags: ['x/y', 'z'], folder: ['Folder'] },
    { url: 'https://one.example/', title: 'A feed', folder: ['Folder'] },
  ]],
])('%s', async (_, name, content, entries) => {
  expect((await read(name, content))?.entries.map(told)).toEqual(entries);
});

test('what has no address of the web is listed, and one page is one entry with all that its lines say', async () => {
  const found = await read('x.csv', 'url,title,tags,created,note\nhttps://one.example/a?utm_source=x,One,a,2024-01-02,First\nmailto:someone@one.example,Mail,,,\n,Nothing,,,\nhttps://one.example/a,,b,2023-01-02,Second\n');
  expect(found?.entries.map(told)).toEqual([{ url: 'https://one.example/a?utm_source=x', title: 'One', at: '2023-01-02T00:00:00.000Z', tags: ['a', 'b'], note: 'First\n\nSecond' }]);
  expect(found).toMatchObject({ repeated: 1, left: 2, refused: [{ line: 2, text: 'mailto:someone@one.example', why: 'not-web' }, { line: 3, text: 'Nothing', why: 'no-address' }] });
});

test('a table that breaks off within a row gives what comes before, and says that something is left out', async () => {
  const found = await read('x.csv', 'url,title\nhttps://one.example/a,One\nhttps://one.example/b,"Two\nhttps://one.example/c,Three\n');
  expect(found?.entries.map(({ url }) => url)).toEqual(['https://one.example/a']);
  expect(found).toMatchObject({ left: 1 });
});

test.each([
  ['a page', 'x.html', newsPage('The Harbour')], ['a text', 'x.txt', 'A text with, commas\nand lines.'], ['a table without addresses', 'x.csv', 'name,age\nAnn,3\n'], ['broken JSON', 'x.json', '{"bookmarks": ['],
  ['other JSON', 'x.json', '{"a": 1}'], ['a page with a glossary', 'x.html', '<!doctype html><html><body><article><dl><dt>Word</dt><dd>Its <a href="https://one.example/">sense</a></dd></dl></article></body></html>'], ['nothing', 'x.csv', ''],
])('%s is no export', async (_, name, content) => {
  expect(await read(name, content)).toBeNull();
});

test('archives: parts belong together, texts and highlights come along, and what is broken says so', async () => {
  const pocket = await read('pocket.zip', archive({
    'part_000000.csv': 'title,url,time_added,tags,status\nOne,https://one.example/a,1600172739,,unread\n',
    'part_000001.csv': 'title,url,time_added,tags,status\nTwo,https://one.example/b,1600172739,,unread\nThree,gopher://x,1,,unread\n',
    'annotations/part_000000.json': JSON.stringify([{ url: 'https://one.example/b', title: 'Two', highlights: [{ quote: 'Marked words', created_at: 1600172800 }] }]),
  }));
  expect(pocket).toMatchObject({ format: 'pocket', left: 1, entries: [{ title: 'One' }, { title: 'Two', highlights: [{ quote: 'Marked words', at: '2020-09-15T12:26:40.000Z' }] }] });

  const path = join(folder({ 'omnivore.zip': archive({
    'metadata_0_to_20.json': JSON.stringify([{ id: 'x', slug: 'one-1', title: 'One', author: 'Ann Writer', url: 'https://one.example/a', state: 'Archived', readingProgress: 100, labels: ['RSS'], savedAt: '2024-10-29T16:30:11.000Z', publishedAt: '2024-10-01T00:00:00.000Z' }]),
    'content/one-1.html': `<html><body>${prose('kept text')}</body></html>`,
    'highlights/one-1.md': '> goes on for a good while #label\n\nMy remark\n\n> comes to its end\n',
  }) }), 'omnivore.zip');
  const omnivore = await readExport(path);
  expect(omnivore?.entries.map(told)).toEqual([{
    url: 'https://one.example/a', title: 'One', at: '2024-10-29T16:30:11.000Z', tags: ['RSS'], archived: true, finished: true, byline: 'Ann Writer', publishedAt: '2024-10-01T00:00:00.000Z',
    highlights: [{ quote: 'goes on for a good while', note: 'My remark', at: null }, { quote: 'comes to its end', note: '', at: null }],
  }]);
  expect(await omnivore?.entries[0]?.text?.()).toContain('Paragraph 7 of the kept text');
  omnivore?.close();

  const matter = await read('Archive.zip', archive({
    '_matter_history.csv': 'Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction Date,File Id\nOne,Ann,Daily,https://one.example/a,x;y,100,False,True,True,1,2023-05-05 10:00:00,77\n',
    '_matter_highlights.csv': 'Text,Highlighted Date,Title,Author,Publisher\nMarked words,2023-05-06 10:00:00,One,Ann,Daily\n',
    'content_77.html': `<p>${prose('matter')}</p>`, '__MACOSX/._x': 'junk',
  }));
  expect(matter?.entries.map(told)).toEqual([{
    url: 'https://one.example/a', title: 'One', at: '2023-05-05T10:00:00.000Z', tags: ['x', 'y'], archived: true, favourite: true, finished: true, byline: 'Ann', highlights: [{ quote: 'Marked words', note: '', at: '2023-05-06T10:00:00.000Z' }],
  }]);

  expect(await read('pictures.zip', archive({ 'a.png': Buffer.from('x') }))).toBeNull();
  await expect(read('cut.zip', archive({ 'part_000000.csv': 'title,url,time_added,tags,status\n' }).subarray(0, 60))).rejects.toMatchObject({ failure: { kind: 'broken-archive' } });
});

/** Hands a file over as the window does, in parts. */
async function handOver({ answers }: TestLibrary, bytes: Buffer, step = 1_000): Promise<string> {
  let token: string | null = null;
  for (let from = 0; from < bytes.length; from += step) token = (await answers.importPart({ token, base64: bytes.subarray(from, from + step).toString('base64') })).token;
  return token ?? '';
}

const options = { name: 'x', tags: [], bookmarks: false, folders: true };

test('an export is taken over whole: times, tags, folders, states, notes, highlights and texts; once more it changes nothing; Undo takes it back', async () => {
  const library = await openTestLibrary();
  const { answers } = library;
  const file = Buffer.from(JSON.stringify([
    { is_archived: 1, is_starred: 1, tags: ['a'], title: 'Came with its text', url: 'https://gone.example/a', content: prose('text that came along'), created_at: '2016-09-08T11:55:58+0200', annotations: [{ quote: 'Paragraph 3 of the text', text: 'A remark' }, { quote: 'goes on for a good while', text: 'Where?' }] },
    { is_archived: 0, is_starred: 0, tags: [], title: 'Came alone', url: 'http://127.0.0.1:9/b', content: 'wallabag can\'t retrieve contents for this article.', created_at: '2017-09-08T11:55:58+0200' },
    { url: 'ftp://gone.example/c', content: '', is_archived: 0 },
  ]));
  const token = await handOver(library, file);
  expect(await answers.lookImport({ token, name: 'wallabag.json' })).toMatchObject({
    format: 'wallabag', links: 2, known: 0, texts: 1, archived: 1, favourites: 1, highlights: 2, left: 1, tags: [{ tag: 'a', count: 1 }], from: '2016-09-08T09:55:58.000Z', to: '2017-09-08T09:55:58.000Z',
  });
  const imported = await answers.runImport({ ...options, token, tags: ['from wallabag'] });
  expect(imported).toMatchObject({ made: 2, known: 0, left: 1 });
  await library.idle();
  const [alone, whole] = await library.rows();
  expect(whole).toMatchObject({ title: 'Came with its text', url: 'https://gone.example/a', addedAt: '2016-09-08T09:55:58.000Z', archived: true, archivedAt: '2016-09-08T09:55:58.000Z', favourite: true, tags: ['a', 'from wallabag'], stage: { state: 'ready' } });
  // What a file names is never asked for in this machine's own network.
  expect(alone).toMatchObject({ title: 'Came alone', tags: ['from wallabag'], stage: { state: 'failed', failure: { kind: 'private-address' } } });
  expect((await answers.article({ id: whole?.id ?? '' })).html).toContain('text that came along');
  expect(await answers.highlights({ id: whole?.id ?? '' })).toMatchObject([{ note: 'A remark', orphan: false, located: { start: expect.any(Number) } }, { note: 'Where?', orphan: true }]);
  expect(readdirSync(join(library.path, 'arrivals')).filter((name) => name.startsWith('.'))).toEqual([]);

  const again = await handOver(library, file);
  expect(await answers.lookImport({ token: again, name: 'x' })).toMatchObject({ known: 2 });
  expect(await answers.runImport({ ...options, token: again, tags: ['from wallabag'] })).toMatchObject({ made: 0, known: 2, undo: null });
  await library.idle();
  expect(await answers.highlights({ id: whole?.id ?? '' })).toHaveLength(2);
  expect(await library.rows()).toHaveLength(2);

  await answers.undo({ undo: imported.undo ?? '' });
  expect(await library.rows()).toEqual([]);
  expect(await library.rows('trash')).toHaveLength(2);
});

test('bookmarks: only addresses, with folders as tags or without; what is here gets what it lacks, and Undo takes just that back', async () => {
  const library = await openTestLibrary();
  const { answers } = library;
  await answers.bookmark({ pages: [{ url: 'https://one.example/a', title: 'Mine', note: 'My note' }], tags: ['own'], typed: true });
  const file = Buffer.from('url,title,tags,note,folder,favorite\nhttps://one.example/a,Theirs,more,Their note,Dev / Web,1\nhttps://one.example/b,Other,,,Dev / Web,0\n');
  const imported = await answers.runImport({ ...options, token: await handOver(library, file), bookmarks: true });
  expect(imported).toMatchObject({ made: 1, known: 1 });
  const rows = async () => new Map((await library.rows()).map((row) => [row.url, row]));
  expect((await rows()).get('https://one.example/a')).toMatchObject({ title: 'Mine', tags: ['Dev/Web', 'more', 'own'], note: 'My note\n\nTheir note', favourite: true });
  expect((await rows()).get('https://one.example/b')).toMatchObject({ title: 'Other', tags: ['Dev/Web'], stage: { state: 'bookmark' } });
  await answers.undo({ undo: imported.undo ?? '' });
  expect((await rows()).get('https://one.example/a')).toMatchObject({ title: 'Mine', tags: ['own'], note: 'My note', favourite: false });
  expect((await rows()).has('https://one.example/b')).toBe(false);
  await answers.runImport({ ...options, token: await handOver(library, Buffer.from('url,folder\nhttps://one.example/d,Dev\n')), bookmarks: true, folders: false });
  expect((await rows()).get('https://one.example/d')).toMatchObject({ tags: [] });
});

test('a file that is no export is let go, one that is unknown is not found, and a page that failed is healed by a text', async () => {
  const library = await openTestLibrary();
  const { answers } = library;
  const page = await handOver(library, Buffer.from(newsPage('The Harbour')));
  expect(await answers.lookImport({ token: page, name: 'x.html' })).toBeNull();
  await expect(answers.lookImport({ token: page, name: 'x.html' })).rejects.toMatchObject({ failure: { kind: 'not-found' } });
  await answers.dropImport({ token: await handOver(library, Buffer.from('url\nhttps://one.example/\n')) });
  expect(readdirSync(join(library.path, 'arrivals'))).toEqual([]);

  await answers.save({ urls: ['http://127.0.0.1:9/gone'], tags: [], typed: true });
  await library.idle();
  expect(await library.rows()).toMatchObject([{ stage: { state: 'failed' } }]);
  const healing = Buffer.from(JSON.stringify([{ url: 'http://127.0.0.1:9/gone', title: 'Healed', content: prose('healing text'), is_archived: 0, is_starred: 0, tags: [] }]));
  expect(await answers.runImport({ ...options, token: await handOver(library, healing) })).toMatchObject({ made: 0, known: 1 });
  await library.idle();
  expect(await library.rows()).toMatchObject([{ title: 'Healed', stage: { state: 'ready' } }]);
});
