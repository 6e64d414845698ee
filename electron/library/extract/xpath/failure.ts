import type { XPathProblem } from '../../../../shared/site-rule.ts';

/** An expression that cannot be understood, or one that takes too long; `problem` says which, as data. */
export class XPathError extends Error {
  readonly problem: XPathProblem;
  constructor(problem: XPathProblem) {
    super(problem.kind);
    this.name = 'XPathError';
    this.problem = problem;
  }
}
