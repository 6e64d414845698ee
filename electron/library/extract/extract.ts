import type { PageKind } from '../../../shared/page-kind.ts';
import type { Explanation } from '../../../shared/explanation.ts';
import type { Extracted } from '../../../shared/extracted.ts';
import { FailureError } from '../../../shared/failure.ts';
import { findBreadcrumb } from './breadcrumb.ts';
import { buildBody } from './build.ts';
import { findByline } from './byline.ts';
import { gatherCandidates } from './candidates.ts';
import { sanitiseNodes } from './clean.ts';
import { readDate } from './dates.ts';
import { explainDecision } from './explain.ts';
import { metaOf } from './facts.ts';
import { findCore } from './features.ts';
import { findHeadings, levelBelow } from './headings.ts';
import { decide, keepWhole } from './keep.ts';
import { findLanguage, measureReading } from './language.ts';
import { isListing, listGroups, weighListing, withoutChrome } from './listing.ts';
import { isDoubtful, readMetaLine } from './meta-line.ts';
import { findCanonical, findDates, findKeywords, findLeadImage, findSection } from './metadata.ts';
import { findNextPage, toldNextPage } from './next-page.ts';
import type { Ruled } from './apply-rule.ts';
import { keepMedia } from './pictures.ts';
import { preparePage, siteNames, type PageFacts } from './prepare.ts';
import { findResources } from './resources.ts';
import { findTextLinks } from './text-links.ts';
import { isThread as isConversation } from './thread.ts';
import { decideByRule } from './rule-body.ts';
import type { SiteRule } from './site-rule.ts';
import { toPlainText } from './plain-text.ts';
import { isElement, type Node } from './tree.ts';

/** Who wants to know more than the article: what was left out and why, and what a rule found. */
export type Curious = { explain?: ((explanation: Explanation) => void) | undefined; ruled?(found: Ruled, base: string | null): void };

/** One page to its article, step by step; a rule for its site has the first word, `chosen` is the reader's on the kind of page. Throws FailureError no-article, too-complex. */
export function extractPage(html: string, from: PageFacts, curious: Curious = {}, rule: SiteRule | null = null, chosen: PageKind | null = null): Extracted {
  const { tree, aside, facts, page, title, base, ruled } = preparePage(html, from, rule);
  if (page.root.size === 0 && page.media.length === 0) throw new FailureError({ kind: 'no-article' });
  const sites = siteNames(facts, from.url);
  const language = findLanguage(page.blocks.map((block) => block.text).join('\n').slice(0, 40_000), facts.lang ?? metaOf(facts, 'content-language', 'og:locale') ?? facts.stated.lang, facts.dir);

  // Lifted before anyone chooses: extractors take these lines for clutter and drop them, or for text and keep them.
  const breadcrumb = findBreadcrumb(page.blocks, title, facts.stated.breadcrumb);
  const line = readMetaLine(page.blocks, title.block?.index ?? -1, findCore(page.blocks, page.root).box.first, language.lang);

  const isThread = isConversation(facts, from.url);
  const listing = weighListing(page, facts, title, line, { url: from.url, base, isThread });

  const { signals, rows } = gatherCandidates(tree, page, facts, title, isThread);
  const told = ruled === null ? null : decideByRule(page, ruled.body, title, rule?.flags.prune !== false);
  // Where a rule found the article there is one, and what the reader selected is one; unless the reader says otherwise.
  const isList = chosen === null ? told === null && from.whole !== true && isListing(listing) : chosen === 'list';
  const kind = listing.entries.length > 0 && isList ? 'list' : 'article';
  const judged = told?.decision ?? (from.whole === true ? keepWhole(page, title) : decide(page, signals, rows, title, { breadcrumb: breadcrumb.blocks, metaLine: line.blocks, isThread }));
  // The reader wants this list as a text: then all of it, the site's frame aside, for no part of it is more of an article than another.
  const decision = told === null && chosen === 'article' && isListing(listing) ? { ...judged, kept: withoutChrome(page, title), by: 'whole-page' as const } : judged;
  const { kept } = decision;
  if (ruled !== null) curious.ruled?.(told === null ? { ...ruled, body: [] } : ruled, base);
  const next = ruled?.nextPage !== undefined ? toldNextPage(ruled.nextPage, from, base) : isThread || from.whole === true ? null : findNextPage(page, kept, facts, from, base);
  if (next?.block && next.block.size < 120 && kept.size > 1 && kept.delete(next.block)) decision.reasons.set(next.block, 'note');
  const blocks = [...kept];
  const media = told?.media ?? (from.whole === true ? new Set(page.media) : keepMedia(page, kept));
  curious.explain?.(explainDecision(page, decision, media.size, { title: title.block, breadcrumb: breadcrumb.blocks, 'meta-line': line.blocks }));
  const body = buildBody(page, { blocks: kept, media, headings: findHeadings(blocks, title.text), level: levelBelow(blocks) });
  const clean = sanitiseNodes(body, base, aside);
  const text = toPlainText(body);
  if (text === '' && !/<img/.test(clean) && kind === 'article') throw new FailureError({ kind: 'no-article' });

  const spoken = findLanguage(text.length > 40 ? text : page.blocks.map((block) => block.text).join('\n'), language.lang, language.dir);
  const { published, modified } = findDates(tree, html, page.blocks, facts, line, from.url, spoken.lang);
  const named = line.source ?? metaOf(facts, 'mediaid', 'source', 'contentsource', 'content-source', 'article:source');
  const near = title.block === null ? page.blocks.slice(0, 40) : page.blocks.slice(Math.max(0, title.block.index - 3), title.block.index + 15);
  return {
    kind,
    title: title.text || from.name || (from.url === null ? null : URL.parse(from.url)?.hostname) || text.slice(0, 80),
    byline: ruled?.authors.join(', ') || findByline(tree, facts, line.author, near, page.blocks, sites),
    site: metaOf(facts, 'og:site_name') ?? facts.stated.publisher ?? facts.stated.site ?? metaOf(facts, 'application-name'),
    source: named === null ? null : { text: named, doubtful: isDoubtful(named) },
    publishedAt: (ruled?.date ? readDate(ruled.date, spoken.lang) : null) ?? published,
    modifiedAt: modified,
    lang: spoken.lang,
    dir: spoken.dir,
    leadImage: findLeadImage(facts, base, clean),
    canonical: findCanonical(facts, from.url),
    html: clean,
    text,
    excerpt: excerptOf(metaOf(facts, 'og:description', 'description', 'twitter:description'), body),
    breadcrumb: breadcrumb.crumbs,
    section: findSection(facts, breadcrumb.crumbs),
    keywords: findKeywords(facts),
    resources: kind === 'list' ? listGroups(page, listing, title, base) : [...findResources(page, kept, new Set([...breadcrumb.blocks, ...line.blocks]), base), ...findTextLinks(blocks, base, from.url)],
    nextPage: kind === 'list' ? null : next && { url: next.url, sure: next.sure },
    ...measureReading(text),
  };
}

/** The page's own description where it says something, else how the text begins: its sentences, without the headings between them. */
export function excerptOf(described: string | null, body: Node[]): string {
  const prose = (): string => toPlainText(body.filter((node) => !isElement(node) || !/^h[1-6]$/.test(node.tagName))) || toPlainText(body);
  const source = described !== null && described.length >= 30 ? described : prose().replace(/\[\d{1,3}\](?=\P{L}|$)/gu, '').replace(/\s+/g, ' ');
  if (source.length <= 240) return source.trim();
  const cut = source.slice(0, 240);
  return `${cut.replace(/\s+\S*$/u, '') || cut}…`;
}
