import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import type { Moment } from '../../shared/article.ts';
import type { Failure } from '../../shared/failure.ts';
import { explain } from '../../shared/words/explain.ts';
import { failureOf } from '../answer.ts';
import { formatOf, sourceAddress } from '../library/arrive/format.ts';
import { countLinks } from '../library/extract/link-count.ts';
import { keptForm } from '../library/extract/list-body.ts';
import type { RuleText } from '../library/extract/site-rule.ts';
import { createExtractor, type Extractor, type ExtractResult } from '../library/extract/extractor.ts';
import { isMisuse, readArguments } from './arguments.ts';
import { explanationLines } from './explanation.ts';
import { readInput } from './input.ts';
import { ruleLines } from './rules.ts';
import { safe, safeLines } from './terminal.ts';
import type { Context, Verb } from './verb.ts';

/** One page to read: `file` is a path, or `-` for bytes at hand. */
type Page = { id: unknown; file: string; url: string | null; charset: string | null; explain: boolean; rules?: RuleText[] };

/** `lectern extract`: what would be saved of a page. Opens no library. */
export const extract: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { url: 'text', charset: 'text', json: 'flag', batch: 'text', rules: 'text', explain: 'flag' });
  if (isMisuse(given)) return given;
  const batch = given.texts.get('batch');
  const [file, extra] = given.rest;
  if (batch !== undefined) return file === undefined ? extractBatch(context, batch, given.flags.has('explain')) : { misuse: words.cli.tooMuch(file) };
  if (file === undefined) return { misuse: words.cli.missing };
  if (extra !== undefined) return { misuse: words.cli.tooMuch(extra) };

  const extractor = createExtractor();
  try {
    const bytes = file === '-' ? await readInput() : readFileSync(file);
    if (file === '-' && bytes.length === 0) {
      terminal.complain(words.cli.emptyInput);
      return 1;
    }
    const page = { id: null, file, url: given.texts.get('url') ?? null, charset: given.texts.get('charset') ?? null, explain: given.flags.has('explain'), ...readRules(given.texts.get('rules')) };
    const result = await read(extractor, page, bytes);
    if (given.flags.has('json')) terminal.json(resultLine(page, result));
    else {
      const facts = [result.site, result.byline, momentText(result.publishedAt)].filter((fact) => fact !== null);
      const shown = keptForm(result);
      const links = countLinks(result);
      terminal.line([terminal.bold(safe(result.title)), ...facts.map(safe), ...(links === null ? [] : [words.list.listPage(links)]), '', safeLines(shown.text)].join('\n'));
      if (result.report !== undefined) for (const line of ruleLines(words, result.report)) terminal.line(line);
      if (result.explanation !== undefined) for (const line of explanationLines(words, result.explanation)) terminal.line(line);
    }
    return 0;
  } catch (error) {
    const failure = failureOf(error);
    // That one names the file itself.
    terminal.fail(failure, failure.kind === 'storage' ? undefined : file);
    return 1;
  } finally {
    await extractor.close();
  }
};

/** Every line of `list` in its order; two pages at a time where the machine has room. A page that fails is a line too. */
async function extractBatch(context: Context, list: string, explain: boolean): Promise<0 | 1> {
  const { words, terminal } = context;
  let text: string;
  try {
    text = (list === '-' ? await readInput() : readFileSync(list)).toString('utf8').replace(/^\ufeff/, '');
  } catch (error) {
    terminal.complain(words.cli.cannotRead(safe(list), (error as NodeJS.ErrnoException).code ?? ''));
    return 1;
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const extractors = Array.from({ length: Math.min(2, availableParallelism()) }, () => createExtractor());
  const folder = list === '-' ? process.cwd() : dirname(resolve(list));
  const one = async (line: string, extractor: Extractor): Promise<unknown> => {
    let page: Page = { id: null, file: '', url: null, charset: null, explain };
    try {
      page = { ...readLine(line), explain };
      const beside = resolve(folder, page.file);
      return resultLine(page, await read(extractor, page, readFileSync(existsSync(beside) ? beside : resolve(page.file))));
    } catch (error) {
      return errorLine(context, page, error instanceof SyntaxError ? { kind: 'bad-input', problem: error.message } : failureOf(error));
    }
  };
  try {
    // A window of pages on their way, so that a slow one holds up neither the other worker nor memory.
    const onTheWay: Promise<unknown>[] = [];
    let done = 0;
    const print = async (): Promise<void> => {
      terminal.json(await onTheWay.shift());
      done += 1;
      terminal.progress(done, lines.length);
    };
    for (const [index, line] of lines.entries()) {
      const extractor = extractors[index % extractors.length];
      if (extractor !== undefined) onTheWay.push(one(line, extractor));
      if (onTheWay.length >= extractors.length * 4) await print();
    }
    while (onTheWay.length > 0) await print();
    terminal.calm();
  } finally {
    await Promise.all(extractors.map((extractor) => extractor.close()));
  }
  return 0;
}

async function read(extractor: Extractor, page: Page, bytes: Buffer): Promise<ExtractResult> {
  const name = page.file === '-' ? 'stdin' : basename(page.file);
  const format = formatOf(name, bytes);
  const url = page.url ?? (format === 'page' ? sourceAddress(bytes.subarray(0, 200_000).toString('latin1')) : null);
  return extractor.extract({ bytes, contentType: null, url, name, format, ...(page.charset === null ? {} : { encoding: page.charset }), ...(page.explain ? { explain: true } : {}), ...(page.rules === undefined ? {} : { rules: page.rules }) });
}

function readRules(file: string | undefined): { rules?: RuleText[] } {
  return file === undefined ? {} : { rules: [{ name: basename(file), text: readFileSync(file, 'utf8') }] };
}

function readLine(line: string): Omit<Page, 'explain'> {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null) throw new SyntaxError('A line is not a JSON object.');
  const { id, file, url, charset } = value as Record<string, unknown>;
  if (typeof file !== 'string' || file === '') throw new SyntaxError('A line has no "file".');
  return { id: id ?? null, file, url: typeof url === 'string' ? url : null, charset: typeof charset === 'string' ? charset : null };
}

/** One page as other programs read it: `publishedAt` is ISO 8601 as precise as the page, `published` its parts. */
function resultLine(page: Page, result: ExtractResult): object {
  const { html, text, publishedAt, modifiedAt, source, nextPage, ...facts } = result;
  return {
    id: page.id,
    ...facts,
    source: source?.text ?? null,
    sourceDoubtful: source?.doubtful ?? false,
    publishedAt: momentText(publishedAt),
    published: publishedAt,
    modifiedAt: momentText(modifiedAt),
    nextPage: nextPage?.url ?? null,
    html,
    text,
    error: null,
  };
}

function errorLine({ words }: Context, page: Page, failure: Failure): object {
  return {
    id: page.id,
    title: null,
    byline: null,
    site: null,
    publishedAt: null,
    lang: null,
    dir: null,
    leadImage: null,
    html: null,
    text: null,
    breadcrumb: [],
    resources: [],
    error: `${failure.kind}: ${explain(words, failure).what}`,
  };
}

function momentText(moment: Moment | null): string | null {
  return moment === null ? null : `${moment.local}${moment.local.includes('T') ? (moment.offset ?? '') : ''}`;
}
