import { isMisuse, readArguments } from './arguments.ts';
import { safe } from './terminal.ts';
import type { Verb } from './verb.ts';

/** `lectern check`: exit code 1 when anything is wrong. */
export const check: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { json: 'flag' });
  if (isMisuse(given)) return given;
  if (given.rest[0] !== undefined) return { misuse: words.cli.tooMuch(given.rest[0]) };
  const { ask } = await context.open();
  const reply = await ask('check', {});
  if (!reply.ok) {
    terminal.fail(reply.failure);
    return 1;
  }
  const { articles, files, problems } = reply.value;
  if (given.flags.has('json')) terminal.json(reply.value);
  else {
    terminal.line(words.cli.checked(articles, files));
    terminal.line(problems.length === 0 ? words.cli.whole : words.cli.problems(problems.length));
    for (const { what, where } of problems) terminal.line(`  ${safe(where)}: ${safe(what)}`);
  }
  return problems.length === 0 ? 0 : 1;
};

/** `lectern rebuild` */
export const rebuild: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { json: 'flag' });
  if (isMisuse(given)) return given;
  if (given.rest[0] !== undefined) return { misuse: words.cli.tooMuch(given.rest[0]) };
  const { ask } = await context.open();
  const reply = await ask('rebuild', {});
  if (!reply.ok) {
    terminal.fail(reply.failure);
    return 1;
  }
  if (given.flags.has('json')) terminal.json(reply.value);
  else terminal.line(words.cli.rebuilt(reply.value.articles));
  return 0;
};
