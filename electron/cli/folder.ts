import { resolve } from 'node:path';
import { isMisuse, readArguments } from './arguments.ts';
import { safe } from './terminal.ts';
import type { Verb } from './verb.ts';

/** `lectern where`: the library's folder, and what its parts take. */
export const where: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { json: 'flag' });
  if (isMisuse(given)) return given;
  if (given.rest[0] !== undefined) return { misuse: words.cli.tooMuch(given.rest[0]) };
  const { ask } = await context.open();
  const [folder, sizes] = [await ask('folder', {}), await ask('sizes', {})];
  if (!folder.ok || !sizes.ok) {
    for (const reply of [folder, sizes]) if (!reply.ok) terminal.fail(reply.failure);
    return 1;
  }
  const { path, free, known } = folder.value;
  if (given.flags.has('json')) {
    terminal.json({ path, free, known: known.map((each) => each.path), sizes: sizes.value });
    return 0;
  }
  terminal.line(safe(path));
  for (const kind of ['articles', 'pictures', 'journals', 'index', 'other', 'total'] as const) terminal.line(`  ${words.cli.sizeLine(words.folder.kinds[kind], words.folder.size(sizes.value[kind]))}`);
  if (free !== null) terminal.line(`  ${words.folder.free(free)}`);
  if (known.length > 0) terminal.line(words.cli.knownLibraries);
  for (const each of known) terminal.line(`  ${safe(each.path)}${each.there ? '' : ` (${words.folder.gone})`}`);
  return 0;
};

/** `lectern move FOLDER`: the library goes there, whole or not at all. */
export const move: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { json: 'flag' });
  if (isMisuse(given)) return given;
  const [to, more] = given.rest;
  if (to === undefined) return { misuse: words.cli.missing };
  if (more !== undefined) return { misuse: words.cli.tooMuch(more) };
  const { ask } = await context.open();
  const reply = await ask('moveLibrary', { path: resolve(to) });
  if (!reply.ok) {
    terminal.fail(reply.failure);
    return 1;
  }
  if (given.flags.has('json')) terminal.json(reply.value);
  else terminal.line(words.folder.moved(safe(reply.value.path)));
  return 0;
};

/** `lectern compact`: gives back room that is taken without need. */
export const compact: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { json: 'flag' });
  if (isMisuse(given)) return given;
  if (given.rest[0] !== undefined) return { misuse: words.cli.tooMuch(given.rest[0]) };
  const { ask } = await context.open();
  const reply = await ask('compact', {});
  if (!reply.ok) {
    terminal.fail(reply.failure);
    return 1;
  }
  const { index, journals, acts, leftovers } = reply.value;
  if (given.flags.has('json')) terminal.json(reply.value);
  else {
    terminal.line(words.folder.compacted(index + journals));
    if (index + acts + leftovers > 0) terminal.line(words.folder.compactedParts(index, acts, leftovers));
  }
  return 0;
};
