import type { ArticleId } from '../shared/article.ts';
import type { Where } from '../shared/contract.ts';
import { groupings, sortOrders, type Grouping, type Sort } from '../shared/listing.ts';

export type { Grouping, Sort } from '../shared/listing.ts';
export type Panel = null | 'add' | 'search' | 'preferences' | 'shortcuts' | 'tags' | 'tagRules';
/** A list, or one of the screens that are none. */
export type Place = Where | { list: 'home' } | { list: 'queue' } | { list: 'duplicates' } | { list: 'statistics' } | { list: 'highlights' };

/** Whether a place is a list of articles, with rows and an order. */
export const isList = (where: Place): where is Where => where.list !== 'home' && where.list !== 'queue' && where.list !== 'duplicates' && where.list !== 'statistics' && where.list !== 'highlights';

/** The part of the view that the address hash holds. */
export type Address = {
  where: Place;
  article: ArticleId | null;
  panel: Panel;
  focus: boolean;
  sort: Sort;
  /** By what the list is put into groups; null for one run of rows. */
  group: Grouping | null;
  /** A search whose words are marked in the article, the first gone to. */
  find: string | null;
  /** A highlight to go to in the article. */
  mark: string | null;
  /** Null: as the window's width has it. */
  sidebarFolded: boolean | null;
  listFolded: boolean | null;
};

const names = ['home', 'queue', 'duplicates', 'statistics', 'highlights', 'inbox', 'reading', 'favourites', 'archive', 'all', 'trash', 'failed', 'bookmarks', 'forgotten'] as const;
const panels = ['add', 'search', 'preferences', 'shortcuts', 'tags', 'tagRules'] as const;

function oneOf<T extends string>(all: readonly T[], value: string | null): T | null {
  return all.find((each) => each === value) ?? null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function readPlace(path: string): Place {
  const [kind = '', rest = ''] = path.split('/');
  const name = decoded(rest);
  if (kind === 'tag' && name !== null && name !== '') return { list: 'tag', tag: name };
  if (kind === 'site' && name !== null && name !== '') return { list: 'site', host: name };
  if (kind === 'search' && name !== null && name.trim() !== '') return { list: 'search', query: name.slice(0, 500) };
  const list = oneOf(names, kind);
  return { list: list ?? 'home' };
}

const readFold = (value: string | null): boolean | null => (value === null ? null : value === '1');

/** Reads `#/tag/News?article=…&panel=add`. What makes no sense is left out, never an error. */
export function readHash(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const facts = new URLSearchParams(query);
  const article = facts.get('article');
  return {
    where: readPlace(path),
    article: article !== null && /^[0-9a-hjkmnp-tv-z]{20}$/.test(article) ? article : null,
    panel: oneOf(panels, facts.get('panel')),
    focus: facts.get('focus') === '1',
    sort: oneOf(sortOrders, facts.get('sort')) ?? 'newest',
    group: oneOf(groupings, facts.get('group')),
    find: facts.get('find'),
    mark: /^[0-9a-hjkmnp-tv-z]{20}$/.exec(facts.get('mark') ?? '')?.[0] ?? null,
    sidebarFolded: readFold(facts.get('sidebar')),
    listFolded: readFold(facts.get('pane')),
  };
}

/** The path of a place, such as `tag/%E8%B5%84%E6%BA%90`: also the key under which a list's own state is kept. */
export function placePath(where: Place): string {
  if (where.list === 'tag') return `tag/${encodeURIComponent(where.tag)}`;
  if (where.list === 'site') return `site/${encodeURIComponent(where.host)}`;
  if (where.list === 'search') return `search/${encodeURIComponent(where.query)}`;
  return where.list;
}

/** The hash of an address; everything at its default is left out. */
export function writeHash(address: Address): string {
  const facts = new URLSearchParams();
  if (address.article !== null) facts.set('article', address.article);
  if (address.panel !== null) facts.set('panel', address.panel);
  if (address.focus) facts.set('focus', '1');
  if (address.sort !== 'newest') facts.set('sort', address.sort);
  if (address.group !== null) facts.set('group', address.group);
  if (address.find !== null) facts.set('find', address.find);
  if (address.mark !== null) facts.set('mark', address.mark);
  if (address.sidebarFolded !== null) facts.set('sidebar', address.sidebarFolded ? '1' : '0');
  if (address.listFolded !== null) facts.set('pane', address.listFolded ? '1' : '0');
  const query = facts.toString();
  return `#/${placePath(address.where)}${query === '' ? '' : `?${query}`}`;
}
