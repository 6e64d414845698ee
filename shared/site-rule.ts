import type { Moment } from './article.ts';

/** Why an XPath expression is of no use. `at` counts characters from 0. */
export type XPathProblem =
  | { kind: 'syntax'; at: number; found: string }
  | { kind: 'unknown-function'; name: string }
  | { kind: 'unknown-axis'; name: string }
  | { kind: 'wrong-arguments'; name: string }
  | { kind: 'too-long' }
  /** It asks for more work on this page than one expression may make. */
  | { kind: 'too-much' };

/** What is the matter with a line of a rule file; `line` counts from 1, 0 is the file itself. */
export type RuleProblem = { line: number } & (
  | { kind: 'unknown-directive'; directive: string }
  | { kind: 'without-effect'; directive: string }
  | { kind: 'no-directive' }
  | { kind: 'no-value'; directive: string }
  | { kind: 'bad-value'; directive: string; value: string }
  | { kind: 'header-refused'; header: string }
  | { kind: 'replace-without-find' }
  | { kind: 'find-without-replace' }
  | { kind: 'broken-xpath'; directive: string; problem: XPathProblem }
  | { kind: 'file-name'; name: string }
  | { kind: 'too-large'; limit: number }
);

/** A rule file as it is listed; `host` is what its name says, with a dot before it for subdomains, null for every site. */
export type RuleFile = { name: string; host: string | null; directives: number; problems: RuleProblem[] };

/** How often a line found something on a page. */
export type RuleLine = { name: string; line: number; directive: string; matched: number };

/** What a page comes to, with or without a rule. `opening` is how its text begins, at most three blocks. */
export type RuleView = { title: string; byline: string | null; publishedAt: Moment | null; opening: string[]; blocks: number; characters: number; nextPage: string | null };

/** What a rule would make of a page, beside what the page gives without it. `forHost` is whether the file's name is for that page. */
export type RuleTrial = {
  address: string | null;
  forHost: boolean;
  before: RuleView | null;
  after: RuleView | null;
  /** Whether the rule found the body; otherwise the article was found as without a rule. */
  body: boolean;
  singlePage: string | null;
  lines: RuleLine[];
  problems: RuleProblem[];
  /** The rule's own test sentences for this very page. */
  tests: Array<{ line: number; text: string; found: boolean }>;
  lang: string | null;
  dir: 'ltr' | 'rtl';
};
