import { posix } from 'node:path';
import { FailureError } from '../../../../shared/failure.ts';
import { largestImport } from '../../../../shared/import-format.ts';
import { decode } from '../../extract/decode.ts';
import { type Brought, type BroughtAll, type BroughtHighlight, dateOf, type Found, gather, hasText, mark, timeOf } from './brought.ts';
import { readCsv, readTable } from './csv.ts';
import { omnivore } from './json.ts';
import { type Export, largestText, readTextExport } from './read-export.ts';
import { openZip, type Zip, type ZipEntry } from './zip.ts';

/** The largest article that is taken out of an archive, and the most of its pictures, in bytes. */
const largestArticle = 30_000_000;
const largestPictures = 20_000_000;

type Item = Readonly<Record<string, unknown>>;
/** Reads a file of an archive whole; all that is read while it is looked through is no more than one file may be. */
type Look = (entry: ZipEntry) => Promise<Buffer>;
type Member = { matches(names: readonly string[]): boolean; read(zip: Zip, look: Look): Promise<BroughtAll> };

/** A small archive may unpack to any size: what is read of it counts, and ends, in all. */
function upTo(most: number): Look {
  let room = most;
  return async (entry) => {
    if (entry.size > room) throw new FailureError({ kind: 'too-large', limit: most });
    const bytes = await entry.read(room);
    room -= bytes.length;
    return bytes;
  };
}

const decoded = (bytes: Uint8Array): string => decode(bytes, null).text;
const jsonOf = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(decoded(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) throw new FailureError({ kind: 'broken-archive' }, { cause: error });
    throw error;
  }
};
const listOf = (value: unknown): Item[] => (Array.isArray(value) ? value.filter((each): each is Item => typeof each === 'object' && each !== null) : []);
const str = (value: unknown): string => (typeof value === 'string' ? value : '');
const named = (zip: Zip, name: RegExp): ZipEntry[] => [...zip.entries.values()].filter((entry) => name.test(entry.name)).toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));

/** Archives whose files belong together; others are looked through for files that are exports by themselves. */
const members: readonly Member[] = [
  { matches: (names) => names.some((name) => /(?:^|\/)metadata_\d+_to_\d+\.json$/.test(name)), read: readOmnivore },
  { matches: (names) => names.some((name) => /(?:^|\/)bookmarks\/[^/]+\/info\.json$/.test(name)), read: readReadeck },
  { matches: (names) => names.some((name) => /(?:^|\/)_matter_history\.csv$/.test(name)), read: readMatter },
];

