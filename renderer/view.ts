import { create } from 'zustand';
import type { ArticleId } from '../shared/article.ts';
import type { Input, Where } from '../shared/contract.ts';
import { readHash, writeHash, type Address, type Grouping, type Panel, type Sort } from './hash.ts';

export type { Address, Panel, Place, Sort } from './hash.ts';

/** Something dropped, pasted or handed over for the Add panel to begin with; `offered` when another program did. */
export type AddDraft = { text?: string; files?: File[]; offered?: true };
/** The articles whose tags are being edited, with the tags they have; `partly` where not all of those are known. */
export type Tagging = { ids: ArticleId[]; tags: string[][]; partly?: boolean };
/** The tag being renamed, or merged into another. */
export type Retagging = { tag: string; how: 'rename' | 'merge' };

/** Two articles side by side. */
export type Comparing = { one: ArticleId; other: ArticleId };

/** The article whose note is being written. */
export type Noting = { id: ArticleId };

/** The article being extracted again; `encoding` when it is for its encoding. */
export type Again = { id: ArticleId; first: 'changes' | 'encoding' };

/** What is to be handed out as a file, and what it is called. */
export type Exporting = Pick<Input<'exportList'>, 'what' | 'title'>;

type View = Address & {
  exporting: Exporting | null;
  draft: AddDraft | null;
  tagging: Tagging | null;
  retagging: Retagging | null;
  noting: Noting | null;
  comparing: Comparing | null;
  again: Again | null;
  /** Many are being extracted again, and the panel that shows it is open. */
  againMany: boolean;
  /** Under 900 px: one pane at a time. */
  narrow: boolean;
  /** On a narrow window: the sidebar is the pane shown. */
  drawer: boolean;
  /** Something is being dragged over the window. */
  dropping: boolean;
  /** What the search begins with when it is opened for it. */
  seek: string;
  /** An article opened to be read: its title takes the focus once it is shown. */
  entering: ArticleId | null;
};

/** What the window shows: all of `Address` is in the location's hash, so that back, forward and reload keep it. */
export const useView = create<View>(() => ({
  ...readHash(typeof location === 'undefined' ? '' : location.hash),
  exporting: null, draft: null, tagging: null, retagging: null, noting: null, comparing: null, again: null, againMany: false, narrow: false, drawer: false, dropping: false, entering: null, seek: '',
}));

function move(change: Partial<Address>, how: 'push' | 'replace' = 'push'): void {
  useView.setState(change);
  const hash = writeHash(useView.getState());
  if (hash === location.hash) return;
  if (how === 'push') history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
}

const follow = () => useView.setState({ ...readHash(location.hash), drawer: false });

/** Follows back, forward and hand-edited addresses; answers the stop. */
export function followHash(): () => void {
  window.addEventListener('popstate', follow);
  window.addEventListener('hashchange', follow);
  return () => {
    window.removeEventListener('popstate', follow);
    window.removeEventListener('hashchange', follow);
  };
}

/** Begins where the window was last: only when it was opened without an address of its own. */
export function beginAt(hash: string): void {
  if (location.hash !== '' || hash === '') return;
  move({ ...readHash(hash), panel: null }, 'replace');
}

/** Shows a list, Home or the queue. */
export function go(where: Address['where']): void {
  move({ where, article: null, panel: null, focus: false, find: null, mark: null });
  useView.setState({ drawer: false });
}

/** A tag has another name, or is gone: the place shown, if it is its list or one inside, follows. */
export function followTag(tag: string, to: string | null): void {
  const { where } = useView.getState();
  if (where.list !== 'tag' || (where.tag !== tag && !where.tag.startsWith(`${tag}/`))) return;
  move({ where: to === null ? { list: 'home' } : { list: 'tag', tag: to + where.tag.slice(tag.length) } }, 'replace');
}

/** Shows all of a list by its parts, such as a tag's. */
export function goList(where: Where): void {
  go(where);
}

/**
 * Opens an article in the reading pane. `find` is a search whose first match is gone to (that of the list, if there is one); `replace` keeps
 * the history short when stepping through a list; `stay` leaves the focus where it is.
 */
export function openArticle(id: ArticleId, options: { find?: string; mark?: string; replace?: boolean; stay?: boolean } = {}): void {
  const { article, where } = useView.getState();
  const how = options.replace === true || article === id ? 'replace' : 'push';
  move({ article: id, panel: null, find: options.find ?? (where.list === 'search' ? where.query : null), mark: options.mark ?? null }, how);
  useView.setState({ drawer: false, entering: options.stay === true ? null : id });
}

/** Back to the list or Home the article was opened from. */
export function closeArticle(): void {
  move({ article: null, focus: false, find: null, mark: null });
}

/** What a search has led to is no longer marked in the article. */
export function endFind(): void {
  move({ find: null }, 'replace');
}

/** Opens a panel over the window; `draft` is what Add begins with. A panel is no place to come back to: the history is of places. */
export function openPanel(panel: Exclude<Panel, null>, draft: AddDraft | null = null): void {
  useView.setState({ draft });
  move({ panel }, 'replace');
}

export function closePanel(): void {
  useView.setState({ draft: null, seek: '' });
  move({ panel: null }, 'replace');
}

/** Searches the library for these words. */
export function searchFor(seek: string): void {
  useView.setState({ seek });
  move({ panel: 'search' }, 'replace');
}

/** Focus mode: only the text. */
export function setFocus(focus: boolean): void {
  move({ focus }, 'replace');
}

export function setSort(sort: Sort): void {
  move({ sort }, 'replace');
}

/** Puts lists into groups, or back into one run of rows. */
export function setGroup(group: Grouping | null): void {
  move({ group }, 'replace');
}

/** Folds or unfolds a side pane. */
export function foldPane(pane: 'sidebar' | 'list', folded: boolean): void {
  move(pane === 'sidebar' ? { sidebarFolded: folded } : { listFolded: folded }, 'replace');
}

/** Shows what extracting an article again would change, beginning at the changes or at the choice of an encoding. */
export function extractAgain(id: ArticleId, first: Again['first'] = 'changes'): void {
  useView.setState({ again: { id, first } });
}

/** Shows two articles side by side. */
export function compareArticles(one: ArticleId, other: ArticleId): void {
  useView.setState({ comparing: { one, other } });
}

/** Opens the note of an article or bookmark. */
export function editNote({ id }: { id: ArticleId }): void {
  useView.setState({ noting: { id } });
}

/** Opens the panel that hands articles out as a file. */
export function exportArticles(what: Exporting['what'], title: string): void {
  useView.setState({ exporting: { what, title } });
}

/** Opens the tag editor for these articles. */
export function editTags(rows: ReadonlyArray<{ id: ArticleId; tags: string[] }>, partly = false): void {
  if (rows.length === 0) return;
  useView.setState({ tagging: { ids: rows.map((row) => row.id), tags: rows.map((row) => row.tags), ...(partly ? { partly } : {}) } });
}
