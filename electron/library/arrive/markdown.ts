import MarkdownIt from 'markdown-it';
import type { Extracted } from '../../../shared/extracted.ts';
import { FailureError } from '../../../shared/failure.ts';
import { sanitiseNodes } from '../extract/clean.ts';
import { readDate } from '../extract/dates.ts';
import { excerptOf } from '../extract/extract.ts';
import { copyCode } from '../extract/code.ts';
import { findLanguage, measureReading } from '../extract/language.ts';
import { toPlainText } from '../extract/plain-text.ts';
import type { PageFacts } from '../extract/prepare.ts';
import { allElements, detach, find, parsePart, replace, textOf } from '../extract/tree.ts';

const renderer = new MarkdownIt({ html: true, linkify: true });

/** Markdown to an article: front matter into fields, the first top heading into the title. Throws FailureError no-article for no text at all. */
export function readMarkdown(input: string, facts: PageFacts): Extracted {
  const { fields, body } = frontMatter(input.replace(/\r\n?/g, '\n').replace(/\0/g, '').replace(/^\ufeff/, ''));
  const url = facts.url ?? address(fields.get('url') ?? fields.get('source') ?? fields.get('link') ?? null);
  const part = parsePart(renderer.render(body));
  const heading = find(part, (element) => element.tagName === 'h1');
  const title = fields.get('title') ?? (heading === null ? null : textOf(heading)) ?? facts.name.replace(/\.(?:md|markdown|mdown|mkd|txt)$/i, '');
  if (heading !== null && textOf(heading) === title) detach(heading);
  for (const element of allElements(part)) if (element.tagName === 'pre') replace(element, [copyCode(element)]);
  const nodes = part.childNodes;
  const text = toPlainText(nodes);
  if (text === '' && find(part, (element) => element.tagName === 'img') === null) throw new FailureError({ kind: 'no-article' });
  const language = findLanguage(text, fields.get('lang') ?? fields.get('language') ?? null, null);
  const date = fields.get('date') ?? fields.get('published') ?? fields.get('created') ?? null;
  const html = sanitiseNodes(nodes, url, []);
  return {
    kind: 'article', title: title || text.slice(0, 80), byline: fields.get('author') ?? null, site: fields.get('site') ?? null, source: null,
    publishedAt: date === null ? null : readDate(date, language.lang), modifiedAt: null, ...language, leadImage: /<img src="(https?:[^"]+)"/.exec(html)?.[1]?.replace(/&amp;/g, '&') ?? null,
    canonical: url, html, text, excerpt: excerptOf(fields.get('description') ?? null, nodes), breadcrumb: [], section: null,
    keywords: (fields.get('tags') ?? fields.get('keywords') ?? '').replace(/^\[|\]$/g, '').split(/[,，]/).map((word) => word.trim().replace(/^["'#]|["']$/g, '')).filter((word) => word !== ''),
    resources: [], nextPage: null, ...measureReading(text),
  };
}

/** Simple `key: value` lines between `---` marks; lists of plain values are joined by commas. */
function frontMatter(text: string): { fields: Map<string, string>; body: string } {
  const match = /^---\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|$)/.exec(text);
  const fields = new Map<string, string>();
  if (match === null) return { fields, body: text };
  let last = '';
  for (const line of (match[1] ?? '').split('\n')) {
    const item = /^\s*-\s+(.+)$/.exec(line);
    const pair = /^([\w-]+)\s*:\s*(.*)$/.exec(line);
    if (item !== null && last !== '') fields.set(last, [fields.get(last) ?? '', unquote(item[1] ?? '')].filter((part) => part !== '').join(', '));
    else if (pair !== null) {
      last = (pair[1] ?? '').toLowerCase();
      const value = unquote(pair[2] ?? '');
      if (value !== '') fields.set(last, value);
    }
  }
  return { fields, body: text.slice(match[0].length) };
}

const unquote = (value: string): string => value.trim().replace(/^(["'])(.*)\1$/, '$2');

function address(value: string | null): string | null {
  const url = value === null ? null : URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}
