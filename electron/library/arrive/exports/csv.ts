import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { FailureError } from '../../../../shared/failure.ts';
import type { ImportFormat } from '../../../../shared/import-format.ts';
import { type BroughtAll, dateOf, type Found, gather } from './brought.ts';

/** More than any reader has saved. */
const mostRows = 1_000_000;

/** A row by the names of its columns, in lower case; without those that are empty in it. */
type Row = Map<string, string>;
type Table = { format: ImportFormat; has: readonly string[]; read: (cell: Cell) => Partial<Found> };
type Cell = (...names: string[]) => string;

/** In characters; more than any page has of tags. */
const longestList = 100_000;

const isTrue = (text: string): boolean => /^(?:true|1|yes|y)$/i.test(text);
const isFalse = (text: string): boolean => /^(?:false|0|no|n)$/i.test(text);

/**
 * The tables that are known, told by columns that only they have; columns are found by name, since every service has changed
 * their number and order. The last takes any table with addresses.
 */
const tables: readonly Table[] = [
  { format: 'pocket', has: ['url', 'time_added', 'status'], read: (cell) => ({ at: dateOf(cell('time_added')), archived: cell('status') === 'archive', tags: cell('tags').split('|') }) },
  {
    format: 'instapaper', has: ['url', 'folder', 'timestamp'],
    read: (cell) => {
      const folder = cell('folder');
      const own = !/^(?:unread|archive|starred)$/i.test(folder);
      return { at: dateOf(cell('timestamp')), archived: /^archive$/i.test(folder), favourite: /^starred$/i.test(folder), folder: own ? [folder] : [], tags: listOf(cell('tags'), /,/), note: cell('selection') };
    },
  },
  {
    format: 'readwise', has: ['url', 'document tags', 'location'],
    read: (cell) => {
      const tags = listOf(cell('document tags'), /,/);
      return {
        at: dateOf(cell('saved date')), archived: /^archive$/i.test(cell('location')), favourite: tags.includes('favorite'), tags: tags.filter((tag) => tag !== 'favorite'),
        finished: Number(cell('reading progress')) >= 0.99,
      };
    },
  },
  {
    format: 'raindrop', has: ['url', 'folder', 'created', 'favorite'],
    read: (cell) => ({
      at: dateOf(cell('created')), favourite: isTrue(cell('favorite')), tags: listOf(cell('tags'), /,/), note: cell('note'), ...inFolder(cell('folder')),
      highlights: cell('highlights').split(/\n+/).map((line) => line.replace(/^Highlight:\s*/i, '').trim()).filter((quote) => quote !== '').map((quote) => ({ quote, note: '', at: null })),
    }),
  },
  {
    format: 'matter', has: ['url', 'publisher', 'word count'],
    read: (cell) => ({
      at: dateOf(cell('saved', 'last interaction date')), byline: cell('author'), tags: listOf(cell('tags'), /;/), favourite: isTrue(cell('favorited')), finished: isTrue(cell('read')),
      archived: isFalse(cell('in queue')),
    }),
  },
  { format: 'readeck', has: ['url', 'labels', 'is_archived', 'is_marked'], read: (cell) => ({ at: dateOf(cell('created')), tags: listOf(cell('labels'), /,/), archived: isTrue(cell('is_archived')), favourite: isTrue(cell('is_marked')) }) },
  { format: 'wallabag', has: ['url', 'mime type', 'creation date'], read: (cell) => ({ at: dayFirst(cell('creation date')), tags: listOf(cell('tags'), /,/) }) },
  { format: 'omnivore', has: ['url', 'state', 'labels', 'saved_at'], read: (cell) => ({ at: dateOf(cell('saved_at')), archived: /^archived$/i.test(cell('state')), tags: listOf(cell('labels'), /,/) }) },
  { format: 'mymind', has: ['id', 'type', 'url', 'created'], read: (cell) => ({ at: dateOf(cell('created')), tags: listOf(cell('tags'), /,/), note: cell('note') }) },
  {
    format: 'table', has: [],
    read: (cell) => ({
      at: dateOf(cell('added', 'date added', 'saved', 'saved at', 'created', 'created at', 'created_at', 'date', 'time', 'timestamp', '时间', '日期', '收藏时间', '创建时间')),
      tags: listOf(cell('tags', 'labels', 'keywords', '标签'), /[,;|，；、]/), note: cell('note', 'notes', 'comment', '备注', '笔记'),
      archived: isTrue(cell('archived', 'is_archived', '归档')), favourite: isTrue(cell('favorite', 'favourite', 'starred', 'is_starred', '收藏', '星标')), ...inFolder(cell('folder', 'collection', 'category', '文件夹', '分类')),
    }),
  },
];

