import type { Extracted } from '../../../shared/extracted.ts';
import { FailureError } from '../../../shared/failure.ts';
import { sanitise } from './clean.ts';
import { runReadability } from './readability.ts';
import { attr, find, fold, isElement, parsePage, textOf } from './tree.ts';

/** What is known of a page before it is read. `name` is the title's last resort. */
export type PageFacts = { url: string | null; name: string };

/** One page to its article. Throws FailureError no-article, too-complex. */
export function extractPage(html: string, facts: PageFacts): Extracted {
  const { tree } = parsePage(html);
  const h1 = find(tree, (element) => element.tagName === 'h1');
  const title = find(tree, (element) => element.tagName === 'title');
  const root = tree.childNodes.find(isElement);
  const content = runReadability(tree) as unknown as { innerHTML: string } | null;
  if (content === null) throw new FailureError({ kind: 'no-article' });
  const body = sanitise(content.innerHTML, facts.url);
  const text = fold(body.replace(/<[^>]+>/g, ' '));
  if (text === '') throw new FailureError({ kind: 'no-article' });
  return {
    title: (h1 && textOf(h1)) || (title && textOf(title)) || facts.name,
    byline: null, site: null, source: null, publishedAt: null, modifiedAt: null,
    lang: root === undefined ? null : attr(root, 'lang'), dir: 'ltr', leadImage: null, canonical: null,
    html: body, text, excerpt: text.slice(0, 200), breadcrumb: [], keywords: [], resources: [],
    words: text.split(' ').length, minutes: 1,
  };
}
