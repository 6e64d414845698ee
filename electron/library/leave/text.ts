import type { Article } from '../../../shared/article.ts';
import { toPlainText } from '../extract/plain-text.ts';
import { parsePart } from '../extract/tree.ts';
import { printMoment } from './markdown.ts';

/** The article as plain text: title, where it came from, then the body, a blank line between blocks. */
export function toText(article: Article): string {
  const origin = [article.byline ?? '', printMoment(article.publishedAt), article.site ?? article.host ?? ''].filter((part) => part !== '').join(' · ');
  return `${[article.title, origin, article.url ?? '', toPlainText(parsePart(article.html).childNodes)].filter((line) => line !== '').join('\n\n')}\n`;
}
