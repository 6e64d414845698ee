import type { DatabaseSync } from 'node:sqlite';
import type { Picture } from '../../../shared/article.ts';
import { FailureError, type Failure } from '../../../shared/failure.ts';
import { countLinks } from '../extract/link-count.ts';
import { canonicalKey, forgetPrint, toBePaired } from '../duplicates/pairing.ts';
import { standPair } from '../duplicates/pairs.ts';
import type { Act, SearchValue } from './acts.ts';
import { get, run } from './database.ts';
import { begun, nowhere, refresh, type Standing } from './membership.ts';
import { countReading } from './reading.ts';
import { timeOf } from './clock.ts';
import { applyHighlight, forgetHighlights, settleHighlights, unsettleHighlights } from './highlight-index.ts';
import { readSealedBody, readSealedMeta, type Meta, type Sealed } from './parts.ts';
import { keepLook } from './look.ts';
import { keepSpot } from './spots.ts';
import { keepTagFact } from './tag-facts.ts';
import { indexedOf, madeAhead } from '../search/text-ahead.ts';

/**
 * Applies acts to an index, inside the caller's transaction. In any order and however often, the same acts come to the
 * same index. Answers the articles that were touched.
 */
export function applyActs(db: DatabaseSync, root: string, acts: readonly Act[]): Set<string> {
  const touched = new Map<string, Standing>();
  for (const act of acts) applyAct(db, root, act, touched);
  for (const [id, before] of touched) {
    refresh(db, id, before);
    settleHighlights(db, id);
  }
  return new Set(touched.keys());
}

function applyAct(db: DatabaseSync, root: string, act: Act, touched: Map<string, Standing>): void {
  if (act.act === 'icon') {
    keepIcon(db, act);
    return;
  }
  if (act.act === 'apart') {
    const text = 'INSERT INTO apart VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET clock = excluded.clock, present = excluded.present WHERE excluded.clock > clock';
    if (run(db, text, act.one, act.other, act.clock, act.on ? 1 : 0) > 0) standPair(db, act.one, act.other);
    return;
  }
  if (act.act === 'search') {
    if (isLatest(db, '', `search ${act.search}`, act.clock)) setSearch(db, act.search, act.value);
    return;
  }
  if (act.act === 'shelves') {
    if (!isLatest(db, '', 'shelves', act.clock)) return;
    run(db, "INSERT INTO facts VALUES ('shelves', ?) ON CONFLICT DO UPDATE SET value = excluded.value", JSON.stringify(act.tags));
    return;
  }
  if (act.act === 'about') {
    keepTagFact(db, act);
    return;
  }
  if (act.act === 'rule') {
    const name = `tag-rule ${act.rule}`;
    if (!isLatest(db, '', name, act.clock)) return;
    run(db, 'INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', name, JSON.stringify(act.value));
    return;
  }
  if (act.act === 'tagsApart') {
    const name = `tags-apart ${JSON.stringify([act.one, act.other])}`;
    if (!isLatest(db, '', name, act.clock)) return;
    run(db, 'INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', name, String(act.on));
    return;
  }
  const { id, clock } = act;
  // An act of a kind that only a newer Lectern knows names no article we could touch.
  if (typeof id !== 'string') return;
  if (act.act === 'read') {
    // Also of what was erased: the day was read on all the same, and nothing but a number is left of it.
    countReading(db, act);
    return;
  }
  if (act.act === 'erase') {
    touch(db, id, touched);
    run(db, 'INSERT INTO erased VALUES (?, ?) ON CONFLICT DO UPDATE SET clock = min(clock, excluded.clock)', id, clock);
    remove(db, id);
    return;
  }
  if (get(db, 'SELECT 1 FROM erased WHERE article = ?', id)) return;
  touch(db, id, touched);
  switch (act.act) {
    case 'save':
      if (isLatest(db, id, 'save', clock)) {
        run(db, 'UPDATE articles SET saved = 1, saved_url = ?, name = ?, job = ? WHERE id = ?', act.url, act.name, JSON.stringify(act.job), id);
        // Its name may be all there is to find it by, also where a later act has brought it up already.
        toBeSearched(db, id);
        toBePaired(db, id);
      }
      if (isLatest(db, id, 'added', clock)) addedAt(db, id, act.at);
      if (isLatest(db, id, 'stage', clock)) setState(db, id, act.bookmark === true ? 'bookmark' : 'waiting');
      if (isLatest(db, id, 'bookmark', clock)) run(db, 'UPDATE articles SET bookmarked = ? WHERE id = ?', act.bookmark === true ? 1 : 0, id);
      for (const tag of act.tags) setTag(db, id, tag, true, clock);
      break;
    case 'bump':
      if (isLatest(db, id, 'added', clock)) addedAt(db, id, act.at);
      break;
    case 'wait':
      if (isLatest(db, id, 'stage', clock)) setState(db, id, 'waiting');
      break;
    case 'bookmark':
      if (isLatest(db, id, 'stage', clock)) setState(db, id, 'bookmark');
      if (isLatest(db, id, 'bookmark', clock)) run(db, 'UPDATE articles SET bookmarked = 1 WHERE id = ?', id);
      toBeSearched(db, id);
      break;
    case 'glance':
      if (!isLatest(db, id, 'glance', clock)) break;
      run(db, 'UPDATE articles SET glanced = 1, glance_title = ?, glance_excerpt = ? WHERE id = ?', act.title, act.excerpt, id);
      toBeSearched(db, id);
      break;
    case 'failed':
      if (isLatest(db, id, 'stage', clock)) {
        setState(db, id, 'failed', act.failure);
      }
      break;
    case 'ready':
      if (isLatest(db, id, 'stage', clock)) setState(db, id, 'ready');
      if (isLatest(db, id, 'content', clock)) setContent(db, root, id, { folder: act.folder, sums: act.sums });
      break;
    case 'set':
      if (isLatest(db, id, act.field, clock)) setField(db, id, act);
      break;
    case 'look':
      if (isLatest(db, id, `look ${act.field}`, clock)) keepLook(db, id, act.field, act.value);
      break;
    case 'tag':
      setTag(db, id, act.tag, act.on, clock);
      break;
    case 'ruled':
      isLatest(db, id, 'ruled', clock);
      break;
    case 'place':
      if (isLatest(db, id, 'place', clock)) {
        const place = act.place && JSON.stringify(act.place);
        run(db, 'UPDATE articles SET place = ?, progress = ?, read_at = ? WHERE id = ?', place, act.place?.progress ?? 0, act.place && act.at, id);
      }
      // Whatever place is the latest: it was begun when the first was kept.
      if (act.place && act.carried !== true && act.place.progress > begun) run(db, 'UPDATE articles SET started_at = min(coalesce(started_at, ?), ?) WHERE id = ?', act.at, act.at, id);
      break;
    case 'spot':
      keepSpot(db, act);
      break;
    case 'highlight':
    case 'setHighlight':
      applyHighlight(db, act, (field) => isLatest(db, id, field, clock), () => toBeSearched(db, id));
      break;
    default:
      act satisfies never;
  }
}

