import type { Explanation } from '../../../shared/explanation.ts';
import type { Extracted } from '../../../shared/extracted.ts';
import { FailureError } from '../../../shared/failure.ts';
import { readMarkdown } from '../arrive/markdown.ts';
import { readText } from '../arrive/text.ts';
import { decode } from './decode.ts';
import { extractPage } from './extract.ts';
import { joinPages } from './join.ts';

/** One page or text to be read. `name` is the title's last resort; `encoding` overrides every other sign of it. */
export type ExtractJob = {
  bytes: Uint8Array;
  contentType: string | null;
  url: string | null;
  name: string;
  format: 'page' | 'text' | 'markdown';
  encoding?: string;
  /** Whether to tell what was left out of a page, and why. */
  explain?: true;
  /** The article whose further page this is, as far as it has come; the result is both joined. `sure` as in `NextPage`. */
  after?: { pageOne: string; sure: boolean; result: ExtractResult };
};
export type ExtractResult = Extracted & { encoding: string; explanation?: Explanation };

/** Bytes longer than this are refused unread. */
export const maxBytes = 32_000_000;

/** Bytes to article, in this thread. Throws FailureError no-article, not-a-page, too-complex, bad-input. */
export function runJob(job: ExtractJob): ExtractResult {
  if (job.bytes.byteLength > maxBytes) throw new FailureError({ kind: 'too-large', limit: maxBytes });
  const { text, encoding } = decode(job.bytes, job.contentType, job.encoding);
  let explanation: Explanation | null = null;
  const extracted = read(job, text, job.explain === true ? (told) => (explanation = told) : undefined);
  if (job.after !== undefined) return { ...job.after.result, ...joinPages(job.after.result, extracted, job.after.sure) };
  return { ...extracted, encoding, ...(explanation === null ? {} : { explanation }) };
}

function read(job: ExtractJob, text: string, explain?: (explanation: Explanation) => void): Extracted {
  const facts = { url: job.url, name: job.name, ...(job.after === undefined ? {} : { pageOne: job.after.pageOne }) };
  switch (job.format) {
    case 'page': return extractPage(text, facts, explain);
    case 'text': return readText(text, facts);
    case 'markdown': return readMarkdown(text, facts);
    default: return job.format satisfies never;
  }
}
