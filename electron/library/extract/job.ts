import type { PageKind } from '../../../shared/page-kind.ts';
import type { Explanation } from '../../../shared/explanation.ts';
import type { Extracted } from '../../../shared/extracted.ts';
import { FailureError } from '../../../shared/failure.ts';
import { readMarkdown } from '../arrive/markdown.ts';
import { readText } from '../arrive/text.ts';
import { decode } from './decode.ts';
import type { RuleLine, RuleProblem } from '../../../shared/site-rule.ts';
import { replaceStrings } from './apply-rule.ts';
import { linkAddress } from './clean.ts';
import { extractPage, type Curious } from './extract.ts';
import { joinPages } from './join.ts';
import { extractJudged, type Judged } from './judge.ts';
import type { PageFacts } from './prepare.ts';
import { mergeRules, readRule, type RuleText } from './site-rule.ts';

/** One page or text to be read. `name` is the title's last resort; `encoding` overrides every other sign of it. */
export type ExtractJob = {
  bytes: Uint8Array;
  contentType: string | null;
  url: string | null;
  name: string;
  /** Of a `selection` everything in the body is the article. */
  format: 'page' | 'selection' | 'text' | 'markdown';
  encoding?: string;
  /** What the reader says the page is, where it was taken for the other. */
  kind?: PageKind;
  /** Whether a page without an article is to be told apart: a wall, a script's empty frame. */
  judge?: Judged;
  /** Whether to tell what was left out of a page, and why. */
  explain?: true;
  /** The rules for the page's site, the most telling first. */
  rules?: RuleText[];
  /** The article whose further page this is, as far as it has come; the result is both joined. `sure` as in `NextPage`. */
  after?: { pageOne: string; sure: boolean; result: ExtractResult };
};
/**
 * What a page's rules did. `body` is whether they found it, otherwise the article was found as ever; `singlePage` is the
 * address they name for the whole article on one page.
 */
export type RuleReport = { body: boolean; singlePage: string | null; lines: RuleLine[]; problems: RuleProblem[] };
export type ExtractResult = Extracted & { encoding: string; explanation?: Explanation; report?: RuleReport };

/** Bytes longer than this are refused unread. */
export const maxBytes = 32_000_000;

/** Bytes to article, in this thread. Throws FailureError no-article, not-a-page, too-complex, bad-input. */
export function runJob(job: ExtractJob): ExtractResult {
  if (job.bytes.byteLength > maxBytes) throw new FailureError({ kind: 'too-large', limit: maxBytes });
  const { text, encoding } = decode(job.bytes, job.contentType, job.encoding);
  let explanation: Explanation | null = null;
  const explain = job.explain === true ? (told: Explanation): void => void (explanation = told) : undefined;
  const ruled = job.format === 'page' && job.rules !== undefined && job.rules.length > 0 ? readRuled(job, job.rules, text, explain) : null;
  const extract = (): Extracted => ruled ?? read(job, text, { explain });
  // Where a rule of the reader's names the article, there is one.
  const doubted = job.format === 'page' && ruled?.report.body !== true ? job.judge : undefined;
  const extracted = doubted === undefined ? extract() : extractJudged(text, factsOf(job), doubted, extract);
  if (job.after !== undefined) return { ...job.after.result, ...joinPages(job.after.result, extracted, job.after.sure) };
  return { ...extracted, encoding, ...(explanation === null ? {} : { explanation }) };
}

/** With the site's rules; null where they leave nothing of the page to read, or make too much of it, so that it is read without them. */
function readRuled(job: ExtractJob, rules: RuleText[], text: string, explain: Curious['explain']): (Extracted & { report: RuleReport }) | null {
  const rule = mergeRules(rules.map(readRule));
  const report: RuleReport = { body: false, singlePage: null, lines: [], problems: [...rule.problems] };
  try {
    const extracted = extractPage(replaceStrings(rule, text, report.lines), factsOf(job), {
      explain,
      ruled({ body, singlePage, lines, problems }, base) {
        report.body = body.length > 0;
        report.singlePage = singlePage === null ? null : linkAddress(singlePage, base);
        report.lines.push(...lines);
        report.problems.push(...problems);
      },
    }, rule, job.kind ?? null);
    return { ...extracted, report };
  } catch (error) {
    if (error instanceof FailureError && (error.failure.kind === 'no-article' || error.failure.kind === 'too-complex')) return null;
    throw error;
  }
}

const factsOf = (job: ExtractJob): PageFacts => ({ url: job.url, name: job.name, ...(job.after === undefined ? {} : { pageOne: job.after.pageOne }) });

function read(job: ExtractJob, text: string, curious: Curious): Extracted {
  const facts = factsOf(job);
  switch (job.format) {
    case 'page': return extractPage(text, facts, curious, null, job.kind ?? null);
    case 'selection': return extractPage(text, { ...facts, whole: true }, curious);
    case 'text': return readText(text, facts);
    case 'markdown': return readMarkdown(text, facts);
    default: return job.format satisfies never;
  }
}
