import { joinSentences } from '../shared/words/explain.ts';
import { failureOf } from './answer.ts';
import { add } from './cli/add.ts';
import { again } from './cli/again.ts';
import { check, rebuild } from './cli/care.ts';
import { exportList } from './cli/export.ts';
import { importFiles } from './cli/import.ts';
import { extract } from './cli/extract.ts';
import { compact, move, where } from './cli/folder.ts';
import { generalHelp, verbHelp } from './cli/help.ts';
import { highlights } from './cli/highlights.ts';
import { list, search, show } from './cli/look.ts';
import { rules } from './cli/rules.ts';
import { serve } from './cli/serve.ts';
import { tag } from './cli/tag.ts';
import { tagRules } from './cli/tag-rules.ts';
import { tags } from './cli/tags.ts';
import { openTerminal } from './cli/terminal.ts';
import type { Verb } from './cli/verb.ts';
import { openAccess, type Access } from './open.ts';
import { version } from './places.ts';
import { keepReception } from './reception.ts';
import { systemWords } from './system-words.ts';

/* The command line: `node dist/host/cli.js [--library DIR] <verb> …`. Exit codes: 0 well, 1 something failed, 2 misuse. */

const verbs = { add, list, search, show, tag, tags, 'tag-rules': tagRules, export: exportList, import: importFiles, highlights, extract, rules, again, check, rebuild, where, move, compact, serve } satisfies Record<string, Verb>;
const words = systemWords();
const terminal = openTerminal(words);

/** Says why a command line was not understood, and where help is. */
function refuse(sentence: string, verb: string | null): 2 {
  terminal.complain(joinSentences(sentence, words.cli.tryHelp(verb === null ? 'lectern' : `lectern ${verb}`)));
  return 2;
}

async function main(argv: string[]): Promise<0 | 1 | 2> {
  const rest = [...argv];
  let library: string | null = null;
  let make = false;
  while (rest[0]?.startsWith('-') === true) {
    const option = rest.shift() ?? '';
    if (option === '--help' || option === '-h') return print(generalHelp(words));
    if (option === '--version') return print(version);
    if (option === '--make') {
      make = true;
      continue;
    }
    const [name, inline] = option.split(/=(.*)/s);
    if (name !== '--library') return refuse(words.cli.unknownOption(option), null);
    library = inline ?? rest.shift() ?? '';
    if (library === '') return refuse(words.cli.needsValue('--library'), null);
  }
  const [name = '', ...given] = rest;
  if (name === '') return refuse(words.cli.noVerb, null);
  if (name === 'help') return print(given[0] !== undefined && isVerb(given[0]) ? verbHelp(words, given[0]) : generalHelp(words));
  if (!isVerb(name)) return refuse(words.cli.unknownVerb(name), null);
  const options = given.includes('--') ? given.slice(0, given.indexOf('--')) : given;
  if (options.includes('--help') || options.includes('-h')) return print(verbHelp(words, name));

  const leaving: Array<() => Promise<void>> = [];
  const open = async (): Promise<Access> => {
    const access = await openAccess(library, { make });
    // `serve` opens its own house and closes it itself.
    if (name !== 'serve') leaving.push(await stayFor(access));
    return access;
  };
  try {
    const code = await verbs[name]({ words, terminal, open }, given);
    return typeof code === 'object' ? refuse(code.misuse, name) : code;
  } finally {
    terminal.calm();
    for (const leave of leaving) await leave();
  }
}

/** Lets other commands in while this one has the library; answers what ends that, once no other is inside. */
async function stayFor(access: Access): Promise<() => Promise<void>> {
  if (access.how === 'joined') return async () => access.joined.close();
  const reception = await keepReception(access.library, null);
  return async () => {
    await new Promise<void>((done) => {
      reception.onGuests((count) => count === 0 && done());
      if (reception.guests() === 0) done();
    });
    await reception.close();
    await access.library.close();
  };
}

function isVerb(name: string): name is keyof typeof verbs {
  return Object.hasOwn(verbs, name);
}

function print(text: string): 0 {
  terminal.line(text);
  return 0;
}

/** Ends the process once standard output is written: a pipe may still be read, and no handle left open may keep us. */
function leaveWith(code: 0 | 1 | 2): void {
  process.stdout.write('', () => process.exit(code));
}

main(process.argv.slice(2)).then(leaveWith, (error: unknown) => {
  terminal.fail(failureOf(error));
  leaveWith(1);
});
