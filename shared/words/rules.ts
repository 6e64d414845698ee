import { joinSentences } from './explain.ts';
import type { RuleProblem, XPathProblem } from '../site-rule.ts';

/** Words for every kind of problem a rule file can have; a language that forgets one does not compile. */
export type RuleProblemWords = { [K in RuleProblem['kind']]: (problem: Extract<RuleProblem, { kind: K }>) => string };
export type XPathProblemWords = { [K in XPathProblem['kind']]: (problem: Extract<XPathProblem, { kind: K }>) => string };

type RuleWords = { siteRules: { problem: RuleProblemWords; xpath: XPathProblemWords; atLine: (line: number, what: string) => string } };

/** What a person is told of a problem in a rule file, with its line. */
export function explainRuleProblem({ siteRules: words }: RuleWords, problem: RuleProblem): string {
  const tell = words.problem[problem.kind] as (problem: RuleProblem) => string;
  let what = tell(problem);
  if (problem.kind === 'broken-xpath') what = joinSentences(what, (words.xpath[problem.problem.kind] as (problem: XPathProblem) => string)(problem.problem));
  return problem.line === 0 ? what : words.atLine(problem.line, what);
}
