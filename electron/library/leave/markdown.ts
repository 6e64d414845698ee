import Turndown from 'turndown';
import type { Article } from '../../../shared/article.ts';
import { toLightBody } from '../extract/light-dom.ts';
import { parsePart } from '../extract/tree.ts';

/** The article as Markdown: title, where it came from, then the body. */
export function toMarkdown(article: Article): string {
  const turndown = new Turndown({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-' });
  const body = toLightBody(parsePart(article.html).childNodes).body;
  return `# ${article.title}\n\n${turndown.turndown(body as unknown as Parameters<Turndown['turndown']>[0])}\n`;
}
