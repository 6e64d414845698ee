import { FailureError } from '../../../../shared/failure.ts';
import type { ImportFormat } from '../../../../shared/import-format.ts';
import { type BroughtAll, type BroughtHighlight, dateOf, deepest, type Found, gather, hasText, timeOf, unescaped, within } from './brought.ts';

type Item = Readonly<Record<string, unknown>>;

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);
const items = (value: unknown): Item[] => (Array.isArray(value) ? value.filter(isItem) : []);
const str = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');
const yes = (value: unknown): boolean => value === true || value === 1 || value === '1' || value === 'yes' || value === 'true';
const time = (value: unknown): string | null => (typeof value === 'number' ? timeOf(value) : dateOf(str(value)));
/** Tags as names, as objects that have one, or in one string. */
const names = (value: unknown): string[] => (Array.isArray(value) ? value.map((each) => (isItem(each) ? str(each['name'] ?? each['label'] ?? each['title']) : str(each))) : str(value).split(/[,;]/));

/** Reads any export that is JSON; null for what has no addresses in a shape that is known. Throws SyntaxError. */
export function readJson(text: string): BroughtAll | null {
  if (hasTooMuch(text)) throw new FailureError({ kind: 'too-many-entries', limit: mostValues });
  const data: unknown = JSON.parse(text);
  const found = readObject(data) ?? readList(data);
  return found === null ? null : gather(found.format, found.found);
}

/** Values, told by the commas between them, that still fit into memory many times over; empty ones take fifty times their room in the file. */
const mostValues = 20_000_000;

function hasTooMuch(text: string): boolean {
  let values = 0;
  for (let at = text.indexOf(','); at !== -1 && values <= mostValues; at = text.indexOf(',', at + 1)) values += 1;
  return values > mostValues;
}

type Read = { format: ImportFormat; found: Iterable<Found> };

function readObject(data: unknown): Read | null {
  if (!isItem(data)) return null;
  if (isItem(data['roots'])) return { format: 'bookmarks', found: chrome(data['roots']) };
  if (str(data['type']).startsWith('text/x-moz-place')) return { format: 'bookmarks', found: firefox(data) };
  if (Array.isArray(data['bookmarks'])) return { format: 'karakeep', found: karakeep(data) };
  if (Array.isArray(data['collections'])) return { format: 'linkwarden', found: linkwarden(data) };
  if (isItem(data['_embedded'])) return readList(data['_embedded']['items']);
  return null;
}

function readList(data: unknown): Read | null {
  const list = items(data);
  const [first] = list;
  if (first === undefined) return null;
  const has = (...keys: string[]) => keys.every((key) => list.slice(0, 20).some((item) => key in item));
  if (has('slug', 'savedAt', 'state')) return { format: 'omnivore', found: list.map((item) => omnivore(item)) };
  if (has('is_archived', 'url', 'content')) return { format: 'wallabag', found: list.map(wallabag) };
  if (has('href', 'toread')) return { format: 'pinboard', found: list.map(pinboard) };
  if (has('addedAt', 'starred')) return { format: 'goodlinks', found: list.map(goodlinks) };
  if (has('article_title', 'url') || has('domain', 'starred', 'url')) return { format: 'cubox', found: list.map(cubox) };
  return has('url') || has('link') || has('href') ? { format: 'table', found: list.map(plain) } : null;
}

/** An article of Omnivore's `metadata_*.json`; `text` is that of its `content/` file. */
export function omnivore(item: Item, text: Found['text'] = null, highlights: BroughtHighlight[] = []): Found {
  return {
    url: str(item['url']), title: str(item['title']), at: time(item['savedAt']), tags: names(item['labels']), archived: /^archived$/i.test(str(item['state'])),
    finished: Number(str(item['readingProgress'])) >= 99, byline: str(item['author']), publishedAt: str(item['publishedAt']), text, highlights,
  };
}

function wallabag(item: Item): Found {
  const content = item['content'];
  return {
    url: str(item['url']), title: str(item['title']).replace(/<[^<>]*>/g, ''), at: time(item['created_at']), tags: names(item['tags']), archived: yes(item['is_archived']), favourite: yes(item['is_starred']),
    byline: Array.isArray(item['published_by']) ? item['published_by'].map(str).filter((name) => name !== '').join(', ') : str(item['published_by']), publishedAt: str(item['published_at']),
    highlights: items(item['annotations']).map((one) => ({ quote: str(one['quote']), note: str(one['text']), at: time(one['created_at']) })),
    text: hasText(str(content)) ? async () => str(content) : null,
  };
}

const pinboard = (item: Item): Found => ({
  url: str(item['href']), title: str(item['description']), note: str(item['extended']), at: time(item['time']), tags: str(item['tags']).split(/\s+/), finished: false, archived: item['toread'] === 'no',
});

