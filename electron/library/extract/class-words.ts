import { attr, type Element } from './tree.ts';

/** Meanings of an element's class, id and role as bits; the order is part of the trained model's input. */
export type Groups = number;

const groups: Array<[name: string, pattern: RegExp]> = [
  ['comment', /comment|disqus|respond|repl(?:y|ies)|discuss|pinglun|livefyre|feedback|kommentar/],
  ['related', /relat|recommend|more(?:-|_|$|\s|news|stor)|also|popular|trend|most|similar|teaser|xiangguan|tuijian|\bhot|rank|latest|recirc|outbrain|taboola|suggest|further|paging|next|prev|xg|newslist|listnews|list_?right/],
  ['share', /share|social|follow|sns|facebook|twitter|whatsapp|weibo|weixin|wechat|qrcode|erweima|addthis|fenxiang|like-?btn/],
  ['nav', /\bnav|navi|menu|crumb|pagin|pager|toolbar|\btabs?\b|skip|toc\b|sitemap|weizhi|position|path|location|daohang/],
  ['foot', /foot|copyright|legal|disclaim|bottom|impressum|colophon|statement|shengming|banquan/],
  ['side', /side|rail|widget|aside|column-?r|right(?:-|_|$|\b|bar|col)|left(?:-|_|$|bar|col)|secondary|module-?r/],
  ['promo', /\bad(?:s|vert|-|_|box|wrap|unit|$|\b)|promo|sponsor|newsletter|subscri|signup|sign-?up|cta\b|banner|modal|popup|pop-?over|cookie|consent|gdpr|paywall|donat|offer|shop|product|affil|guanggao|download|app-?down/],
  ['meta', /meta|byline|author|date|time|info|source|credit|\bbio|profile|laiyuan|zuozhe|publish|posted|editor|zebian|kicker|dateline|read-?time/],
  ['caption', /caption|figure|gallery|slide|carousel|image|photo|pic|thumb|video|legende|bild/],
  ['tags', /tag|categor|label|topic|keyword|guanjian|hashtag/],
  ['head', /header|masthead|hero|\btop\b|headline|title|biaoti|\bhd\b|logo|brand/],
  ['text', /article|content|body|entry|post|story|text|main|detail|\bnews|\bcon\b|zhengwen|artical|neirong|blog|prose|rich/],
  ['body', /article-?_*(?:body|content|text|main)|(?:entry|post|story|news|content|detail|blog|page)-?_*(?:content|body|text|detail|main)|trs_editor|rich_media_content|articlebody|js_content|markdown-body|prose|main-?text|art_?con|wysiwyg|single-content/],
  ['off', /hidden|hide|sr-only|screen-reader|visually|d-none|print|collapse|invisible|tooltip|noscript/],
  ['form', /form|login|search|input|register|captcha|poll|survey|vote|quiz|rating|button|btn/],
  ['note', /note|footnote|reference|citation|abstract|summary|excerpt|intro|lead|lede|subtitle|standfirst|deck|dek|zhaiyao|daodu|sapo/],
];

export const groupNames = groups.map(([name]) => name);
export const groupBit = (name: string): number => 1 << groupNames.indexOf(name);

const seen = new Map<string, Groups>();

/** What an element's own names say about it. */
export function classGroups(element: Element): Groups {
  let names = '';
  for (const { name, value } of element.attrs) {
    if (name === 'class' || name === 'id' || name === 'role' || name === 'itemprop' || name === 'data-component' || name === 'data-testid') names += ` ${value.slice(0, 200)}`;
  }
  if (names === '') return 0;
  const known = seen.get(names);
  if (known !== undefined) return known;
  // Camel case is taken apart, so that `articleBody` and `relatedLinks` show their words.
  const lower = names.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  let bits = 0;
  for (let i = 0; i < groups.length; i++) if (groups[i]?.[1].test(lower) === true) bits |= 1 << i;
  if (/\bcomplementary\b/.test(attr(element, 'role') ?? '')) bits |= groupBit('side');
  if (seen.size > 20_000) seen.clear();
  seen.set(names, bits);
  return bits;
}
