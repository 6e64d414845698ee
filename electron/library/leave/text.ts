import type { Article } from '../../../shared/article.ts';
import { parsePart, textOf } from '../extract/tree.ts';

/** The article as plain text: title, then the body, a blank line between blocks. */
export function toText(article: Article): string {
  return `${article.title}\n\n${parsePart(article.html).childNodes.map(textOf).filter((line) => line !== '').join('\n\n')}\n`;
}
