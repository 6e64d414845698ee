import { randomBytes } from 'node:crypto';
import Turndown from 'turndown';
import type { Article, Moment } from '../../../shared/article.ts';
import { markdownAddress, markdownText } from '../../../shared/markdown-text.ts';
import { markOf } from '../extract/loose-notes.ts';
import { toLightBody, type LightElement } from './light-dom.ts';
import { allElements, attr, createElement, createText, find, fold, isElement, isMath, isText, parsePart, replace, textOf, type Element, type Node, type Part } from '../extract/tree.ts';

/** The article as Markdown: title, where it came from, then the body with tables, code, footnotes and formulas. */
export function toMarkdown(article: Article): string {
  const part = parsePart(article.html);
  const notes = liftFootnotes(part);
  liftFormulas(part);
  const stop = partBlanks(part);
  const turndown = writer();
  liftTables(part, turndown);
  const body = turnDown(turndown, part.childNodes).replaceAll(stop, '');
  return `${[`# ${markdownText(article.title)}`, origin(article), body, ...notes].filter((line) => line !== '').join('\n\n')}\n`;
}

/**
 * Puts a mark into ever so long runs of white space in code, to be taken out of the result again, and answers it:
 * Turndown's own patterns are quadratic in the longest run.
 */
function partBlanks(part: Part): string {
  const stop = `lectern${randomBytes(9).toString('hex')}`;
  for (const pre of allElements(part)) if (pre.tagName === 'pre') mark(pre);
  return stop;

  function mark(element: Element): void {
    for (const child of element.childNodes) {
      if (isText(child)) child.value = child.value.replace(/\s{200}/g, (run) => run + stop);
      else if (isElement(child) && child.tagName !== 'pre') mark(child);
    }
  }
}

const turnDown = (turndown: Turndown, nodes: Node[]): string => turndown.turndown(toLightBody(nodes).body as unknown as Parameters<Turndown['turndown']>[0]);

