import type { Extracted } from '../../../shared/extracted.ts';
import { FailureError } from '../../../shared/failure.ts';
import { sizeOf } from './blocks.ts';
import { preparePage, type PageFacts, type Prepared } from './prepare.ts';
import { allElements, attr, textOf, type Element } from './tree.ts';
import { wallOf } from './wall-signs.ts';

/** Which pages a judgement is asked for: one as the server sent it, or one after its script has run. */
export type Judged = 'sent' | 'rendered';

/** An article of this size is one, whatever else is on the page: nothing more is asked. */
const plenty = 2_500;

/**
 * What `extract` finds on a page, unless the page only looks like holding one: then FailureError `wall` (a sign-in, a check for
 * robots, a demand) or, for a page as it was sent, `made-by-script`.
 */
export function extractJudged(html: string, from: PageFacts, judged: Judged, extract: () => Extracted): Extracted {
  let extracted: Extracted | null = null;
  let failure: unknown = null;
  try {
    extracted = extract();
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.kind !== 'no-article') throw error;
    failure = error;
  }
  const keptSize = extracted === null ? 0 : extracted.kind === 'list' ? linkSize(extracted) : sizeOf(extracted.text);
  if (extracted !== null && keptSize >= plenty) return extracted;

  // Little text: taken apart once more, which is quick, since extraction has changed its own tree.
  const page = preparePage(html, from, null);
  const elements = allElements(page.tree);
  const host = (from.url === null ? null : URL.parse(from.url)?.hostname) ?? '';
  const wall = wallOf({
    title: page.facts.title,
    text: page.page.blocks.map((block) => block.text).join('\n'),
    html: html.slice(0, 400_000),
    textSize: page.page.root.size,
    keptSize,
    hasPassword: elements.some((element) => element.tagName === 'input' && attr(element, 'type')?.toLowerCase() === 'password'),
    isPaid: /"isAccessibleForFree"\s*:\s*"?false/i.test(html),
  });
  if (wall !== null) throw new FailureError({ kind: 'wall', host, wall });
  if (judged === 'sent' && isShell(page, elements, keptSize)) throw new FailureError({ kind: 'made-by-script', host, why: 'no-engine' });
  if (extracted === null) throw failure;
  return extracted;
}

/** A list page is made of its links. */
const linkSize = ({ resources }: Extracted): number => resources.reduce((sum, { links }) => sum + links.reduce((size, { text }) => size + sizeOf(text), 0), 0);

/** Where frameworks put what their script makes: by id, and by the tag of a custom element. */
const mountIds = /^(?:root|app|__next|__nuxt|___gatsby|svelte|sapper|react-root|react-app|app-root|app-mount|mount|main-app|ember-application|vue-app|application|q-app|page-root|spa|container-root)$/i;
const mountTags = /^(?:app-root|app-main|my-app|app-shell|ion-app|ytd-app|shreddit-app)$/;
const notice =
  /(?:enable|turn on|activate|requires?|needs?|without|allow)\b[^.]{0,30}\bjava ?script|java ?script\b[^.]{0,30}\b(?:is )?(?:required|disabled|enabled?|not (?:enabled|supported|available)|turned off|to run this app)|(?:开启|启用|打开|允许|需要|支持|禁用了?)[^。]{0,12}java ?script|java ?script[^。]{0,12}(?:开启|启用|打开|禁用|关闭)|java ?script\s*(?:を|が)|자바스크립트|(?:включите|требуется)[^.]{0,20}java ?script|aktivieren sie[^.]{0,20}java ?script/i;
const loading = /^(?:loading|please wait|一?正?在?加载中?|载入中|请稍[候后等]|読み込み中|로딩 ?중|загрузка|lädt)[\s.…。·]*$/iu;

/** A page without an article that a script would put there: an empty place for it, a notice for people without scripts, or nothing but scripts. */
function isShell({ page }: Prepared, elements: Element[], keptSize: number): boolean {
  const scripts = elements.filter(({ tagName, attrs }) => tagName === 'script' && !attrs.some(({ name, value }) => name === 'type' && /json|template|text\/(?:html|x-)/i.test(value)));
  if (scripts.length === 0) return false;
  const isEmpty = (element: Element): boolean => {
    const text = textOf(element);
    return sizeOf(text) < 60 || (text.length < 200 && (loading.test(text) || notice.test(text)));
  };
  const hasPlace = elements.some((element) => (mountIds.test(attr(element, 'id') ?? '') || attr(element, 'data-reactroot') !== null || mountTags.test(element.tagName)) && isEmpty(element));
  if (hasPlace) return keptSize < 250;
  const noscripts = elements.filter(({ tagName }) => tagName === 'noscript').map((element) => element.childNodes.map((node) => ('value' in node ? node.value : '')).join(''));
  const text = page.blocks.map((block) => block.text).join('\n');
  if (notice.test(text.slice(0, 4_000)) && page.root.size < 800) return true;
  if (noscripts.some((inner) => notice.test(inner)) && keptSize < 120) return true;
  return page.root.size < 80 || loading.test(text);
}
