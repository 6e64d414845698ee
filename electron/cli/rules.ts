import { isMisuse, readArguments } from './arguments.ts';
import { explainRuleProblem } from '../../shared/words/rules.ts';
import type { RuleLine, RuleProblem } from '../../shared/site-rule.ts';
import type { Words } from '../../shared/words/words.ts';
import { safe } from './terminal.ts';
import type { Verb } from './verb.ts';

/** What is written in many files on purpose and does no harm. */
const harmless = new Set<RuleProblem['kind']>(['without-effect', 'unknown-directive']);

/** `lectern rules`: the rule files of the library, with what is the matter; exit code 1 when a line is of no use. */
export const rules: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { json: 'flag' });
  if (isMisuse(given)) return given;
  const [find = '', extra] = given.rest;
  if (extra !== undefined) return { misuse: words.cli.tooMuch(extra) };
  const { ask } = await context.open();
  const reply = await ask('rules', { find, count: 5_000 });
  if (!reply.ok) {
    terminal.fail(reply.failure);
    return 1;
  }
  const { path, total, files } = reply.value;
  if (given.flags.has('json')) terminal.json(reply.value);
  else {
    terminal.line(safe(path));
    if (total === 0) terminal.note(find === '' ? words.siteRules.none : words.siteRules.noneFound(safe(find)));
    for (const { name, directives, problems } of files) {
      terminal.line(`${safe(name)}  ${words.siteRules.directives(directives)}`);
      for (const problem of problems) terminal.line(`    ${safe(explainRuleProblem(words, problem))}`);
    }
  }
  return files.some(({ problems }) => problems.some(({ kind }) => !harmless.has(kind))) ? 1 : 0;
};

/** What a rule did to one page, for a person at a terminal. */
export function ruleLines(words: Words, report: { body: boolean; lines: RuleLine[]; problems: RuleProblem[] }): string[] {
  return [
    '',
    report.body ? words.siteRules.found : words.siteRules.notFound,
    ...report.lines.toSorted((a, b) => a.line - b.line).map(({ line, directive, matched }) => words.siteRules.lineFound(line, directive, matched)),
    ...report.problems.map((problem) => safe(explainRuleProblem(words, problem))),
  ];
}