function writer(): Turndown {
  const turndown = new Turndown({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-', emDelimiter: '*', hr: '---' });
  const escape = turndown.escape.bind(turndown);
  turndown.escape = (text) => noMarkup(escape(text));
  turndown.addRule('struck', { filter: ['del', 's'], replacement: (content) => `~~${content}~~` });
  // Our code blocks name their language on <pre>; the fence is longer than any inside.
  turndown.addRule('code', {
    filter: 'pre',
    replacement(_content, node) {
      const element = node as unknown as LightElement;
      if (element.getAttribute('role') === 'raw') return `\n\n${element.textContent ?? ''}\n\n`;
      const code = (element.textContent ?? '').replace(/\n+$/, '');
      const fence = '`'.repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
      return `\n\n${fence}${element.getAttribute('data-lang') ?? ''}\n${code}\n${fence}\n\n`;
    },
  });
  turndown.addRule('raw', { filter: (node) => node.nodeName.toLowerCase() === 'lectern-raw', replacement: (_content, node) => (node as unknown as LightElement).textContent ?? '' });
  turndown.addRule('caption', { filter: 'figcaption', replacement: (content) => (content.trim() === '' ? '' : `\n\n*${content.trim().replace(/\n+/g, ' ').replace(/(?<!\\)\*+/g, '')}*\n\n`) });
  for (const tag of ['sub', 'sup', 'mark', 'kbd', 'ruby', 'rt', 'rp', 'ins'] as const) turndown.keep(tag);
  return turndown;
}

/** Text that speaks of markup is not to become any: Markdown takes HTML and its entities as they stand. */
const noMarkup = (text: string): string => text.replace(/<(?=[a-z/!?])|&(?=#?\w{1,40};)/gi, '\\$&');

/** Who, when and where from, in one line. */
function origin(article: Article): string {
  const from = article.url === null ? markdownText(article.site ?? '') : `[${markdownText(article.site ?? article.host ?? article.url)}](<${markdownAddress(article.url)}>)`;
  return [markdownText(article.byline ?? ''), printMoment(article.publishedAt), from].filter((part) => part !== '').join(' · ');
}

/** A Moment as it is printed: as precise as the page was. */
export function printMoment(moment: Moment | null): string {
  if (moment === null) return '';
  const zone = moment.offset === null || moment.assumed || moment.local.length === 10 ? '' : ` ${moment.offset === 'Z' ? 'UTC' : moment.offset}`;
  return moment.local.replace('T', ' ') + zone;
}

/** Text that is Markdown already; lines of it need a <pre>, or they would be joined. */
const raw = (text: string): Element => createElement('lectern-raw', {}, [createText(text)]);
const rawLines = (text: string): Element => createElement('pre', { role: 'raw' }, [createText(text)]);

/** Our own linked notes (`l-…` ids both ways) become `[^n]`; answers with the notes' own lines. */
function liftFootnotes(part: Part): string[] {
  const elements = allElements(part);
  const byId = new Map(elements.map((element) => [attr(element, 'id') ?? '', element]));
  const lines: string[] = [];
  const names = new Map<Element, string>();
  for (const link of elements) {
    const target = (attr(link, 'href') ?? '').startsWith('#l-') ? byId.get((attr(link, 'href') ?? '').slice(1)) : undefined;
    const mark = target === undefined ? null : markOf(textOf(link));
    if (target === undefined || mark === null || link.tagName !== 'a' || !/^(?:li|p|dd|div)$/.test(target.tagName)) continue;
    if (!names.has(target)) names.set(target, freeName(mark, [...names.values()]));
    const holder = link.parentNode !== null && 'tagName' in link.parentNode && link.parentNode.tagName === 'sup' && textOf(link.parentNode) === textOf(link) ? link.parentNode : link;
    replace(holder, [raw(`[^${names.get(target) ?? mark}]`)]);
  }
  for (const [target, name] of names) {
    const first = target.childNodes[0];
    // A note that begins with its mark leads back by it.
    const own = isElement(first) && first.tagName === 'a' && (attr(first, 'href') ?? '').startsWith('#l-') ? textOf(first) : '';
    lines.push(`[^${name}]: ${noMarkup(textOf(target).slice(own.length).replace(/^\s*[:：.]?\s*(?:\d{1,3}[.)]\s*)?/u, '').replace(/(?:\s*(?:↩︎?|↑|\^))+\s*$/u, '').trim())}`);
    const parent = target.parentNode;
    replace(target, []);
    if (parent !== null && 'tagName' in parent && textOf(parent) === '') replace(parent, []);
  }
  return lines;
}

/** The mark itself where it is a number nobody has yet, else the next one. */
function freeName(mark: string, taken: string[]): string {
  if (/^\d+$/.test(mark) && !taken.includes(mark)) return mark;
  for (let next = taken.length + 1; ; next++) if (!taken.includes(String(next))) return String(next);
}

/** MathML becomes its TeX where the page carried it, between dollar signs; otherwise its text. */
function liftFormulas(part: Part): void {
  for (const math of allElements(part)) {
    if (!isMath(math) || math.tagName !== 'math') continue;
    const tex = find(math, (element) => element.tagName === 'annotation');
    const block = attr(math, 'display') === 'block';
    const source = tex === null ? '' : fold(tex.childNodes.map((node) => (isText(node) ? node.value : '')).join(''));
    replace(math, [source === '' ? createText(textOf(math)) : block ? rawLines(`$$\n${source}\n$$`) : raw(`$${source}$`)]);
  }
}

/** Tables as rows of cells, the first row as the header Markdown wants; innermost first. */
function liftTables(part: Part, turndown: Turndown): void {
  for (const table of allElements(part).filter((element) => element.tagName === 'table').toReversed()) {
    const rows = allElements(table).filter((element) => element.tagName === 'tr').map((row) =>
      row.childNodes.filter(isElement).flatMap((cell) => {
        const text = turnDown(turndown, cell.childNodes).replace(/\s*\n+\s*/g, '<br>').replace(/\|/g, '\\|');
        return [text, ...Array.from({ length: Math.min(50, Number(attr(cell, 'colspan') ?? 1)) - 1 }, () => '')];
      }),
    );
    const width = Math.max(0, ...rows.map((row) => row.length));
    if (width === 0) continue;
    const line = (row: string[]): string => `| ${Array.from({ length: width }, (_, i) => row[i] ?? '').join(' | ')} |`;
    const hasHead = find(table, (element) => element.tagName === 'th') !== null;
    const [head, ...body] = hasHead ? rows : [[], ...rows];
    const caption = find(table, (element) => element.tagName === 'caption');
    const text = [line(head ?? []), `|${' --- |'.repeat(width)}`, ...body.map(line)].join('\n');
    replace(table, [rawLines(`${caption === null ? '' : `*${textOf(caption)}*\n\n`}${text}`)]);
  }
}
