import { attr, isBlock, isElement, isSilent, isText, rawText, type Element, type Node } from './tree.ts';

/** The body as plain text: a blank line between blocks, list items and cells on lines of their own, captions left out. */
export function toPlainText(nodes: Node[]): string {
  const blocks: string[] = [];
  let line = '';
  const flush = (): void => {
    const text = line.replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n').trim();
    if (text !== '') blocks.push(text);
    line = '';
  };
  const walk = (node: Node): void => {
    if (isText(node)) line += node.value.replace(/\s+/g, ' ');
    else if (isElement(node)) {
      const tag = node.tagName;
      if (isSilent(tag) || tag === 'figcaption' || isBack(node)) return;
      if (tag === 'br') {
        line += '\n';
        return;
      }
      if (tag === 'pre') {
        flush();
        blocks.push(preText(node));
        return;
      }
      const block = isBlock(tag);
      if (tag === 'td' || tag === 'th') line += line.trim() === '' ? '' : ' | ';
      else if (block) flush();
      for (const child of node.childNodes) walk(child);
      if (block && tag !== 'td' && tag !== 'th') flush();
    }
  };
  for (const node of nodes) walk(node);
  flush();
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** The way back from a footnote says nothing. */
const isBack = (element: Element): boolean => element.tagName === 'a' && rawText(element) === '↩' && (attr(element, 'href') ?? '').startsWith('#l-');

const preText = (node: Node): string => rawText(node).trimEnd();
