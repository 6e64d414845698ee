import { parseArgs } from 'node:util';
import type { Words } from '../../shared/words/words.ts';

/** A command line that cannot be understood: `sentence` says why, in the reader's language. Ends with exit code 2. */
export type Misuse = { misuse: string };
/** What a verb accepts: each option's kind; `several` options may be given again. */
export type Accepted = Record<string, 'text' | 'several' | 'flag'>;
export type Given = { flags: Set<string>; texts: Map<string, string>; lists: Map<string, string[]>; rest: string[] };

/**
 * Reads options and the rest of the words. Strict: an unknown option, a missing value or a value where none belongs
 * is misuse. A lone `-` counts among the rest, as does everything after `--`.
 */
export function readArguments(words: Words, argv: string[], accepted: Accepted): Given | Misuse {
  const options = Object.fromEntries(Object.entries(accepted).map(([name, kind]) => [name, { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) }]));
  const { tokens } = parseArgs({ args: argv, options, strict: false, allowPositionals: true, tokens: true });
  const given: Given = { flags: new Set(), texts: new Map(), lists: new Map(), rest: [] };
  for (const token of tokens) {
    if (token.kind === 'positional') given.rest.push(token.value);
    if (token.kind !== 'option') continue;
    const kind = Object.hasOwn(accepted, token.name) ? accepted[token.name] : undefined;
    if (kind === undefined) return { misuse: words.cli.unknownOption(token.rawName) };
    if (kind === 'flag') {
      if (token.value !== undefined) return { misuse: words.cli.takesNoValue(token.rawName) };
      given.flags.add(token.name);
    } else {
      if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) return { misuse: words.cli.needsValue(token.rawName) };
      if (kind === 'text') given.texts.set(token.name, token.value);
      else given.lists.set(token.name, [...(given.lists.get(token.name) ?? []), token.value]);
    }
  }
  return given;
}

export function isMisuse<T extends object>(value: T | Misuse): value is Misuse {
  return 'misuse' in value;
}
