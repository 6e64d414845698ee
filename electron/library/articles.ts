import { ArticleId } from '../../shared/article.ts';
import type { Answers, Saved } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import { crumbTags, TagName } from '../../shared/tag.ts';
import { addressKey, normalAddress } from '../../shared/url.ts';
import type { ActBody, Job } from './storage/acts.ts';
import { isAskedHere } from './saving/asked-here.ts';
import { pieces } from './saving/pieces.ts';
import { createId } from './storage/clock.ts';
import { get } from './storage/database.ts';
import { readLook } from './storage/look.ts';
import { readSealedBody, readSealedMeta, type Meta } from './storage/parts.ts';
import { copiesOf } from './duplicates/copies.ts';
import { indexRow, placeOf, sealedOf, toRow, type IndexRow } from './rows.ts';
import type { Answer, Store } from './storage/store.ts';
import { tellOf } from './undo.ts';

/** What is to be kept: an address as the reader gave it, or something without one. */
export type Wanted = { url: string | null; name?: string; job: Job; bookmark?: true; note?: string };

/**
 * Keeps everything wanted as waiting rows, in one act batch that is on disk when this answers, or with `'soon'` after `store.synced()`. An address that is there
 * already is one article: brought to the top, out of the trash, the tags added. Throws `bad-address`.
 */
export function keep(store: Store, wanted: readonly Wanted[], tags: readonly string[], synced: 'now' | 'soon' = 'now'): Saved[] {
  const at = store.now();
  const acts: ActBody[] = [];
  const made = new Map<string, ArticleId>();
  // Within one batch the first line stands on top of the newest-first lists, whose ties are broken by id.
  const ids = wanted.map(() => createId(Date.parse(at))).toSorted().toReversed();
  const saved = wanted.map(({ url: given, name, job, bookmark, note = '' }, index): Saved => {
    const url = given === null ? null : normalAddress(given);
    if (given !== null && url === null) throw new FailureError({ kind: 'bad-address', address: given });
    const key = url && addressKey(url);
    const twin = key === null ? undefined : made.get(key);
    if (twin) return { id: twin, url, outcome: 'known' };
    const known = key === null ? null : byKey(store, key);
    if (known) {
      if (key !== null) made.set(key, known.id);
      acts.push({ act: 'bump', id: known.id, at });
      if (known.trashed_at !== null) acts.push({ act: 'set', id: known.id, field: 'trashed', value: null });
      const has = JSON.parse(known.tags) as string[];
      for (const tag of tags) if (!has.includes(tag)) acts.push({ act: 'tag', id: known.id, tag, on: true });
      return { id: known.id, url: known.url, outcome: 'known' };
    }
    const id = ids[index] ?? createId();
    if (key !== null) made.set(key, id);
    acts.push({ act: 'save', id, at, url, name: name ?? '', tags: [...new Set(tags)], job, ...(bookmark === undefined ? {} : { bookmark }) });
    if (note.trim() !== '') acts.push({ act: 'set', id, field: 'note', value: note.trim() });
    return { id, url, outcome: 'new' };
  });
  store.act(acts, synced);
  tellOf(store, acts);
  return saved;
}

const fromKey = 'FROM articles WHERE key = ? AND saved = 1 ORDER BY id LIMIT 1';

function byKey(store: Store, key: string): IndexRow | null {
  return get<IndexRow>(store.db, `SELECT * ${fromKey}`, key) ?? null;
}

/** The article of an address in any spelling, be it in the trash; null where there is none. */
export function byAddress(store: Store, address: string): IndexRow | null {
  const key = addressKey(address);
  return key === null ? null : byKey(store, key);
}

/** An article that is still to be fetched. `job` says how. */
export type Waiting = { id: ArticleId; url: string | null; title: string; addedAt: string; job: Job };

/** How one article is to be fetched, whatever its state; FailureError `not-found`. */
export function toFetch(store: Store, id: ArticleId): Waiting {
  const row = indexRow(store.db, id);
  const told = (JSON.parse(row.job) as Job | null) ?? { from: 'web', typed: false };
  const job = told.from === 'web' && told.typed && !isAskedHere(store, id) ? { ...told, typed: false } : told;
  return { id: row.id, url: row.url, title: row.title, addedAt: row.added_at, job };
}

/** Some pages name every word they hope to be found by. */
const mostOffered = 12;

/** A whole article for the reader; what is damaged is named, and left out. */
export const article =
  (store: Store): Answer<'article'> =>
  ({ id }) => {
    const row = indexRow(store.db, id);
    const { meta, html, damaged } = readContent(store, row);
    const base = toRow(store, row);
    const offered = [...crumbTags(meta?.breadcrumb ?? []), ...(meta?.section ? [meta.section] : []), ...(meta?.keywords ?? [])].map((name) => TagName.safeParse(name).data ?? '');
    return {
      ...base,
      html,
      note: row.note,
      words: row.words,
      source: meta?.source ?? null,
      modifiedAt: meta?.modifiedAt ?? null,
      breadcrumb: meta?.breadcrumb ?? [],
      offeredTags: [...new Set(offered)].filter((tag) => tag !== '' && tag !== base.site && !base.tags.includes(tag)).slice(0, mostOffered),
      resources: meta?.resources ?? [],
      pictures: meta?.pictures ?? [],
      certificate: meta?.certificate ?? null,
      pages: meta?.pages ?? null,
      place: placeOf(store, row),
      look: readLook(row.look),
      copies: copiesOf(store, id),
      damaged,
    };
  };

function readContent(store: Store, row: IndexRow): { meta: Meta | null; html: string; damaged: string[] } {
  const sealed = sealedOf(row);
  if (!sealed) return { meta: null, html: '', damaged: [] };
  const damaged: string[] = [];
  const tryTo = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof FailureError) || error.failure.kind !== 'damaged') throw error;
      damaged.push(error.failure.part);
      return null;
    }
  };
  const meta = tryTo(() => readSealedMeta(store.root, sealed));
  const html = tryTo(() => readSealedBody(store.root, sealed)) ?? '';
  return { meta, html, damaged };
}

/** An article's metadata with verified hash; FailureError `not-found` or `damaged`. */
export function readMeta(store: Store, id: ArticleId): Meta {
  const sealed = sealedOf(indexRow(store.db, id));
  if (!sealed) throw new FailureError({ kind: 'not-found', what: id });
  return readSealedMeta(store.root, sealed);
}

/** An article's body as the reader gets it, pictures as `/files/…`; FailureError `not-found` or `damaged`. */
export function readBody(store: Store, id: ArticleId): string {
  const sealed = sealedOf(indexRow(store.db, id));
  if (!sealed) throw new FailureError({ kind: 'not-found', what: id });
  return readSealedBody(store.root, sealed);
}

/** By id, or by an address in any spelling. */
export const find =
  (store: Store): Answer<'find'> =>
  ({ what }) => {
    const text = what.trim();
    if (ArticleId.safeParse(text).success) {
      return { id: get<{ id: ArticleId }>(store.db, 'SELECT id FROM articles WHERE id = ? AND saved = 1', text)?.id ?? null };
    }
    return { id: byAddress(store, text)?.id ?? null };
  };

/** Which of these addresses the library has already. */
export const known =
  (store: Store): Answers['known'] =>
  async ({ urls }) => {
    const ids: Array<ArticleId | null> = [];
    for await (const some of pieces(urls)) {
      for (const url of some) {
        const key = addressKey(url);
        ids.push(key === null ? null : (get<{ id: ArticleId }>(store.db, `SELECT id ${fromKey}`, key)?.id ?? null));
      }
    }
    return ids;
  };
