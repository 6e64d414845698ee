import type { Blocks } from './blocks.ts';
import { cutPage } from './candidates.ts';
import { applyRule, type Ruled } from './apply-rule.ts';
import { metaOf, readFacts, type Facts } from './facts.ts';
import { repair } from './repair.ts';
import type { SiteRule } from './site-rule.ts';
import { bare, findTitle, type Title } from './title.ts';
import { parsePage, type Aside, type Tree } from './tree.ts';

/**
 * What is known of a page before it is read. `name` is the title's last resort, `pageOne` where its article begins when not
 * here; `whole` says that all of its body is the article.
 */
export type PageFacts = { url: string | null; name: string; pageOne?: string; whole?: true };

/** A page parsed, repaired and described, before any extractor has looked at it. */
export type Prepared = { tree: Tree; aside: Aside; facts: Facts; page: Blocks; title: Title; base: string | null; ruled: Ruled | null };

export function preparePage(html: string, from: PageFacts, rule: SiteRule | null): Prepared {
  const { tree, aside } = parsePage(html);
  repair(tree, aside);
  const ruled = rule === null ? null : applyRule(rule, tree);
  const facts = readFacts(tree);
  const page = cutPage(tree);
  const told = ruled?.title ?? null;
  const title = told === null ? findTitle(facts, page.blocks, siteNames(facts, from.url), facts.stated.breadcrumb) : { text: told, block: page.blocks.find((block) => bare(block.text) === bare(told)) ?? null };
  const base = facts.base === null ? from.url : (URL.parse(facts.base, from.url ?? undefined)?.href ?? from.url);
  return { tree, aside, facts, page, title, base, ruled };
}

/** Every name the site goes by: declared ones, and its host without `www.` and the top-level domain. */
export function siteNames(facts: Facts, url: string | null): string[] {
  const host = url === null ? null : (URL.parse(url)?.hostname.replace(/^(?:www|m|news|blog|en)\./, '') ?? null);
  return [metaOf(facts, 'og:site_name'), facts.stated.publisher, facts.stated.site, metaOf(facts, 'application-name', 'apple-mobile-web-app-title', 'twitter:site')?.replace(/^@/, '') ?? null, host, host?.split('.')[0] ?? null].filter(
    (name): name is string => name !== null && name !== '',
  );
}
