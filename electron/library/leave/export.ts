import type { ArticleId, Row } from '../../../shared/article.ts';
import type { Answers } from '../../../shared/contract.ts';
import type { ListFormat } from '../../../shared/export.ts';
import { FailureError } from '../../../shared/failure.ts';
import { idsOf } from '../listing.ts';
import { renderForList } from '../render.ts';
import { rowsOf } from '../rows.ts';
import { randomName } from '../storage/clock.ts';
import { tagFacts } from '../storage/tag-facts.ts';
import type { Store } from '../storage/store.ts';
import { bookmarksFile } from './bookmarks.ts';
import { listHtml } from './list-html.ts';
import { listMarkdown } from './list-markdown.ts';
import { oneLine, type WritesList } from './list-format.ts';
import { opml } from './opml.ts';

const formats: Record<ListFormat, WritesList> = { html: listHtml, markdown: listMarkdown, opml, bookmarks: bookmarksFile };

/** How many files may be on their way out at once; the one begun longest ago is let go. */
const atOnce = 8;
/** A part is at most so many entries, and ends once it has so many characters. */
const [entriesAtOnce, charactersAtOnce] = [500, 1_000_000];
/** So much of pictures goes into one page, in bytes; the pictures of later texts are left out of it. */
export const pictureRoom = 60_000_000;

type Leaving = { format: WritesList; as: ListFormat; ids: ArticleId[]; texts: boolean; head: string; at: number; stage: 'head' | 'entries' | 'texts'; room: number };

/** What hands lists out, part by part: each begun file is remembered until its last part is fetched. */
export function openExports(store: Store): Pick<Answers, 'exportList' | 'exportPart'> {
  const leaving = new Map<string, Leaving>();
  return {
    exportList({ what, as, texts, title }) {
      const format = formats[as];
      const ids = 'ids' in what ? [...new Set(what.ids)] : idsOf(store, what.where, what.sort, undefined, 0, 10_000_000);
      const description = 'where' in what && what.where.list === 'tag' ? tagFacts(store.db, what.where.tag).description : null;
      const token = randomName(20);
      const head = format.head({ title, description, at: store.now(), count: ids.length });
      leaving.set(token, { format, as, ids, texts: texts && format.text !== undefined, head, at: 0, stage: 'head', room: pictureRoom });
      for (const oldest of leaving.keys()) {
        if (leaving.size <= atOnce) break;
        leaving.delete(oldest);
      }
      return { token, name: `${fileName(title)}.${format.ending}`, total: ids.length };
    },
    exportPart({ token }) {
      const file = leaving.get(token);
      if (file === undefined) throw new FailureError({ kind: 'not-found', what: token });
      const text = nextPart(store, file);
      const end = file.texts ? 'texts' : 'entries';
      const last = file.stage === end && file.at >= file.ids.length;
      if (last) leaving.delete(token);
      const rounds = file.texts ? 2 : 1;
      const before = file.stage === 'texts' ? file.ids.length : 0;
      return { text: last ? text + (file.texts ? '' : (file.format.middle ?? '')) + file.format.foot : text, done: Math.floor((before + file.at) / rounds), last };
    },
  };
}

function nextPart(store: Store, file: Leaving): string {
  let text = '';
  if (file.stage === 'head') {
    text += file.head;
    file.stage = 'entries';
  } else if (file.stage === 'entries' && file.texts && file.at >= file.ids.length) {
    text += file.format.middle ?? '';
    file.stage = 'texts';
    file.at = 0;
  }
  const upTo = Math.min(file.ids.length, file.at + entriesAtOnce);
  while (file.at < upTo && text.length < charactersAtOnce) {
    // Few rows at a time: a text each may be long, and what was read of rows beyond it would be read again.
    const some = rowsOf(store, file.ids.slice(file.at, Math.min(upTo, file.at + (file.stage === 'texts' ? 1 : 100))));
    for (const row of some) text += file.stage === 'texts' ? textOf(store, file, row) : file.format.entry(row, file.texts);
    file.at = Math.min(upTo, file.at + (file.stage === 'texts' ? 1 : 100));
  }
  return text;
}

function textOf(store: Store, file: Leaving, row: Row): string {
  if (row.stage.state !== 'ready') return '';
  const { text, bytes } = renderForList(store, row.id, file.as === 'markdown' ? 'markdown' : 'html', file.room);
  file.room -= bytes;
  return file.format.text?.(row, text) ?? '';
}

/** A name every file system takes: no signs that mean something there, not too long, never empty or a device's. */
function fileName(title: string): string {
  const name = oneLine(title).replace(/[\\/:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '-').replace(/^[.\s-]+|[.\s]+$/gu, '');
  const short = [...name].slice(0, 80).join('').trim();
  return short === '' || /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(short) ? `Lectern ${short}`.trim() : short;
}
