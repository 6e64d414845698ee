import { isMisuse, readArguments } from './arguments.ts';
import { findArticle } from './look.ts';
import { safeLines } from './terminal.ts';
import type { Verb } from './verb.ts';

/** `lectern highlights [<id or address>]`: what was marked and noted, as Markdown or as data. */
export const highlights: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { json: 'flag' });
  if (isMisuse(given)) return given;
  const [what, extra] = given.rest;
  if (extra !== undefined) return { misuse: words.cli.tooMuch(extra) };

  const { ask } = await context.open();
  const id = what === undefined ? null : await findArticle(context, ask, what);
  if (id === null && what !== undefined) return 1;
  if (given.flags.has('json')) {
    if (id !== null) {
      const reply = await ask('highlights', { id });
      if (reply.ok) terminal.json(reply.value);
      else terminal.fail(reply.failure);
      return reply.ok ? 0 : 1;
    }
    for (let after: { madeAt: string; id: string } | null = null, more = true; more;) {
      const reply: Awaited<ReturnType<typeof ask<'allHighlights'>>> = await ask('allHighlights', { after, count: 200 });
      if (!reply.ok) {
        terminal.fail(reply.failure);
        return 1;
      }
      terminal.json(reply.value.highlights);
      const last = reply.value.highlights.at(-1);
      more = reply.value.more && last !== undefined;
      if (last !== undefined) after = { madeAt: last.madeAt, id: last.id };
    }
    return 0;
  }
  const reply = await ask('exportHighlights', { id });
  if (!reply.ok) {
    terminal.fail(reply.failure);
    return 1;
  }
  if (reply.value.count === 0) terminal.note(words.cli.noHighlights);
  else terminal.line((process.stdout.isTTY ? safeLines(reply.value.text) : reply.value.text).trimEnd());
  return 0;
};
