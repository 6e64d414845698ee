import { frontPage } from '../../../shared/front-page.ts';
import { groupBit } from './class-words.ts';
import type { Block, Box } from './blocks.ts';
import { bare } from './title.ts';
import { fold, isElement, isText, textOf, type Node } from './tree.ts';

const here = /^(?:(?:您?的?(?:当前|现在|目前)?(?:所在)?的?位置|当前栏目|当前页面|所在位置|你在这里|you are here|sie sind hier|現在位置|현재 ?위치)(?:是|为)?\s*[:：]?\s*)/iu;
const last = /^(?:正文|文章正文|内容|文章内容|详情|新闻正文|文章详情|详细内容|查看|当前页)$/u;
const marks = /\s*(?:>+|&gt;|»|›|→|＞|・|▸|\/|::|\||\\|»)\s*/u;

/** The innermost crumb that is no front page. */
export const sectionOf = (crumbs: string[]): string | null => crumbs.findLast((crumb) => !frontPage.test(crumb.trim())) ?? null;

/** The way from the site's front page to the article, and the blocks that show it (they are no text to read). */
export type Breadcrumb = { crumbs: string[]; blocks: Block[] };

/**
 * Finds the breadcrumb before the title by its class name, or by short links with `>`, `»` or `/` between them. The
 * article's own title, the last crumb of many pages, is left off; the site's front page stays, as on the page.
 */
export function findBreadcrumb(blocks: Block[], title: { text: string; block: Block | null }, stated: string[]): Breadcrumb {
  const end = Math.min(blocks.length, (title.block?.index ?? 60) + 6);
  const named = new Map<Box, Block[]>();
  for (const block of blocks.slice(0, Math.max(end, 80))) {
    const box = crumbBox(block.box);
    if (box !== null && box.size < 600) named.set(box, [...(named.get(box) ?? []), block]);
  }
  for (const members of named.values()) {
    const crumbs = clean(members.length > 1 ? members.flatMap((block) => pieces(block)) : pieces(members[0]), title.text);
    if (crumbs.length > 0) return { crumbs, blocks: members };
  }
  for (const block of blocks.slice(0, end)) {
    if (block.size > 400 || block === title.block || (block.links < 2 && !here.test(block.text))) continue;
    const found = pieces(block);
    const joined = marks.test(block.text.replace(here, '')) && found.length >= 2 && found.every((piece) => piece.length <= 60);
    if (!joined || !(here.test(block.text) || /[>»›→＞]/u.test(block.text) || block.linked > block.size * 0.4)) continue;
    if (!here.test(block.text) && !/[>»›→＞]/u.test(block.text) && bare(found.at(-1) ?? '') !== bare(title.text)) continue;
    const crumbs = clean(found, title.text);
    if (crumbs.length > 0) return { crumbs, blocks: [block] };
  }
  const trail = trailBefore(blocks, title, end);
  if (trail.length > 0) return { crumbs: clean(trail.flatMap((block) => pieces(block)), title.text), blocks: trail };
  return { crumbs: clean(stated, title.text), blocks: [] };
}

/** Short links one after the other in one box, the last of them (or the text after them) the title itself. */
function trailBefore(blocks: Block[], title: { text: string; block: Block | null }, end: number): Block[] {
  const name = bare(title.text);
  if (name === '') return [];
  for (let i = 1; i < end; i++) {
    const block = blocks[i];
    if (block === undefined || block === title.block || bare(block.text) !== name) continue;
    const out: Block[] = [block];
    for (let k = i - 1; k >= 0 && i - k <= 6; k--) {
      const before = blocks[k];
      if (before === undefined || before.links !== 1 || before.size > 60 || before.linked < before.size * 0.7 || before.box.parent !== block.box.parent) break;
      out.unshift(before);
    }
    if (out.length >= 3) return out;
  }
  return [];
}

function crumbBox(box: Box): Box | null {
  for (let at: Box | null = box, up = 0; at !== null && up < 5; at = at.parent, up++) {
    const names = at.element.attrs.map(({ name, value }) => (/^(?:class|id|aria-label|itemtype|role)$/.test(name) ? value : '')).join(' ');
    if (/crumb|brotkrumen|BreadcrumbList|面包屑|\b(?:weizhi|dangqian|mianbao|curpos|location|position|path)\b/i.test(names) && (at.own & groupBit('body')) === 0) return at;
  }
  return null;
}

/** A block's crumbs: what its separators divide, or its links where there are none. */
function pieces(block: Block | undefined): string[] {
  if (block === undefined) return [];
  const links = linksOf(block.nodes);
  const parts = block.text.replace(here, '').split(marks).map(fold).filter((part) => part !== '');
  if (parts.length <= 1 && links.length > 1) return links;
  return parts;
}

function linksOf(nodes: Node[]): string[] {
  const out: string[] = [];
  const walk = (node: Node): void => {
    if (isText(node) || !isElement(node)) return;
    if (node.tagName === 'a') out.push(textOf(node));
    else for (const child of node.childNodes) walk(child);
  };
  for (const node of nodes) walk(node);
  return out.filter((text) => text !== '');
}

function clean(crumbs: string[], title: string): string[] {
  const name = bare(title);
  const out = crumbs.map((crumb) => fold(crumb.replace(here, '').replace(/^[>»›→＞/|·:\s]+|[>»›→＞/|·:\s]+$/gu, ''))).filter((crumb) => crumb !== '' && crumb.length <= 80);
  while (out.length > 0) {
    const tail = bare(out.at(-1) ?? '');
    if (!last.test(out.at(-1) ?? '') && tail !== name && !(tail.length > 8 && name.startsWith(tail.slice(0, 12)))) break;
    out.pop();
  }
  return out.length > 8 ? [] : out;
}
