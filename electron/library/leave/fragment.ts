import type { Article } from '../../../shared/article.ts';
import { printMoment } from './markdown.ts';
import { escaped } from './page-head.ts';

/** The article as HTML to be put into another document: title, where it came from, then the body. Nothing in it runs or is styled. */
export function toFragment(article: Article): string {
  const facts = [article.byline ?? '', printMoment(article.publishedAt), article.site ?? article.host ?? ''].filter((part) => part !== '').map(escaped);
  const from = article.url === null ? '' : `<p><a href="${escaped(article.url)}">${escaped(article.url)}</a></p>`;
  return `<article><h1>${escaped(article.title)}</h1>${facts.length === 0 ? '' : `<p>${facts.join(' · ')}</p>`}${from}\n${article.html}</article>`;
}