function setState(db: DatabaseSync, id: string, state: 'waiting' | 'ready' | 'failed' | 'bookmark', failure: Failure | null = null): void {
  // Becoming a bookmark, or no longer being one, changes what it is found by.
  const changes = get<{ yes: number }>(db, "SELECT (state = 'bookmark') <> (? = 'bookmark') AS yes FROM articles WHERE id = ?", state, id)?.yes === 1;
  run(db, 'UPDATE articles SET state = ?, failure = ? WHERE id = ?', state, failure && JSON.stringify(failure), id);
  if (changes) toBeSearched(db, id);
}

function keepIcon(db: DatabaseSync, { host, file, at, clock }: Act & { act: 'icon' }): void {
  const text = `INSERT INTO icons VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET file = excluded.file, at = excluded.at, clock = excluded.clock
    WHERE excluded.clock > clock`;
  run(db, text, host, file, at, clock);
}

/** Takes note of the clock; true when it is the latest of its field and the value is to be taken over. */
function isLatest(db: DatabaseSync, id: string, field: string, clock: string): boolean {
  const text =
    'INSERT INTO clocks VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET clock = excluded.clock WHERE excluded.clock > clock';
  return run(db, text, id, field, clock) > 0;
}

function touch(db: DatabaseSync, id: string, touched: Map<string, Standing>): void {
  if (touched.has(id)) return;
  const standing = get<Standing>(db, 'SELECT lists, tags, added_at, words, minutes, host, finished_at, first_tag FROM articles WHERE id = ?', id);
  touched.set(id, standing ?? nowhere);
  if (!standing) run(db, 'INSERT INTO articles (id) VALUES (?)', id);
}

function remove(db: DatabaseSync, id: string): void {
  forgetPrint(db, id);
  for (const table of ['search_index', 'head_index', 'seats']) run(db, `DELETE FROM ${table} WHERE rowid = (SELECT seat FROM articles WHERE id = ?)`, id);
  forgetHighlights(db, id);
  run(db, 'DELETE FROM articles WHERE id = ?', id);
  for (const table of ['clocks', 'tagged', 'texts', 'unsearched', 'pictures', 'spots']) run(db, `DELETE FROM ${table} WHERE article = ?`, id);
}

