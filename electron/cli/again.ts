import type { ArticleId, Moment } from '../../shared/article.ts';
import { pageKinds } from '../../shared/page-kind.ts';
import type { Ask } from '../../shared/contract.ts';
import { isSame, type BlockChange, type FactChange, type Trial } from '../../shared/trial.ts';
import { isMisuse, readArguments } from './arguments.ts';
import { findArticle } from './look.ts';
import { safe } from './terminal.ts';
import type { Context, Verb } from './verb.ts';

const kinds = [...pageKinds, 'auto'] as const;
type Wanted = { encoding: string | null; kind: (typeof kinds)[number] | null; morePages: boolean; dry: boolean; json: boolean };

/** `lectern again`: one article after the other; one that fails stays as it was, and the others go on. */
export const again: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { 'all-older': 'flag', encoding: 'text', as: 'text', 'more-pages': 'flag', 'dry-run': 'flag', json: 'flag' });
  if (isMisuse(given)) return given;
  const older = given.flags.has('all-older');
  if (!older && given.rest.length === 0) return { misuse: words.cli.missing };
  if (older && given.rest[0] !== undefined) return { misuse: words.cli.tooMuch(given.rest[0]) };
  const as = given.texts.get('as') ?? null;
  const kind = kinds.find((name) => name === as) ?? null;
  if (as !== null && kind === null) return { misuse: words.cli.notOneOf(as, kinds.join(', ')) };
  const wanted = { kind, encoding: given.texts.get('encoding') ?? null, morePages: given.flags.has('more-pages'), dry: given.flags.has('dry-run'), json: given.flags.has('json') };

  const { ask } = await context.open();
  const ids = older ? await findOlder(context, ask) : await findAll(context, ask, given.rest);
  if (ids === null) return 1;
  let failed = !older && ids.length < given.rest.length;
  let changed = 0;
  for (const [index, id] of ids.entries()) {
    terminal.progress(index, ids.length);
    const trial = await one(context, ask, id, wanted);
    if (trial === null) failed = true;
    else if (!isSame(trial)) changed++;
  }
  terminal.calm();
  if (older && ids.length === 0) terminal.note(words.cli.againNoneOlder);
  else if (ids.length > 1) terminal.note((wanted.dry ? words.cli.againWould : words.cli.againDone)(changed, ids.length));
  return failed ? 1 : 0;
};

async function findOlder({ terminal }: Context, ask: Ask): Promise<ArticleId[] | null> {
  const reply = await ask('older', {});
  if (reply.ok) return reply.value.ids;
  terminal.fail(reply.failure);
  return null;
}

async function findAll(context: Context, ask: Ask, whats: string[]): Promise<ArticleId[]> {
  const ids: ArticleId[] = [];
  for (const what of whats) {
    const id = await findArticle(context, ask, what);
    if (id !== null) ids.push(id);
  }
  return ids;
}

async function one({ words, terminal }: Context, ask: Ask, id: ArticleId, { encoding, kind, morePages, dry, json }: Wanted): Promise<Trial | null> {
  const reply = dry ? await ask('tryExtract', { id, encoding, kind }) : await ask('reextract', { id, encoding, kind, morePages });
  if (!reply.ok) {
    if (json) terminal.json({ id, replaced: false, error: reply.failure });
    terminal.fail(reply.failure, id);
    return null;
  }
  const { undo = null, ...trial } = { undo: null, ...reply.value };
  if (json) {
    terminal.json({ id, replaced: undo !== null, ...trial, error: null });
    return trial;
  }
  const came = isSame(trial) ? words.cli.againSame : trial.reshaped ? words.cli.againReshaped : words.cli.againCounts(trial.kept, trial.added, trial.removed);
  terminal.line(`${id}  ${safe(trial.title)}  ${trial.encoding.after}  ${came}`);
  if (dry) for (const line of [...trial.facts.flatMap((change) => factLines(words, change)), ...trial.changes.flatMap(blockLines)]) terminal.line(`    ${line}`);
  return trial;
}

function factLines(words: Context['words'], change: FactChange): string[] {
  const { fact, before, after } = change;
  if (change.fact === 'kind') return [`- ${words.again.facts.kind}: ${words.again.kinds[change.before]}`, `+ ${words.again.facts.kind}: ${words.again.kinds[change.after]}`];
  const line = (sign: string, value: string | Moment | null) =>
    value === null ? [] : [`${sign} ${words.again.facts[fact]}: ${safe(typeof value === 'string' ? value : `${value.local} ${value.offset ?? ''}`)}`];
  return [...line('-', before), ...line('+', after)];
}

function blockLines(change: BlockChange): string[] {
  if (change.did === 'kept') return [];
  return [`${change.did === 'added' ? '+' : '-'} ${safe(change.text)}`];
}