/** Reads an archive; what comes along as text is unpacked when it is asked for. Null when no file in it is an export. */
export async function readArchive(path: string): Promise<Export | null> {
  const zip = await openZip(path);
  try {
    const names = [...zip.entries.keys()];
    const all = await (members.find(({ matches }) => matches(names))?.read ?? readEach)(zip, upTo(largestText));
    if (all === null) zip.close();
    return all === null ? null : { ...all, close: zip.close };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** Every file near the top that is an export, as one; Pocket's and any other that comes in parts. */
async function readEach(zip: Zip, look: Look): Promise<BroughtAll | null> {
  const parts: BroughtAll[] = [];
  for (const entry of named(zip, /^(?:[^/]+\/){0,2}[^/]+\.(?:csv|json|html?|opml|xml|txt)$/i)) {
    if (/(?:^|\/)annotations\//.test(entry.name)) continue;
    const part = await readTextExport(await look(entry));
    if (part !== null) parts.push(part);
  }
  const [first] = parts;
  if (first === undefined) return null;
  const highlights = await pocketHighlights(zip, look);
  const found = parts.flatMap(({ entries }) => entries).map((entry) => ({ ...entry, highlights: [...entry.highlights, ...(highlights.get(entry.url) ?? [])] }));
  const all = gather(first.format, found);
  const sum = (of: (part: BroughtAll) => number) => parts.reduce((total, part) => total + of(part), 0);
  return { ...all, repeated: all.repeated + sum((part) => part.repeated), left: sum((part) => part.left), refused: parts.flatMap(({ refused }) => refused).slice(0, 100) };
}

async function pocketHighlights(zip: Zip, look: Look): Promise<Map<string, BroughtHighlight[]>> {
  const byUrl = new Map<string, BroughtHighlight[]>();
  for (const entry of named(zip, /(?:^|\/)annotations\/[^/]+\.json$/)) {
    for (const item of listOf(jsonOf(await look(entry)))) {
      byUrl.set(str(item['url']), listOf(item['highlights']).map((one) => ({ quote: str(one['quote']), note: '', at: timeOf(typeof one['created_at'] === 'number' ? one['created_at'] : Number(str(one['created_at']))) })));
    }
  }
  return byUrl;
}

async function readOmnivore(zip: Zip, look: Look): Promise<BroughtAll> {
  const found: Found[] = [];
  const unpack = unpacking();
  for (const entry of named(zip, /(?:^|\/)metadata_\d+_to_\d+\.json$/)) {
    const folder = posix.dirname(entry.name);
    for (const item of listOf(jsonOf(await look(entry)))) {
      const slug = str(item['slug']);
      const content = zip.entries.get(posix.join(folder, 'content', `${slug}.html`));
      const marks = zip.entries.get(posix.join(folder, 'highlights', `${slug}.md`));
      found.push(omnivore(item, textOf(content, unpack), marks === undefined ? [] : quotesIn(decoded(await look(marks)))));
    }
  }
  return gather('omnivore', found);
}

/** Unpacks articles when they are taken over, each and all of them within bounds: a text is kept on the disk until its article is made. */
function unpacking(): Look {
  const all = upTo(largestImport);
  return (entry) => {
    if (entry.size > largestArticle) throw new FailureError({ kind: 'too-large', limit: largestArticle });
    return all(entry);
  };
}

/** An article in an archive, unpacked when it is taken over; a file too small to be one is none. */
function textOf(entry: ZipEntry | undefined, unpack: Look): Brought['text'] {
  if (entry === undefined || entry.size < 200) return null;
  return async () => {
    const html = decoded(await unpack(entry));
    return hasText(html) ? html : '';
  };
}

/** Quotes of a Markdown file with the notes below them; labels stand behind a quote as `#word`. */
function quotesIn(markdown: string): BroughtHighlight[] {
  const found: Array<{ quote: string[]; note: string[] }> = [];
  let quoting = false;
  for (const line of markdown.split(/\r?\n/)) {
    const quote = /^>\s?(.*)$/.exec(line)?.[1];
    const last = found.at(-1);
    if (quote === undefined) {
      if (line.trim() !== '') last?.note.push(line);
      quoting = false;
    } else if (quoting && last !== undefined) last.quote.push(quote);
    else {
      found.push({ quote: [quote], note: [] });
      quoting = true;
    }
  }
  return found.map(({ quote, note }) => ({ quote: withoutLabels(quote.join(' ')), note: note.join('\n').trim(), at: null })).filter(({ quote }) => quote !== '');
}

/** Word by word from the end: a pattern would begin anew at each blank. */
function withoutLabels(quote: string): string {
  const words = quote.trim().split(/\s+/);
  while (words.length > 1 && /^#./u.test(words.at(-1) ?? '')) words.pop();
  return words.join(' ');
}

/** A whole offline copy of each page; the secrets in `data.json` are not read. */
async function readReadeck(zip: Zip, look: Look): Promise<BroughtAll> {
  const found: Found[] = [];
  const unpack = unpacking();
  for (const entry of named(zip, /(?:^|\/)bookmarks\/[^/]+\/info\.json$/)) {
    const item = jsonOf(await look(entry)) as Item | null;
    if (item === null || typeof item !== 'object') continue;
    const folder = posix.join(posix.dirname(entry.name), 'container');
    const page = zip.entries.get(posix.join(folder, 'index.html'));
    found.push({
      url: str(item['URL']), title: str(item['Title']), at: dateOf(str(item['Created'])), tags: Array.isArray(item['Labels']) ? item['Labels'].map(str) : [], archived: item['IsArchived'] === true,
      favourite: item['IsMarked'] === true, byline: Array.isArray(item['Authors']) ? item['Authors'].map(str).join(', ') : '', publishedAt: str(item['Published']),
      text: page === undefined ? null : async () => withPictures(zip, folder, decoded(await unpack(page))),
    });
  }
  return gather('readeck', found);
}

/** The page with the pictures beside it inside it, so that they come along. */
async function withPictures(zip: Zip, folder: string, html: string): Promise<string> {
  let room = largestPictures;
  // What is written in counts, each time: a page may name one picture a million times.
  let space = largestPictures * 2;
  const inside = new Map<string, string>();
  for (const [, , path = ''] of html.matchAll(/\bsrc\s*=\s*(["'])(?!https?:|data:|\/)([^"']{1,500})\1/gi)) {
    const entry = zip.entries.get(posix.join(folder, path));
    if (entry === undefined || inside.has(path) || entry.size > room) continue;
    const bytes = await entry.read(room);
    room -= bytes.length;
    inside.set(path, `data:${pictureTypes.get(posix.extname(path).slice(1).toLowerCase()) ?? 'image/jpeg'};base64,${bytes.toString('base64')}`);
  }
  return html.replace(/\bsrc\s*=\s*(["'])([^"']{1,500})\1/gi, (whole, quote: string, path: string) => {
    const data = inside.get(path);
    if (data === undefined || data.length > space) return whole;
    space -= data.length;
    return `src=${quote}${data}${quote}`;
  });
}

const pictureTypes: ReadonlyMap<string, string> = new Map([['png', 'image/png'], ['gif', 'image/gif'], ['webp', 'image/webp'], ['avif', 'image/avif'], ['svg', 'image/svg+xml']]);

/** Its articles lie beside the table under a name of their own; its highlights name no address, only the title of what they are from. */
async function readMatter(zip: Zip, look: Look): Promise<BroughtAll> {
  const [history] = named(zip, /(?:^|\/)_matter_history\.csv$/);
  const table = history === undefined ? null : decoded(await look(history));
  const all = table === null ? null : await readCsv(table);
  if (history === undefined || table === null || all === null) throw new FailureError({ kind: 'broken-archive' });
  const folder = posix.dirname(history.name);
  const unpack = unpacking();
  const files = new Map<string, ZipEntry | undefined>();
  for (const row of (await readTable(table)).rows) files.set(row.get('url') ?? '', zip.entries.get(posix.join(folder, `content_${row.get('file id') ?? ''}.html`)));
  const byTitle = new Map<string, BroughtHighlight[]>();
  for (const marks of named(zip, /(?:^|\/)_matter_highlights\.csv$/)) {
    for (const row of (await readTable(decoded(await look(marks)))).rows) {
      const title = (row.get('title') ?? '').replace(/\s+/g, ' ');
      const known = byTitle.get(title) ?? [];
      byTitle.set(title, known);
      known.push({ quote: row.get('text') ?? '', note: row.get('note') ?? '', at: dateOf(row.get('highlighted date') ?? '') });
    }
  }
  for (const entry of all.entries) {
    entry.text = textOf(files.get(entry.url), unpack);
    mark(entry, byTitle.get(entry.title) ?? []);
    // Of several with one title the first has them, once.
    byTitle.delete(entry.title);
  }
  return all;
}
