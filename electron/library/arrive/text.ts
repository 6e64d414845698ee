import type { Extracted } from '../../../shared/extracted.ts';
import { FailureError } from '../../../shared/failure.ts';
import type { Moment, ResourceList } from '../../../shared/article.ts';
import { sectionOf } from '../extract/breadcrumb.ts';
import { sanitiseNodes } from '../extract/clean.ts';
import { findDate } from '../extract/dates.ts';
import { excerptOf } from '../extract/extract.ts';
import { findLanguage, measureReading } from '../extract/language.ts';
import { isDoubtful, readLabels } from '../extract/meta-line.ts';
import { toPlainText } from '../extract/plain-text.ts';
import type { PageFacts } from '../extract/prepare.ts';
import { bare } from '../extract/title.ts';
import { createElement, createText, fold, type Node } from '../extract/tree.ts';
import { cutTail, headingLines } from './text-parts.ts';

/**
 * Plain text to an article: a breadcrumb line, the title, a labelled line (发布时间, 来源, By …), paragraphs with bare
 * lines as headings, and the link list that a copied page ends with. Throws FailureError no-article for no text at all.
 */
export function readText(input: string, facts: PageFacts): Extracted {
  const paragraphs = splitParagraphs(input);
  if (paragraphs.length === 0) throw new FailureError({ kind: 'no-article' });
  const lang = findLanguage(paragraphs.join('\n'), null, null);
  const head = readHead(paragraphs, lang.lang);
  const { body, lists } = cutTail(head.rest, head.breadcrumb);
  const headings = headingLines(body);
  const nodes: Node[] = body.map((text, i) => createElement(headings.has(i) ? 'h2' : 'p', {}, lines(text)));
  const text = toPlainText(nodes);
  const resources: ResourceList[] = lists;
  return {
    kind: 'article', title: head.title || facts.name.replace(/\.(?:txt|md|text)$/i, '') || text.slice(0, 80), byline: head.author, site: null,
    source: head.source === null ? null : { text: head.source, doubtful: isDoubtful(head.source) },
    publishedAt: head.published, modifiedAt: head.modified, ...lang, leadImage: null, canonical: facts.url,
    html: sanitiseNodes(nodes, facts.url, []), text, excerpt: excerptOf(null, nodes), breadcrumb: head.breadcrumb, section: sectionOf(head.breadcrumb), keywords: [], resources, nextPage: null, ...measureReading(text),
  };
}

/** Blank lines divide paragraphs; in a text without any, every line is one. Lines wrapped by hand are joined. */
function splitParagraphs(input: string): string[] {
  const text = input.replace(/\r\n?|\u2028|\u2029/g, '\n').replace(/\0/g, '').replace(/^\ufeff/, '');
  const blocks = text.split(/\n[^\S\n]*\n\s*/).map((block) => block.trim()).filter((block) => block !== '');
  const long = blocks.filter((block) => block.includes('\n'));
  if (blocks.length === 1 || long.length === 0) return (blocks.length === 1 ? (blocks[0] ?? '').split('\n') : blocks).map(fold).filter((line) => line !== '');
  return blocks.flatMap((block) => joinWrapped(block));
}

function joinWrapped(block: string): string[] {
  const rows = block.split('\n').map((row) => row.trimEnd());
  const widest = rows.reduce((most, row) => Math.max(most, row.length), 0);
  // A hard wrap breaks lines near one width; verse, lists and Chinese paragraphs a line each do not.
  const wrapped = rows.length > 1 && widest >= 50 && widest <= 100 && rows.slice(0, -1).every((row) => row.length > widest * 0.6) && !rows.some((row) => /^\s*(?:[-*•]|\d+[.)])\s/.test(row));
  if (wrapped) return [fold(rows.join(' '))];
  return rows.some((row) => row.length > 120) || rows.some((row) => /^[\u3000\u00a0 ]{2,}/.test(row)) ? rows.map(fold).filter((row) => row !== '') : [rows.map(fold).join('\n')];
}

function lines(text: string): Node[] {
  return text.split('\n').flatMap((line, i) => (i === 0 ? [createText(line)] : [createElement('br'), createText(line)]));
}

type Head = { title: string; breadcrumb: string[]; published: Moment | null; modified: Moment | null; source: string | null; author: string | null; rest: string[] };

/** What stands before the text: at most a breadcrumb, the title and a few labelled lines, in any order of the first two. */
function readHead(paragraphs: string[], lang: string | null): Head {
  const head: Head = { title: '', breadcrumb: [], published: null, modified: null, source: null, author: null, rest: [] };
  let at = 0;
  const crumbs = (paragraphs[0] ?? '').split(/\s*[>»›＞→]\s*/u).map((part) => part.replace(/^(?:您?(?:当前|现在|所在)的?(?:所在)?位置|当前位置)\s*[:：]?\s*/u, '').trim()).filter((part) => part !== '');
  if (crumbs.length >= 2 && (paragraphs[0] ?? '').length < 300) {
    at = 1;
    const next = paragraphs[1] ?? '';
    const last = crumbs.at(-1) ?? '';
    if (bare(last) === bare(next) || next.startsWith(last.replace(/(?:\.{3}|…)$/u, '')) || /^(?:正文|内容|详情)$/u.test(last)) crumbs.pop();
    head.breadcrumb = crumbs;
  }
  const first = paragraphs[at] ?? '';
  // One line, short and not a sentence: a title. Otherwise the text starts at once and its name serves.
  if (first.length <= 200 && !first.includes('\n') && (paragraphs.length > at + 1 || !/[。.]$/u.test(first)) && !(/[。；;]$/u.test(first) && first.length > 40)) {
    head.title = first.replace(/^#+\s*/, '');
    at++;
  }
  for (; at < Math.min(paragraphs.length, 8); at++) {
    const line = paragraphs[at] ?? '';
    if (line.length > 160) break;
    const found = readLabels(line, lang);
    const date = findDate(line, lang);
    const onlyDate = date !== null && line.length - date.length < 24;
    if (found === null && !onlyDate) break;
    head.published ??= found?.published ?? (onlyDate ? date.moment : null);
    head.modified ??= found?.modified ?? null;
    head.source ??= found?.source ?? null;
    head.author ??= found?.author ?? null;
  }
  head.rest = paragraphs.slice(at);
  if (head.rest.length === 0) head.rest = [head.title];
  return head;
}
