import type { Answers } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import type { RuleTrial, RuleView } from '../../../shared/site-rule.ts';
import { hostOf, sameAddress } from '../../../shared/url.ts';
import { mergeRules, readRule, type RuleText } from '../extract/site-rule.ts';
import type { ExtractJob, ExtractResult } from '../extract/extractor.ts';
import { plainText } from '../search/plain-text.ts';
import { shortened } from '../saving/block-difference.ts';
import { download } from '../saving/download.ts';
import { readKept } from '../saving/kept-page.ts';
import { languages, type SaveContext } from '../saving/save.ts';
import { hostOfRule, ruleNamesFor } from './folder.ts';

/** What can be asked about site rules. */
export type RuleAnswers = Pick<Answers, 'rules' | 'rule' | 'tryRule' | 'saveRule'>;

export function answerRules(context: SaveContext): RuleAnswers {
  const { rules, store } = context;
  return {
    rules: async ({ find, count }) => ({ path: rules.path, ...(await rules.list(find, count)) }),
    rule: ({ name }) => rules.read(name),
    async tryRule({ name, text, page }) {
      const rule = { name: name === '' ? 'rule' : name, text };
      const job = 'id' in page ? readKept(store, page.id).job : await fetchJob(context, page.url, rule);
      return tryRule(context, job, rule);
    },
    async saveRule(rule) {
      if (store.readOnly) throw new FailureError({ kind: 'read-only', why: store.readOnly });
      await rules.write(rule);
      return { name: rule.name, problems: readRule(rule).problems };
    },
  };
}

/** The page at an address that the reader typed, asked for with the headers of the rule being tried. */
async function fetchJob({ settings, limits, resolve }: SaveContext, url: string, rule: RuleText): Promise<ExtractJob> {
  const { headers } = readRule(rule);
  const got = await download(url, {
    privateHost: URL.parse(url)?.host ?? null,
    language: languages(settings()),
    headersFor: (asked) => (isFor(rule.name, asked.href) ? headers : {}),
    ...(limits ? { limits } : {}),
    ...(resolve ? { resolve } : {}),
  });
  return { bytes: got.bytes, contentType: got.contentType, url: got.url, name: '', format: got.format };
}

async function tryRule({ extractor }: SaveContext, job: ExtractJob, rule: RuleText): Promise<RuleTrial> {
  const before = await viewOf(extractor.extract(job));
  const after = await viewOf(extractor.extract({ ...job, rules: [rule] }));
  const report = after.result?.report;
  const whole = mergeRules([readRule(rule)]);
  const said = `${after.result?.title ?? ''}\n${after.result?.text ?? ''}`.replace(/\s+/g, ' ');
  return {
    address: job.url,
    forHost: isFor(rule.name, job.url),
    before: before.view,
    after: after.view,
    body: report?.body ?? false,
    singlePage: report?.singlePage ?? null,
    lines: (report?.lines ?? []).toSorted((a, b) => a.line - b.line),
    problems: (report?.problems ?? whole.problems).toSorted((a, b) => a.line - b.line),
    tests: whole.tests.filter(({ url }) => job.url !== null && sameAddress(url, job.url)).flatMap(({ contains }) => contains.map(({ line, text }) => ({ line, text, found: said.includes(text.replace(/\s+/g, ' ')) }))),
    lang: after.result?.lang ?? null,
    dir: after.result?.dir ?? 'ltr',
  };
}

/** Whether a rule of that name would be asked for a page's address. */
function isFor(name: string, url: string | null): boolean {
  const host = hostOf(url);
  return host !== null && (hostOfRule(name) === null || ruleNamesFor(host).includes(name));
}

/** A page with nothing to read is an answer too. */
async function viewOf(extracting: Promise<ExtractResult>): Promise<{ view: RuleView | null; result: ExtractResult | null }> {
  try {
    const result = await extracting;
    const blocks = plainText(result.html).split('\n').filter((line) => line !== '');
    const { title, byline, publishedAt, nextPage, text } = result;
    return { view: { title, byline, publishedAt, opening: blocks.slice(0, 3).map((block) => shortened(block, 240)), blocks: blocks.length, characters: text.length, nextPage: nextPage?.url ?? null }, result };
  } catch (error) {
    if (error instanceof FailureError && (error.failure.kind === 'no-article' || error.failure.kind === 'too-complex')) return { view: null, result: null };
    throw error;
  }
}
