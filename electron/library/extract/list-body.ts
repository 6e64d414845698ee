import type { ResourceList } from '../../../shared/article.ts';
import type { ExtractResult } from './job.ts';
import { measureReading } from './language.ts';

/**
 * What is kept of a page: of a list page its lists, as headings and links, in place of what little text could be made of
 * it. Such a body is found by search, opens in any browser, and is handed out as Markdown like any other.
 */
export function keptForm(result: ExtractResult): ExtractResult {
  if (result.kind !== 'list') return result;
  const text = result.resources.map(({ title, links }) => [title, ...links.map((link) => link.text)].filter((line) => line !== '').join('\n')).join('\n\n');
  const titles = result.resources.flatMap(({ links }) => links.slice(0, 3).map((link) => link.text)).slice(0, 6);
  // A date or a name on the page is one of its entries'.
  const nobody = { byline: null, source: null, publishedAt: null, modifiedAt: null, leadImage: null };
  return { ...result, ...nobody, html: result.resources.map(listHtml).join(''), text, excerpt: titles.join(' · ').slice(0, 240), ...measureReading(text) };
}

function listHtml({ title, links }: ResourceList): string {
  const items = links.map(({ text, url }) => `<li>${url === null ? escaped(text) : `<a href="${escaped(url)}">${escaped(text)}</a>`}</li>`);
  return `${title === '' ? '' : `<h2>${escaped(title)}</h2>`}<ul>${items.join('')}</ul>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
}
