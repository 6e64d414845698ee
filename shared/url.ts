/*
 * The one spelling of an address. Two levels, because over-eager normalising loses pages:
 * `normalAddress` only drops what cannot change the page (credentials, default port, plain fragments, trackers);
 * `addressKey` also folds what almost never does (http or https, closing slash, percent case)
 * and is for comparing only, never for fetching or showing.
 */

/** The part of the platform's URL used here; every host has it, but `shared/` is typed without a platform. */
type ParsedUrl = {
  protocol: string;
  username: string;
  password: string;
  hostname: string;
  host: string;
  pathname: string;
  search: string;
  hash: string;
  href: string;
};
declare const URL: { new (text: string, base?: string): ParsedUrl; canParse(text: string, base?: string): boolean };

/** Query parameters that only tell who sent the reader; compared in lower case. */
const trackers = new Set(
  (
    'fbclid gclid gclsrc dclid wbraid gbraid gad_source gad_campaignid msclkid yclid ysclid twclid ttclid igshid igsh ' +
    'li_fat_id epik rdt_cid scid sccid qclid irclickid mc_cid mc_eid mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking ' +
    'vero_id vero_conv oly_enc_id oly_anon_id _openstat wickedid srsltid ml_subscriber ml_subscriber_hash bsft_clkid ' +
    'bsft_uid guccounter guce_referrer guce_referrer_sig cmpid ns_mchannel ns_campaign ns_source ns_linkname ns_fee ' +
    'spm scm bd_vid hmsr hmpl hmcu hmkw hmci share_source share_medium share_plat share_session_id share_tag vd_source ' +
    'isappinstalled _branch_match_id _branch_referrer _ga _gl'
  ).split(' '),
);
const trackerFamilies = /^(?:utm_\w+|(?:mtm|matomo|pk|piwik)_(?:campaign|cid|content|group|keyword|kwd|medium|placement|source))$/;
/** `from=` alone is a real parameter on many sites; with these values it is a messenger's mark. */
const messengerMarks = new Set(['from=timeline', 'from=singlemessage', 'from=groupmessage']);
/** On a WeChat article these four name it; everything else differs from reader to reader. */
const weChatNames = new Set(['__biz', 'mid', 'idx', 'sn']);

/** The address as it is kept and shown, or null when the text is no http(s) address. Never reorders or re-encodes a query. */
export function normalAddress(text: string): string | null {
  const url = parsed(text);
  if (!url) return null;
  const query = url.search.startsWith('?') ? keptQuery(url, url.search.slice(1)) : '';
  return `${url.protocol}//${plainHost(url)}${url.pathname}${query === '' ? '' : `?${query}`}${keptFragment(url.hash)}`;
}

/** The address to ask the server for: what the reader gave, whole, but without credentials and fragment; or null. */
export function fetchAddress(text: string): string | null {
  const url = parsed(text);
  return url && `${url.protocol}//${plainHost(url)}${url.pathname}${url.search}`;
}

/** What two spellings of one page share, for comparing and as a key; null when the text is no http(s) address. */
export function addressKey(text: string): string | null {
  const address = normalAddress(text);
  if (!address) return null;
  const bare = address.replace(/^https?:\/\//, '').replace(/%[0-9a-f]{2}/gi, samePercent);
  const cut = bare.search(/[?#]/);
  const path = cut < 0 ? bare : bare.slice(0, cut);
  return withoutEnd(path, '/') + (cut < 0 ? '' : bare.slice(cut));
}

/** True when both are addresses and name the same page. */
export function sameAddress(a: string, b: string): boolean {
  const key = addressKey(a);
  return key !== null && key === addressKey(b);
}

/** The host as lists and site filters know it: lower case, punycode, without `www.` and port; null for no address. */
export function hostOf(address: string | null): string | null {
  const url = address === null ? null : parsed(address);
  return url && withoutEnd(url.hostname, '.').replace(/^www\.(?=[^.]+\.)/, '');
}

function parsed(text: string): ParsedUrl | null {
  const trimmed = text.trim();
  if (!/^https?:/i.test(trimmed) || !URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  return url.hostname === '' || url.hostname === '.' ? null : url;
}

function plainHost(url: ParsedUrl): string {
  const port = url.host.slice(url.hostname.length);
  return withoutEnd(url.hostname, '.') + port;
}

/** Not by a pattern: one that is anchored at the end alone is tried at every sign, quadratic in a long run of them. */
function withoutEnd(text: string, sign: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === sign) end -= 1;
  return text.slice(0, end);
}

function keptQuery(url: ParsedUrl, query: string): string {
  const parts = query.split('&');
  const names = parts.map((part) => (part.split('=', 1)[0] ?? '').toLowerCase());
  if (url.hostname === 'mp.weixin.qq.com' && names.includes('__biz') && names.includes('mid')) {
    return parts.filter((_, i) => weChatNames.has(names[i] ?? '')).join('&');
  }
  return parts
    .filter((part, i) => {
      const name = names[i] ?? '';
      return !trackers.has(name) && !trackerFamilies.test(name) && !messengerMarks.has(part.toLowerCase());
    })
    .join('&');
}

/** `#!` and `#/` are routes of script-made sites, where the fragment is the page; any other only points into it. */
function keptFragment(hash: string): string {
  if (!/^#!?\//.test(hash) && !hash.startsWith('#!')) return '';
  return hash.replace(/:~:.*$/s, '');
}

function samePercent(code: string): string {
  const letter = String.fromCharCode(Number.parseInt(code.slice(1), 16));
  return /[A-Za-z0-9~_-]/.test(letter) ? letter : code.toUpperCase();
}
