import type { Extracted } from '../../../shared/extracted.ts';
import { FailureError } from '../../../shared/failure.ts';
import type { PageFacts } from '../extract/extract.ts';

/** Plain text to an article. Throws FailureError no-article for nothing but white space. */
export function readText(text: string, facts: PageFacts): Extracted {
  const blocks = text.split(/\n\s*\n/).map((block) => block.trim()).filter((block) => block !== '');
  const [first, ...rest] = blocks;
  if (first === undefined) throw new FailureError({ kind: 'no-article' });
  const html = (rest.length === 0 ? blocks : rest).map((block) => `<p>${block.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`).join('');
  return {
    title: first.slice(0, 300) || facts.name, byline: null, site: null, source: null, publishedAt: null, modifiedAt: null, lang: null, dir: 'ltr', leadImage: null,
    canonical: null, html, text: rest.join('\n\n'), excerpt: (rest[0] ?? first).slice(0, 200), breadcrumb: [], keywords: [], resources: [], words: 1, minutes: 1,
  };
}
