import type { Words } from '../../shared/words/words.ts';

/** The verbs that have help, in the order they are listed. */
export type VerbName = keyof Words['cli']['help'];

/** What `lectern --help` prints. */
export function generalHelp({ cli }: Words): string {
  const verbs = Object.values(cli.help).map(({ usage, what }): [string, string] => [`lectern ${usage}`, what]);
  return [
    cli.about,
    '',
    `${cli.usage}: lectern [--library DIR] <command> …`,
    '',
    `${cli.verbs}:`,
    ...verbs.flatMap(([usage, what]) => [`  ${usage}`, `      ${what}`]),
    '',
    `${cli.options}:`,
    ...table(cli.general),
    '',
    cli.more,
    cli.exitCodes,
  ].join('\n');
}

/** What `lectern <verb> --help` prints. */
export function verbHelp({ cli }: Words, verb: VerbName): string {
  const { usage, what, options } = cli.help[verb];
  return [what, '', `${cli.usage}: lectern [--library DIR] ${usage}`, '', `${cli.options}:`, ...table([...options, ...cli.general.slice(0, 3)]), '', cli.exitCodes].join('\n');
}

function table(lines: string[][]): string[] {
  const width = Math.max(...lines.map(([option = '']) => option.length));
  return lines.map(([option = '', what = '']) => `  ${option.padEnd(width)}  ${what}`);
}
