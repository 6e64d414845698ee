import type { Row } from '../../../shared/article.ts';
import { escaped as escapedAsIs } from './page-head.ts';

/** What a file says of the list as a whole; `at` is when it was made, in ISO 8601. */
export type ListFacts = { title: string; description: string | null; at: string; count: number };

/**
 * A format a list can leave as, written piece by piece: head, an entry for each article, then (with texts) a middle and a
 * text for each, foot. Texts are what `textOf` gives for the article; a format without `text` has no room for them.
 */
export type WritesList = {
  ending: string;
  head(facts: ListFacts): string;
  entry(row: Row, texts: boolean): string;
  middle?: string;
  text?(row: Row, text: string): string;
  foot: string;
};

/** Text for HTML and XML, also in attributes: without what XML does not know, so that one title cannot spoil a file. */
export function escaped(text: string): string {
  return escapedAsIs(clean(text));
}

/** Text without control characters, halves of pairs and non-characters. Lines and tabs stay. */
export function clean(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\n\t]|[\ufdd0-\ufdef\ufffe\uffff]/gu, '');
}

/** Text on one line. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/gu, ' ').trim();
}

/** An article's address where a link may lead there, else null. */
export function linkOf(row: Row): string | null {
  return row.url !== null && /^https?:\/\//i.test(row.url) ? row.url : null;
}

/** An article's title, or what else it can be called. */
export function titleOf(row: Row): string {
  return oneLine(row.title) || (row.url ?? row.id);
}