const addressColumns = ['url', 'link', 'href', 'address', 'uri', 'web address', 'permalink', '链接', '网址', '地址', '原文链接'];
const titleColumns = ['title', 'name', 'description', '标题', '名称'];

/** A table with addresses in a column of that name; null for any other text. Rows broken by a stray quote are read as far as they go. */
export async function readCsv(text: string): Promise<BroughtAll | null> {
  const { names, isAlone } = headOf(text);
  const address = names.find((name) => addressColumns.includes(name));
  const table = tables.find(({ has }) => has.every((name) => names.includes(name)));
  if (address === undefined || isAlone || table === undefined) return null;
  const { rows, whole } = await readTable(text);
  const found = rows.map((row): Found => {
    const cell: Cell = (...wanted) => wanted.map((name) => row.get(name) ?? '').find((value) => value !== '') ?? '';
    return { url: cell(address), title: cell(...titleColumns), ...table.read(cell) };
  });
  // What comes after the break cannot be told apart into rows; it is counted as one that is left out.
  return gather(table.format, whole ? found : [...found, { url: '', title: text.slice(-200) }]);
}

/** The rows of any table, by the names of their columns in lower case; not `whole` where they break off within one. */
export async function readTable(text: string): Promise<{ rows: Row[]; whole: boolean }> {
  const { names, delimiter } = headOf(text);
  const rows: Row[] = [];
  const onRecord = (record: string[]): null => {
    if (rows.length >= mostRows) throw new FailureError({ kind: 'too-many-entries', limit: mostRows });
    // Only what is in the row: a head of thousands of columns over rows of one cell takes no more room than they do.
    const row: Row = new Map();
    for (const [at, value] of record.entries()) if (value !== '' && names[at] !== undefined) row.set(names[at], value.trim());
    rows.push(row);
    return null;
  };
  const parser = Readable.from(partsOf(text)).pipe(parse({ delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, from_line: 2, max_record_size: 5_000_000, on_record: onRecord }));
  try {
    await finished(parser.resume());
    return { rows, whole: true };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, whole: false };
  }
}

/** The columns' names, what divides them, and whether there is nothing below them. */
function headOf(text: string): { names: string[]; delimiter: string; isAlone: boolean } {
  const head = /^[^\n]*/.exec(text.slice(0, 10_000))?.[0] ?? '';
  const delimiter = [',', ';', '\t'].toSorted((a, b) => head.split(b).length - head.split(a).length)[0] ?? ',';
  return { names: head.split(delimiter).map(columnName), delimiter, isAlone: text.trimEnd().length <= head.length };
}

const columnName = (name: string): string => name.trim().replace(/^"(.*)"$/, '$1').replaceAll('_count', ' count').toLowerCase();

/** In pieces, so that others are answered while a long table is read. */
function* partsOf(text: string): Iterable<string> {
  for (let from = 0; from < text.length; from += 65_536) yield text.slice(from, from + 65_536);
}

/**
 * Tags in one cell: a JSON array, a list as Python prints it (each name in the quotes that it does not hold itself), a plain
 * list in brackets, or names divided by `divider`. From a quote that never closes nothing more is looked for: from each
 * of the signs behind it, that would take for ever.
 */
export function listOf(cell: string, divider: RegExp): string[] {
  if (cell === '') return [];
  const inner = cell.length > longestList ? undefined : /^\[([\s\S]*)\]$/.exec(cell)?.[1];
  if (inner === undefined) return cell.split(divider);
  try {
    const parsed: unknown = JSON.parse(cell);
    if (Array.isArray(parsed)) return parsed.filter((name) => typeof name === 'string' || typeof name === 'number').map(String);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const quoted = [...inner.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|["'][^]*$/g)].flatMap((match) => (match[1] ?? match[2])?.replace(/\\(.)/g, '$1') ?? []);
  return quoted.length > 0 ? quoted : inner.split(',');
}

/** A path in one cell; what lies in no folder says so, and an archive is a state. */
function inFolder(path: string): Partial<Found> {
  const folder = path.split('/').map((name) => name.trim()).filter((name) => name !== '' && !/^(?:unsorted|uncategorized)$/i.test(name));
  return folder.length === 1 && /^(?:archive|archived|归档)$/i.test(folder[0] ?? '') ? { archived: true } : { folder };
}

/** `d/m/Y h:i:s` of a clock with twelve hours and no word which half: the day is what can be believed. */
function dayFirst(text: string): string | null {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text) ?? [];
  return dateOf(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
