import type { ArticleId, Row } from '../../shared/article.ts';
import type { Hit, Where } from '../../shared/contract.ts';
import type { Mark } from '../../shared/marks.ts';
import { isMisuse, readArguments, type Misuse } from './arguments.ts';
import { rowLine, safe, safeLines } from './terminal.ts';
import type { Context, Verb } from './verb.ts';

const lists = ['inbox', 'reading', 'favourites', 'archive', 'all', 'trash', 'failed', 'bookmarks'] as const;
const stages = ['waiting', 'working', 'ready'] as const;
type State = (typeof lists)[number] | (typeof stages)[number];

/** `lectern list` */
export const list: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { tag: 'text', state: 'text', json: 'flag' });
  if (isMisuse(given)) return given;
  if (given.rest[0] !== undefined) return { misuse: words.cli.tooMuch(given.rest[0]) };
  const asked = given.texts.get('state') ?? 'all';
  const state: State | undefined = [...lists, ...stages].find((name) => name === asked);
  if (state === undefined) return { misuse: words.cli.notOneOf(asked, [...lists, ...stages].join(', ')) };
  const tag = given.texts.get('tag') ?? null;

  const { ask } = await context.open();
  const fixed = lists.find((name) => name === state);
  const where: Where = tag !== null && state !== 'trash' ? { list: 'tag', tag } : { list: fixed ?? 'all' };
  const rows: Row[] = [];
  for (let from = 0, total = 1; from < total; from += 500) {
    const reply = await ask('list', { where, from, count: 500 });
    if (!reply.ok) {
      terminal.fail(reply.failure);
      return 1;
    }
    total = reply.value.total;
    rows.push(...reply.value.rows.filter((row) => isIn(row, state) && (tag === null || hasTag(row, tag))));
  }
  if (given.flags.has('json')) terminal.json(rows);
  else if (rows.length === 0) terminal.note(words.cli.noArticles);
  else for (const row of rows) terminal.line(rowLine(words, row));
  return 0;
};

/** The lists' own rules again, for a tag's list narrowed by a state. */
function isIn(row: Row, state: State): boolean {
  switch (state) {
    case 'all': return true;
    case 'trash': return row.trashedAt !== null;
    case 'inbox': return !row.archived && row.stage.state !== 'bookmark';
    case 'archive': return row.archived;
    case 'favourites': return row.favourite;
    case 'reading': return row.progress > 0 && row.finishedAt === null && !row.archived;
    case 'bookmarks': return row.stage.state === 'bookmark';
    case 'waiting':
    case 'working':
    case 'ready':
    case 'failed': return row.stage.state === state;
    default: return state satisfies never;
  }
}

function hasTag(row: Row, tag: string): boolean {
  const wanted = tag.toLowerCase();
  return row.tags.some((own) => own.toLowerCase() === wanted || own.toLowerCase().startsWith(`${wanted}/`));
}

/** `lectern search` */
export const search: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { limit: 'text', json: 'flag' });
  if (isMisuse(given)) return given;
  if (given.rest.length === 0) return { misuse: words.cli.missing };
  const limit = given.texts.get('limit') ?? '20';
  const count = Number(limit);
  if (!/^\d+$/.test(limit) || count < 1 || count > 200) return { misuse: words.cli.notNumber(limit) };

  const { ask } = await context.open();
  const reply = await ask('search', { query: given.rest.join(' '), count });
  if (!reply.ok) {
    terminal.fail(reply.failure);
    return 1;
  }
  if (given.flags.has('json')) {
    terminal.json(reply.value);
    return 0;
  }
  terminal.note(words.cli.found(reply.value.total));
  for (const hit of reply.value.hits) printHit(context, hit);
  return 0;
};

function printHit({ words, terminal }: Context, hit: Hit): void {
  terminal.line(rowLine(words, hit, marked(hit.title, hit.titleMarks, terminal.bold)));
  if (hit.snippet !== '') terminal.line(`    ${marked(hit.snippet, hit.snippetMarks, terminal.bold)}`);
}

function marked(text: string, marks: Mark[], bold: (text: string) => string): string {
  let out = '';
  let at = 0;
  for (const { from, to } of marks) {
    out += clean(text.slice(at, from)) + bold(clean(text.slice(from, to)));
    at = to;
  }
  return (out + clean(text.slice(at))).trim();
}

/** Like `safe`, but keeps the spaces at the ends of a piece. */
function clean(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ');
}

const forms = ['text', 'markdown', 'html', 'json'] as const;

/** `lectern show` */
export const show: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { as: 'text' });
  if (isMisuse(given)) return given;
  const [what, extra] = given.rest;
  if (what === undefined) return { misuse: words.cli.missing };
  if (extra !== undefined) return { misuse: words.cli.tooMuch(extra) };
  const asked = given.texts.get('as') ?? 'text';
  const form = forms.find((name) => name === asked);
  if (form === undefined) return { misuse: words.cli.notOneOf(asked, forms.join(', ')) };

  const { ask } = await context.open();
  const id = await findArticle(context, ask, what);
  if (id === null) return 1;
  const reply = form === 'json' ? await ask('article', { id }) : await ask('render', { id, as: form });
  if (!reply.ok) {
    terminal.fail(reply.failure, what);
    return 1;
  }
  if ('text' in reply.value) terminal.line(process.stdout.isTTY ? safeLines(reply.value.text) : reply.value.text);
  else terminal.json(reply.value);
  return 0;
};

/** The article of an id or an address; says so and answers null when there is none. */
export async function findArticle({ terminal }: Context, ask: Awaited<ReturnType<Context['open']>>['ask'], what: string): Promise<ArticleId | null> {
  const reply = await ask('find', { what });
  if (reply.ok && reply.value.id !== null) return reply.value.id;
  terminal.fail(reply.ok ? { kind: 'not-found', what: safe(what) } : reply.failure);
  return null;
}

/** Splits `+a -b` from the rest; anything else is misuse. */
export function readTagChanges(words: Context['words'], changes: string[]): { add: string[]; remove: string[] } | Misuse {
  const add: string[] = [];
  const remove: string[] = [];
  for (const change of changes) {
    if (/^\+./u.test(change)) add.push(change.slice(1));
    else if (/^-[^-]/u.test(change)) remove.push(change.slice(1));
    else return { misuse: words.cli.noTagChange(change) };
  }
  return { add, remove };
}
