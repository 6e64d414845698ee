import type { Extracted } from '../../../shared/extracted.ts';
import { sanitiseNodes } from './clean.ts';
import { measureReading } from './language.ts';
import { toPlainText } from './plain-text.ts';
import { bare } from './title.ts';
import { allElements, attr, isElement, parsePart, setAttr, textOf, type Aside, type Element, type Node } from './tree.ts';

const pageMark =
  /\s*(?:[（(【[]\s*(?:第?\s*[\d一二三四五六七八九十]{1,3}\s*[页頁]?|\d{1,3}\s*(?:\/|of)\s*\d{1,3}|(?:page|seite|p\.?)\s*\d{1,3}(?:\s*(?:\/|of|von|de)\s*\d{1,3})?)\s*[)）】\]]|[-–—|_:：·,，]\s*(?:(?:page|seite|página|pagina|strana|p\.)\s*\d{1,3}(?:\s*(?:\/|of|von|de)\s*\d{1,3})?|第\s*[\d一二三四五六七八九十]{1,3}\s*[页頁])|\s(?:page\s+\d{1,3}(?:\s*(?:\/|of)\s*\d{1,3})?|第\s*[\d一二三四五六七八九十]{1,3}\s*[页頁]))\s*$/iu;
/** Shorter blocks may well be said twice on purpose: "He said nothing." */
const telling = 24;

/**
 * The article so far with the page that follows. What the page repeats (title, summary, lead picture, paragraphs) is left
 * out. A page of which nothing is new answers the article as it was, as does one with another title where `sure` is false.
 */
export function joinPages(before: Extracted, page: Extracted, sure: boolean): Extracted {
  const title = before.title.replace(pageMark, '') || before.title;
  const unmarked = page.title.replace(pageMark, '');
  // A list of links is no further page of anything.
  if (page.kind === 'list' || (!sure && bare(unmarked) !== bare(title))) return { ...before, nextPage: null };
  const aside: Aside = [];
  const [former, further] = [parsePart(before.html, aside), parsePart(page.html, aside)];
  const fresh = newNodes(former.childNodes, further.childNodes, new Set([bare(title), bare(unmarked)]));
  if (!fresh.some(says)) return { ...before, nextPage: null };
  renameNotes(former.childNodes, fresh);
  const text = [before.text, toPlainText(fresh)].filter((part) => part !== '').join('\n\n');
  const keys = new Set(before.resources.map(({ links }) => JSON.stringify(links)));
  return {
    ...before,
    title,
    html: before.html + sanitiseNodes(fresh, null, aside),
    text,
    leadImage: before.leadImage ?? page.leadImage,
    resources: [...before.resources, ...page.resources.filter(({ links }) => !keys.has(JSON.stringify(links)))],
    nextPage: page.nextPage,
    ...measureReading(text),
  };
}

/** What a node says or shows, to find it again: its text, else its pictures' addresses. */
function signOf(node: Node): string {
  const text = textOf(node);
  if (!isElement(node)) return text;
  const pictures = [node, ...allElements(node)].filter(({ tagName }) => tagName === 'img').map((img) => attr(img, 'src') ?? '');
  return text === '' || node.tagName === 'figure' ? pictures.join(' ') : text;
}

const says = (node: Node): boolean => (isElement(node) ? node.tagName !== 'hr' && signOf(node) !== '' : textOf(node) !== '');

function newNodes(former: Node[], further: Node[], titles: ReadonlySet<string>): Node[] {
  const known = new Set(former.map(signOf));
  const isTitle = (node: Node): boolean => titles.has(bare(textOf(node)));
  // At either end even a short repeat is the site's: title, kicker, summary, table of contents; and what stands under every page.
  const isRepeat = (node: Node): boolean => !says(node) || known.has(signOf(node)) || isTitle(node);
  let from = 0;
  let to = further.length;
  while (from < to && isRepeat(further[from] as Node)) from++;
  while (to > from && isRepeat(further[to - 1] as Node)) to--;
  return further.slice(from, to).filter((node) => !(known.has(signOf(node)) && (signOf(node).length >= telling || (isElement(node) && node.tagName === 'figure'))));
}

/** Each page counts its footnotes from one: ids that are taken get a name of their own, and so do the links to them. */
function renameNotes(former: Node[], fresh: Node[]): void {
  const taken = new Set(elementsOf(former).map((element) => attr(element, 'id')));
  const renamed = new Map<string, string>();
  for (const element of elementsOf(fresh)) {
    const id = attr(element, 'id');
    if (id === null) continue;
    let name = id;
    for (let n = 2; taken.has(name); n++) name = `${id}-${n}`;
    taken.add(name);
    if (name !== id) renamed.set(`#${id}`, `#${name}`);
    setAttr(element, 'id', name);
  }
  for (const element of elementsOf(fresh)) {
    const to = element.tagName === 'a' ? renamed.get(attr(element, 'href') ?? '') : undefined;
    if (to !== undefined) setAttr(element, 'href', to);
  }
}

const elementsOf = (nodes: Node[]): Element[] => nodes.flatMap((node) => (isElement(node) ? [node, ...allElements(node)] : []));
