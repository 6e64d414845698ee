import type { Moment } from '../../../shared/article.ts';
import { escaped, headOf } from './page-head.ts';
import { style } from './page-style.ts';

/** What the head of a stored article is made of. */
export type PageFacts = {
  title: string;
  byline: string | null;
  site: string | null;
  source: { text: string; doubtful: boolean } | null;
  publishedAt: Moment | null;
  lang: string | null;
  dir: 'ltr' | 'rtl';
  url: string | null;
};

const opening = '<article>';
const closing = '</article>';
// Exact rather than lenient: our own rewriting always puts `src` first, text has `<` escaped and values have `"` escaped.
const storedPicture = /<img src="\.\.\/\.\.\/\.\.\/files\/(?=[0-9a-f]{2}\/[0-9a-f]{64}\.[a-z0-9]{2,5}")/g;
const shownPicture = /<img src="\/files\/(?=[0-9a-f]{2}\/[0-9a-f]{64}\.[a-z0-9]{2,5}")/g;

/**
 * The whole `article.html`: opens in any browser from its folder, runs nothing and asks no network for anything.
 * `html` is the sanitised body with pictures as `/files/<2 hex>/<sha256>.<ext>`.
 */
export function toPage(facts: PageFacts, html: string): string {
  const lang = facts.lang === null ? '' : ` lang="${escaped(facts.lang)}"`;
  const line = [
    escapedOrNot(facts.byline),
    facts.publishedAt && time(facts.publishedAt),
    escapedOrNot(facts.site),
    escapedOrNot(sourceOf(facts)),
  ].flatMap((part) => (part ? [`<span>${part}</span>`] : []));
  const link = facts.url === null ? '' : `<p class="original"><a href="${escaped(facts.url)}">${escaped(facts.url)}</a></p>\n`;
  return `<!doctype html>
<html${lang} dir="${facts.dir}">
${headOf(facts.title, style, "'self' file: data:")}
<body>
<header>
<h1>${escaped(facts.title)}</h1>
${line.length === 0 ? '' : `<p class="facts">${line.join('\n')}</p>\n`}${link}</header>
${opening}
${html.replace(shownPicture, '<img src="../../../files/')}
${closing}
</body>
</html>
`;
}

/** The body out of a page made by `toPage`, pictures again as `/files/…`; null when the page is not one of ours. */
export function bodyOfPage(page: string): string | null {
  const from = page.indexOf(`\n${opening}\n`);
  const to = page.lastIndexOf(`\n${closing}\n`);
  if (from < 0 || to < from) return null;
  return page.slice(from + opening.length + 2, to).replace(storedPicture, '<img src="/files/');
}

function sourceOf({ source, site }: PageFacts): string | null {
  return source === null || source.doubtful || source.text === site ? null : source.text;
}

function time({ local, offset }: Moment): string {
  return `<time datetime="${escaped(local + (local.includes('T') ? (offset ?? '') : ''))}">${escaped(local.replace('T', ' '))}</time>`;
}

function escapedOrNot(text: string | null): string | null {
  return text === null ? null : escaped(text);
}
