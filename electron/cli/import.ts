import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Ask } from '../../shared/contract.ts';
import type { Reply } from '../../shared/failure.ts';
import { importPart } from '../../shared/import-format.ts';
import type { ImportFacts } from '../../shared/import.ts';
import type { Words } from '../../shared/words/words.ts';
import { isMisuse, readArguments } from './arguments.ts';
import { safe } from './terminal.ts';
import type { Verb } from './verb.ts';

/** `lectern import`: what another service exported, taken over whole. */
export const importFiles: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { look: 'flag', tag: 'several', bookmark: 'flag', 'no-folders': 'flag', json: 'flag' });
  if (isMisuse(given)) return given;
  if (given.rest.length === 0) return { misuse: words.cli.missing };
  const { ask } = await context.open();
  let failed = false;
  for (const file of given.rest) {
    const name = basename(resolve(file));
    const token = await handOver(ask, file, (done, of) => terminal.progress(done, of));
    terminal.calm();
    if (typeof token === 'object') {
      failed = true;
      if ('reason' in token) terminal.complain(words.cli.cannotRead(safe(file), token.reason));
      else if (!token.ok) terminal.fail(token.failure, file);
      continue;
    }
    const facts = await ask('lookImport', { token, name });
    if (!facts.ok) terminal.fail(facts.failure, file);
    else if (facts.value === null) terminal.complain(words.cli.noExport(safe(file)));
    if (!facts.ok || facts.value === null) {
      failed = true;
      continue;
    }
    if (given.flags.has('look')) {
      if (given.flags.has('json')) terminal.json({ file, ...facts.value });
      else for (const line of linesOf(words, file, facts.value)) terminal.line(line);
      await ask('dropImport', { token });
      continue;
    }
    const imported = await ask('runImport', { token, name, tags: given.lists.get('tag') ?? [], bookmarks: given.flags.has('bookmark'), folders: !given.flags.has('no-folders') });
    if (!imported.ok) {
      failed = true;
      terminal.fail(imported.failure, file);
      continue;
    }
    const { made, known, left } = imported.value;
    if (given.flags.has('json')) terminal.json({ file, format: facts.value.format, made, known, left });
    else terminal.line(words.cli.imported(safe(file), made, known, left));
    for (const { line, text, why } of facts.value.refused) terminal.note(`${words.bring.entry(line)}: ${safe(text)} (${words.add.refusals[why]})`);
  }
  return failed ? 1 : 0;
};

/** Part by part, so that a file of any size passes; its token, or why not. */
async function handOver(ask: Ask, file: string, progress: (done: number, of: number) => void): Promise<string | { reason: string } | (Reply<never> & { ok: false })> {
  let open: number | null = null;
  try {
    open = openSync(file, 'r');
    const { size } = fstatSync(open);
    const part = Buffer.alloc(importPart);
    let token: string | null = null;
    let done = 0;
    do {
      const read = readSync(open, part, 0, part.length, done);
      const reply: Reply<{ token: string }> = await ask('importPart', { token, base64: part.toString('base64', 0, read) });
      if (!reply.ok) return reply;
      token = reply.value.token;
      done += read;
      if (read === 0) break;
      progress(done, size);
    } while (done < size);
    return token;
  } catch (error) {
    return { reason: (error as NodeJS.ErrnoException).code ?? String(error) };
  } finally {
    if (open !== null) closeSync(open);
  }
}

function linesOf({ bring }: Words, file: string, facts: ImportFacts): string[] {
  const counts = [[facts.archived, bring.archived], [facts.favourites, bring.favourites], [facts.finished, bring.finished], [facts.notes, bring.notes], [facts.highlights, bring.highlights], [facts.allTags, bring.tags]] as const;
  return [
    `${safe(file)}: ${bring.formats[facts.format]}, ${[bring.links(facts.links), ...counts.filter(([count]) => count > 0).map(([count, say]) => say(count))].join(', ')}`,
    ...(facts.from !== null && facts.to !== null ? [bring.between(facts.from.slice(0, 10), facts.to.slice(0, 10))] : []),
    ...(facts.texts > 0 ? [bring.texts(facts.texts, facts.links)] : []),
    ...(facts.known > 0 ? [bring.known(facts.known)] : []),
    ...(facts.left > 0 ? [bring.left(facts.left), ...facts.refused.map(({ line, text }) => `  ${bring.entry(line)}: ${safe(text)}`)] : []),
  ];
}