/** A newer time of saving takes a newer seat, so that the search index stays in the order of lists. */
function addedAt(db: DatabaseSync, id: string, at: string): void {
  const row = get<{ seat: number; added_at: string }>(db, 'SELECT seat, added_at FROM articles WHERE id = ?', id);
  if (!row || row.added_at === '') {
    run(db, 'UPDATE articles SET added_at = ? WHERE id = ?', at, id);
  } else if (at < (get<{ added_at: string }>(db, 'SELECT added_at FROM articles ORDER BY seat DESC LIMIT 1')?.added_at ?? '')) {
    // Given an earlier time, or its own back: what has come since stays before it.
    run(db, 'UPDATE articles SET added_at = ? WHERE id = ?', at, id);
  } else {
    for (const table of ['search_index', 'head_index', 'seats']) run(db, `DELETE FROM ${table} WHERE rowid = ?`, row.seat);
    run(db, 'UPDATE articles SET added_at = ?, seat = 1 + (SELECT max(seat) FROM articles) WHERE id = ?', at, id);
  }
  toBeSearched(db, id);
}

function setField(db: DatabaseSync, id: string, act: Act & { act: 'set' }): void {
  switch (act.field) {
    case 'favourite':
    case 'archived':
      run(
        db, `UPDATE articles SET ${act.field} = ?, ${act.field === 'archived' ? 'archived_at' : 'favourited_at'} = ? WHERE id = ?`,
        act.value ? 1 : 0, act.value ? (act.at ?? timeOf(act.clock)) : null, id,
      );
      break;
    case 'finished':
    case 'trashed':
      run(db, `UPDATE articles SET ${act.field}_at = ? WHERE id = ?`, act.value, id);
      break;
    case 'title':
    case 'note':
      run(db, `UPDATE articles SET ${act.field === 'note' ? 'note' : 'own_title'} = ? WHERE id = ?`, act.value, id);
      toBeSearched(db, id);
      break;
    default:
      act satisfies never;
  }
}

function setTag(db: DatabaseSync, id: string, tag: string, on: boolean, clock: string): void {
  const text =
    'INSERT INTO tagged VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET clock = excluded.clock, present = excluded.present WHERE excluded.clock > clock';
  if (run(db, text, id, tag, clock, on ? 1 : 0) > 0) toBeSearched(db, id);
}

/** Takes over a sealed folder; where a part is damaged the article stays, named by what is known, and marked. */
function setContent(db: DatabaseSync, root: string, id: string, sealed: Sealed): void {
  run(db, 'UPDATE articles SET folder = ?, sums = ?, damaged = 0, code = 0, canonical = NULL WHERE id = ?', sealed.folder, JSON.stringify(sealed.sums), id);
  unsettleHighlights(db, id);
  run(db, 'DELETE FROM texts WHERE article = ?', id);
  run(db, 'DELETE FROM pictures WHERE article = ?', id);
  toBeSearched(db, id);
  toBePaired(db, id);
  try {
    const meta = readSealedMeta(root, sealed);
    run(
      db,
      `UPDATE articles SET page_url = ?, page_title = ?, site = ?, byline = ?, excerpt = ?, lead_picture = ?, published_at = ?,
       lang = ?, dir = ?, words = ?, minutes = ?, links = ?, canonical = ? WHERE id = ?`,
      meta.url, meta.title, meta.site, meta.byline, meta.excerpt, leadPicture(meta),
      meta.publishedAt && JSON.stringify(meta.publishedAt), meta.lang, meta.dir, meta.words, meta.minutes, countLinks(meta), canonicalKey(meta.canonical), id,
    );
    for (const picture of meta.pictures) {
      if (picture.state === 'stored') run(db, 'INSERT OR IGNORE INTO pictures VALUES (?, ?)', picture.file, id);
    }
    const { text, code } = madeAhead(sealed) ?? indexedOf(readSealedBody(root, sealed));
    if (code) run(db, 'UPDATE articles SET code = 1 WHERE id = ?', id);
    run(db, 'INSERT INTO texts VALUES (?, ?)', id, text);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    run(db, 'UPDATE articles SET damaged = 1 WHERE id = ?', id);
  }
}

/** The page's own choice when it was stored, else the first picture that is no icon. */
function leadPicture(meta: Meta): string | null {
  const stored = meta.pictures.filter((picture): picture is Picture & { state: 'stored' } => picture.state === 'stored');
  const lead = stored.find(({ url }) => url === meta.leadImage) ?? stored.find(({ width }) => width === null || width >= 240);
  return lead?.file ?? null;
}

function toBeSearched(db: DatabaseSync, id: string): void {
  run(db, 'INSERT OR IGNORE INTO unsearched VALUES (?)', id);
}

function setSearch(db: DatabaseSync, id: string, value: SearchValue | null): void {
  if (value === null) run(db, 'DELETE FROM searches WHERE id = ?', id);
  else run(db, 'INSERT OR REPLACE INTO searches (id, name, query, sort, place) VALUES (?, ?, ?, ?, ?)', id, value.name, value.query, value.sort, value.place);
}
