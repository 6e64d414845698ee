import { fixedLists, type Sort, type Where } from '../../shared/contract.ts';
import { sortOrders } from '../../shared/contract.ts';
import { listFormats } from '../../shared/export.ts';
import { isMisuse, readArguments } from './arguments.ts';
import type { Verb } from './verb.ts';

/** `lectern export`: a list as one file, on standard output. */
export const exportList: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { tag: 'text', list: 'text', site: 'text', as: 'text', sort: 'text', texts: 'flag' });
  if (isMisuse(given)) return given;
  if (given.rest[0] !== undefined) return { misuse: words.cli.tooMuch(given.rest[0]) };
  const [tag, site, name] = [given.texts.get('tag'), given.texts.get('site'), given.texts.get('list') ?? 'all'];
  const asked = given.texts.get('as') ?? 'html';
  const as = listFormats.find((each) => each === asked);
  if (as === undefined) return { misuse: words.cli.notOneOf(asked, listFormats.join(', ')) };
  const list = fixedLists.find((each) => each === name);
  if (list === undefined) return { misuse: words.cli.notOneOf(name, fixedLists.join(', ')) };
  const order = given.texts.get('sort');
  const chosen = sortOrders.find((each) => each === order);
  if (order !== undefined && chosen === undefined) return { misuse: words.cli.notOneOf(order, sortOrders.join(', ')) };

  const { ask } = await context.open();
  const where: Where = tag !== undefined ? { list: 'tag', tag } : site !== undefined ? { list: 'site', host: site } : { list };
  let sort: Sort = chosen ?? 'newest';
  if (tag !== undefined && chosen === undefined) {
    // A tag's list leaves in the order that is kept with it.
    const page = await ask('tagPage', { tag });
    if (page.ok) sort = page.value.order;
  }
  const title = tag ?? site ?? words.sidebar[list];
  const begun = await ask('exportList', { what: { where, sort }, as, texts: given.flags.has('texts'), title });
  if (!begun.ok) {
    terminal.fail(begun.failure, title);
    return 1;
  }
  const { token, total } = begun.value;
  for (let last = false; !last; ) {
    const part = await ask('exportPart', { token });
    if (!part.ok) {
      terminal.fail(part.failure, title);
      return 1;
    }
    await write(part.value.text);
    if (!process.stdout.isTTY) terminal.progress(part.value.done, total);
    last = part.value.last;
  }
  terminal.calm();
  if (total === 0) terminal.note(words.cli.noArticles);
  return 0;
};

/** Waits until a slow reader has taken what was written: a long list is never whole in memory. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((done) => process.stdout.once('drain', done));
}
