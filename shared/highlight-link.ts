import type { ArticleId } from './article.ts';
import type { HighlightId } from './highlight.ts';

/** The link that opens an article in Lectern, at a highlight where one is given. */
export function lecternLink(article: ArticleId, highlight: HighlightId | null = null): string {
  return `lectern://open?article=${article}${highlight === null ? '' : `&highlight=${highlight}`}`;
}

/** An article's own address with a text fragment that shows the quote on the page in browsers that know those. */
export function quoteAddress(url: string, quote: string): string {
  const words = quote.trim().split(/\s+/);
  const long = quote.length > 120;
  // Of a language without blanks between words the signs are counted instead.
  const [start, end] = words.length > 8 ? [words.slice(0, 4).join(' '), words.slice(-4).join(' ')] : [whole(quote.slice(0, 14)), whole(quote.slice(-14))];
  const text = long ? `${encoded(start)},${encoded(end)}` : encoded(words.join(' '));
  return `${url}${url.includes('#') ? '' : '#'}:~:text=${text}`;
}

const whole = (text: string): string => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '').trim();

/** A dash and a comma mean something in a fragment; half a letter, which a page may hold, has no place in an address. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll('-', '%2D').replace(/[()'*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