const goodlinks = (item: Item): Found => ({
  url: str(item['url'] ?? item['originalURL']), title: str(item['title']), at: time(item['addedAt']), favourite: yes(item['starred']), archived: item['readAt'] !== undefined && item['readAt'] !== null,
  finished: item['readAt'] !== undefined && item['readAt'] !== null, tags: names(item['tags']),
});

function cubox(item: Item): Found {
  const folder = isItem(item['folder']) ? str(item['folder']['nested_name']) : '';
  return {
    url: str(item['url']), title: str(item['article_title']) || str(item['title']), at: time(item['create_time']), tags: names(item['tags']), favourite: yes(item['starred']), finished: yes(item['read']),
    folder: folder.split('/'), byline: str(item['author']),
    highlights: items(item['annotations']).map((one) => ({ quote: str(one['text']), note: str(one['note']), at: time(one['create_time']) })),
  };
}

const plain = (item: Item): Found => ({
  url: str(item['url'] ?? item['link'] ?? item['href']), title: str(item['title'] ?? item['name']), tags: names(item['tags'] ?? item['labels']), note: str(item['note'] ?? item['notes']),
  at: time(item['created'] ?? item['created_at'] ?? item['createdAt'] ?? item['added'] ?? item['added_at'] ?? item['addedAt'] ?? item['date'] ?? item['time']),
  archived: yes(item['archived'] ?? item['is_archived']), favourite: yes(item['favorite'] ?? item['favourite'] ?? item['starred'] ?? item['is_starred']),
});

/** Lists may share a name and nest by id; a link may be on several, of which the first is its folder. */
function* karakeep(data: Item): Iterable<Found> {
  const lists = new Map(items(data['lists']).map((list) => [str(list['id']), list]));
  for (const item of items(data['bookmarks'])) {
    const content = isItem(item['content']) ? item['content'] : {};
    const [folder = [], ...others] = (Array.isArray(item['lists']) ? item['lists'] : []).map((id) => pathOf(lists, str(id), 'parentId')).filter((path) => path.length > 0);
    yield {
      url: str(content['url']), title: str(item['title']), at: time(item['createdAt']), note: str(item['note']), archived: yes(item['archived']),
      tags: [...names(item['tags']), ...others.map((path) => path.join('/'))], folder,
    };
  }
}

function* linkwarden(data: Item): Iterable<Found> {
  const collections = items(data['collections']);
  const byId = new Map(collections.map((one) => [str(one['id']), one]));
  const pinned = new Set(items(data['pinnedLinks']).map((one) => str(one['id'])));
  for (const collection of collections) {
    const folder = pathOf(byId, str(collection['id']), 'parentId').map(unescaped).filter((name) => name !== 'Unorganized');
    for (const link of items(collection['links'])) {
      yield {
        url: str(link['url']), title: unescaped(str(link['name'])), note: unescaped(str(link['description'])), at: time(link['importDate'] ?? link['createdAt']), tags: names(link['tags']).map(unescaped), folder,
        favourite: pinned.has(str(link['id'])),
      };
    }
  }
}

/** The names from the outermost to this one; a ring of parents ends where it begins again. */
function pathOf(byId: ReadonlyMap<string, Item>, id: string, parent: string): string[] {
  const path: string[] = [];
  const seen = new Set<string>();
  for (let at = id; at !== '' && !seen.has(at) && seen.size < deepest; ) {
    seen.add(at);
    const item = byId.get(at);
    if (item === undefined) break;
    path.push(str(item['name']));
    at = str(item[parent]);
  }
  return path.toReversed();
}

/** Chrome's own `Bookmarks` file. The bar and the other roots are no folders of the reader's. */
function* chrome(roots: Item): Iterable<Found> {
  const open = Object.values(roots).filter(isItem).map((node) => ({ node, folder: [] as string[] })).toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, folder } = next;
    if (node['type'] === 'url') yield { url: str(node['url']), title: str(node['name']), at: timeOf(Number(str(node['date_added']))), folder };
    for (const child of items(node['children']).toReversed()) open.push({ node: child, folder: child['type'] === 'folder' ? within(folder, str(child['name'])) : folder });
  }
}

/** Firefox's backup: its roots have guids of their own, and tags are a string. */
function* firefox(root: Item): Iterable<Found> {
  const open = [{ node: root, folder: [] as string[] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, folder } = next;
    const note = items(node['annos']).find((one) => str(one['name']).endsWith('/description'))?.['value'];
    if (node['type'] === 'text/x-moz-place') yield { url: str(node['uri']), title: str(node['title']), at: timeOf(Number(str(node['dateAdded']))), tags: str(node['tags']).split(','), note: str(note), folder };
    for (const child of items(node['children']).toReversed()) {
      const own = child['type'] === 'text/x-moz-place-container' && str(child['root']) === '' && !/^(?:menu|toolbar|unfiled|mobile|tags|root)_*$/.test(str(child['guid']));
      open.push({ node: child, folder: own ? within(folder, str(child['title'])) : folder });
    }
  }
}
