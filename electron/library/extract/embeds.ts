import { append, attr, createElement, createText, find, isElement, replace, setAttr, textOf, type Element, type Node } from './tree.ts';

type Kind = 'video' | 'audio' | 'post' | 'code' | 'page';
/** Where a player's address leads a reader: the page that shows the thing, and its still picture where that can be told from the id. */
type Provider = { match: RegExp; kind: Kind; name: string; page(id: string): string; poster?(id: string): string };

const providers: Provider[] = [
  { match: /(?:youtube(?:-nocookie)?\.com\/(?:embed\/|v\/|shorts\/|live\/|watch\?(?:.*&)?v=)|youtu\.be\/)(?!videoseries)([\w-]{6,20})/i, kind: 'video', name: 'YouTube', page: (id) => `https://www.youtube.com/watch?v=${id}`, poster: (id) => `https://i.ytimg.com/vi/${id}/hqdefault.jpg` },
  { match: /youtube(?:-nocookie)?\.com\/embed\/(?:videoseries)?\?(?:.*&)?list=([\w-]+)/i, kind: 'video', name: 'YouTube', page: (id) => `https://www.youtube.com/playlist?list=${id}` },
  { match: /vimeo\.com\/(?:video\/)?(\d{5,12})/i, kind: 'video', name: 'Vimeo', page: (id) => `https://vimeo.com/${id}` },
  { match: /bilibili\.com\/.*?[?&/=](BV[0-9A-Za-z]{8,12})/i, kind: 'video', name: '哔哩哔哩', page: (id) => `https://www.bilibili.com/video/${id}` },
  { match: /bilibili\.com\/.*?[?&]aid=(\d+)/i, kind: 'video', name: '哔哩哔哩', page: (id) => `https://www.bilibili.com/video/av${id}` },
  { match: /youku\.com\/(?:embed\/|player\.php\/sid\/|v_show\/id_)([\w=]{8,30})/i, kind: 'video', name: '优酷', page: (id) => `https://v.youku.com/v_show/id_${id}.html` },
  { match: /v\.qq\.com\/.*?(?:[?&]vid=|\/page\/|\/)([a-z0-9]{11})(?:[&.]|$)/i, kind: 'video', name: '腾讯视频', page: (id) => `https://v.qq.com/x/page/${id}.html`, poster: (id) => `https://puui.qpic.cn/vpic_cover/${id}/${id}_hz.jpg/1280` },
  { match: /embed\.ted\.com\/talks\/([\w/]+)/i, kind: 'video', name: 'TED', page: (id) => `https://www.ted.com/talks/${id}` },
  { match: /(?:dailymotion\.com\/(?:embed\/)?video\/|geo\.dailymotion\.com\/player[^?]*\?video=|dai\.ly\/)([\w]{5,12})/i, kind: 'video', name: 'Dailymotion', page: (id) => `https://www.dailymotion.com/video/${id}`, poster: (id) => `https://www.dailymotion.com/thumbnail/video/${id}` },
  { match: /tiktok\.com\/(?:embed|player)(?:\/v\d)?\/(\d{10,25})/i, kind: 'video', name: 'TikTok', page: (id) => `https://www.tiktok.com/embed/v2/${id}` },
  { match: /open\.spotify\.com\/embed(?:-podcast)?\/([a-z]+\/[\w]+)/i, kind: 'audio', name: 'Spotify', page: (id) => `https://open.spotify.com/${id}` },
  { match: /w\.soundcloud\.com\/player\/?\?(?:.*&)?url=([^&]+)/i, kind: 'audio', name: 'SoundCloud', page: (id) => unescaped(id) },
  { match: /music\.163\.com\/outchain\/player\?(?:.*&)?id=(\d+)/i, kind: 'audio', name: '网易云音乐', page: (id) => `https://music.163.com/#/song?id=${id}` },
  { match: /embed\.podcasts\.apple\.com\/(.+?)(?:\?|$)/i, kind: 'audio', name: 'Apple Podcasts', page: (id) => `https://podcasts.apple.com/${id}` },
  { match: /(?:platform\.twitter\.com\/embed\/Tweet\.html\?(?:.*&)?id=|(?:twitter|x)\.com\/\w+\/status\/)(\d{5,25})/i, kind: 'post', name: 'X', page: (id) => `https://x.com/i/status/${id}` },
  { match: /instagram\.com\/(?:p|reel|tv)\/([\w-]{5,20})/i, kind: 'post', name: 'Instagram', page: (id) => `https://www.instagram.com/p/${id}/` },
  { match: /facebook\.com\/plugins\/(?:post|video)\.php\?(?:.*&)?href=([^&]+)/i, kind: 'post', name: 'Facebook', page: (id) => unescaped(id) },
  { match: /^(https:\/\/[\w.-]+\/@[\w.]+\/\d{10,25})\/embed/i, kind: 'post', name: 'Mastodon', page: (id) => id },
  { match: /codepen\.io\/([\w-]+\/(?:embed|pen|full)(?:\/preview)?\/[\w]+)/i, kind: 'code', name: 'CodePen', page: (id) => `https://codepen.io/${id.replace(/\/(?:embed|full)(?:\/preview)?\//, '/pen/')}` },
  { match: /gist\.github\.com\/([\w-]+\/[0-9a-f]{6,40})/i, kind: 'code', name: 'GitHub Gist', page: (id) => `https://gist.github.com/${id}` },
  { match: /(?:codesandbox\.io|stackblitz\.com|jsfiddle\.net)\/(.+?)(?:\?|$)/i, kind: 'code', name: '', page: (id) => id },
];

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // Written plainly, then.
    return text;
  }
};

/** Frames that show nobody anything: advertisements, counters, consent, comment and share boxes. */
const noise = /doubleclick|googlesyndication|googletagmanager|google-analytics|adservice|\/ads?[./?_-]|adnxs|amazon-adsystem|taboola|outbrain|recaptcha|disqus|facebook\.com\/(?:plugins\/(?:like|share|page|comments|login)|tr)|platform\.twitter\.com\/widgets|addthis|sharethis|consent|cookie|criteo|scorecard|beacon|pixel|captcha|login|newsletter|subscribe|mailchimp|substack\.com\/embed|analytics|about:blank|follow_button|likebox|recommend|pushengage|intercom|livechat|zendesk/i;
/** Names a player gives every one of its frames. */
const sayNothing = /^(?:(?:youtube|vimeo|dailymotion|spotify|soundcloud|embedded?|html5|video|audio|media|iframe|bilibili|twitter|x|instagram|podcast|responsive)\s*)*(?:video|player|embed|post|frame|iframe|content|tweet)?(?:\s*player)?$/i;

/** Players made by scripts and tags of their own become the frames they stand for, before blocks are cut. */
export function settleEmbeds(all: Element[]): void {
  for (const element of all) {
    const made = frameOf(element);
    if (made !== null) replace(element, [made]);
  }
}

/** Never shown as such: what embeds are turned into until their cards are made. */
const player = 'iframe';

/** Tags whose names alone say what they are, and those whose classes may. */
const ownTags = /^(?:lite-|amp-|youtube-|x-youtube)|^object$/;

function frameOf(element: Element): Element | null {
  const tag = element.tagName;
  if (tag === 'script') {
    const src = attr(element, 'src') ?? '';
    return /^https:\/\/gist\.github\.com\/[\w-]+\/[0-9a-f]+\.js/i.test(src) ? frame(src.replace(/\.js(?=\?|$)/, '')) : null;
  }
  if (ownTags.test(tag)) return fromTag(element, tag);
  if (!/^(?:div|p|figure|blockquote)$/.test(tag)) return null;
  const names = attr(element, 'class') ?? '';
  return /codepen|instagram|you-?tube|yt/i.test(names) ? fromNames(element, names) : null;
}

const frame = (src: string, title = ''): Element => createElement(player, { src, ...(title === '' ? {} : { title }) });
const firstOf = (element: Element, ...names: string[]): string => names.map((name) => attr(element, name) ?? '').find((value) => value !== '') ?? '';
const said = (element: Element): string => firstOf(element, 'title', 'playlabel', 'data-title', 'aria-label');

function fromTag(element: Element, tag: string): Element | null {
  const id = firstOf(element, 'videoid', 'data-videoid', 'video-id');
  if (/^(?:lite-youtube|youtube-video|amp-youtube|lite-yt|x-youtube)$/.test(tag)) return id === '' ? null : frame(`https://www.youtube.com/embed/${id}`, said(element));
  if (/^(?:lite|amp)-vimeo$/.test(tag)) return id === '' ? null : frame(`https://player.vimeo.com/video/${id}`, said(element));
  if (!/^(?:amp-(?:iframe|video|audio)|object)$/.test(tag)) return null;
  const embed = find(element, (one) => one.tagName === 'embed');
  const src = firstOf(element, 'src', 'data') || (embed === null ? '' : (attr(embed, 'src') ?? ''));
  return !/^(?:https?:)?\/\//.test(src) || /\.swf(?:\?|$)/i.test(src) || /pdf|svg/i.test(firstOf(element, 'type')) ? null : frame(src, said(element));
}

function fromNames(element: Element, names: string): Element | null {
  const link = find(element, (one) => one.tagName === 'a');
  if (/(?:^|\s)codepen(?=\s|$)/.test(names)) {
    const [user, pen] = [firstOf(element, 'data-user'), firstOf(element, 'data-slug-hash')];
    return user === '' || pen === '' ? null : frame(`https://codepen.io/${user}/pen/${pen}`, link === null ? '' : textOf(link));
  }
  if (/(?:^|\s)instagram-media(?=\s|$)/.test(names)) {
    const address = firstOf(element, 'data-instgrm-permalink') || (link === null ? '' : (attr(link, 'href') ?? ''));
    return address === '' ? null : frame(address, textOf(find(element, (one) => one.tagName === 'p') ?? element).slice(0, 120));
  }
  const id = firstOf(element, 'data-youtube-id', 'data-ytid', 'data-video-id', 'data-youtube', 'data-id', 'data-vid');
  if (!/^[\w-]{11}$/.test(id) || element.childNodes.length > 8 || textOf(element).length > 80 || find(element, (one) => one.tagName === 'iframe') !== null) return null;
  return frame(`https://www.youtube.com/embed/${id}`, said(element));
}

/** A quoted post: its text stays as it is. */
export const isPost = (element: Element): boolean => element.tagName === 'blockquote' && /(?:^|\s)(?:twitter-tweet|twitter-video|mastodon-embed|bluesky-embed|tiktok-embed|reddit-card|reddit-embed-bq|text-post-media)(?=\s|$)/.test(attr(element, 'class') ?? '');

/** A video, a recording or another page's part as a card that links to it, with its poster where one is known; null for invisible frames and advertisements. */
export function embedOf(element: Element): Element | null {
  const tag = element.tagName;
  const sources = [attr(element, 'src'), attr(element, 'data-src'), attr(element, 'data-lazy-src'), attr(element, 'data-litespeed-src'), ...sourcesIn(element)];
  const source = (sources.find((one) => one !== null && one.trim() !== '' && !/^(?:data|blob|about|javascript):/i.test(one.trim())) ?? '').trim();
  if (source === '' || isInvisible(element)) return null;
  const known = providers.map((provider) => ({ provider, id: provider.match.exec(source)?.[1] })).find(({ id }) => id !== undefined);
  if (known === undefined && noise.test(source)) return null;
  const absolute = source.replace(/^\/\//, 'https://');
  const page = known === undefined ? null : known.provider.page(known.id ?? '');
  const href = page !== null && /^https?:/.test(page) ? page : absolute;
  const kind: Kind = known?.provider.kind ?? (tag === 'audio' || /\.(?:mp3|m4a|ogg|wav|flac)(?:\?|$)/i.test(source) ? 'audio' : tag === 'video' || /player|video|\.(?:mp4|webm|m3u8|mov)(?:\?|$)/i.test(source) ? 'video' : 'page');
  const poster = attr(element, 'poster') ?? attr(element, 'data-poster') ?? (known === undefined ? null : (known.provider.poster?.(known.id ?? '') ?? null));
  const host = URL.parse(href)?.hostname.replace(/^www\./, '') ?? '';
  const said = (attr(element, 'title') ?? attr(element, 'aria-label') ?? attr(element, 'data-title') ?? '').trim();
  const name = said !== '' && !sayNothing.test(said) ? said.slice(0, 200) : nameFrom(href, host, known?.provider.name ?? '');
  const figure = createElement('figure', { 'data-embed': kind });
  const link = (children: Node[]): Element => createElement('a', { href }, children);
  const site = known?.provider.name !== undefined && known.provider.name !== '' ? known.provider.name : host;
  const caption = createElement('figcaption', {}, [link([createText(name)]), ...(site === '' || site === name ? [] : [createText(' '), createElement('small', {}, [createText(site)])])]);
  for (const child of poster === null || poster === '' ? [caption] : [link([createElement('img', { src: poster, alt: name })]), caption]) {
    child.parentNode = figure;
    figure.childNodes.push(child);
  }
  return figure;
}

/** Gives a card the page's own caption: as its name, where it has none but its site's, else below it. */
export function captionCard(card: Element, lines: Node[]): void {
  const caption = card.childNodes.filter(isElement).find((child) => child.tagName === 'figcaption');
  const link = caption?.childNodes.filter(isElement).find((child) => child.tagName === 'a');
  if (caption === undefined || link === undefined) return;
  const text = lines.map((line) => textOf(line)).join(' ').trim();
  const isBare = caption.childNodes.length === 1 && text !== '' && !lines.some((line) => isElement(line) && line.tagName === 'a');
  if (isBare) {
    append(caption, createText(' '));
    append(caption, createElement('small', {}, link.childNodes.slice()));
    append(link, createText(text));
    const poster = find(card, (one) => one.tagName === 'img');
    if (poster !== null) setAttr(poster, 'alt', text);
  } else for (const line of [createElement('br'), ...lines]) append(caption, line);
}

function sourcesIn(element: Element): string[] {
  if (element.tagName !== 'video' && element.tagName !== 'audio') return [];
  const all = element.childNodes.filter((child): child is Element => isElement(child) && child.tagName === 'source').map((one) => attr(one, 'src') ?? attr(one, 'data-src') ?? '').filter((src) => src !== '');
  return all.toSorted((a, b) => Number(/\.mp4/i.test(b)) - Number(/\.mp4/i.test(a)));
}

/** The thing's own name where its address has one: a file's, or the last part of a path; else the site's. */
function nameFrom(href: string, host: string, site: string): string {
  if (site !== '') return site;
  const last = URL.parse(href, 'https://x.invalid')?.pathname.split('/').filter((part) => part !== '').at(-1) ?? '';
  const plain = unescaped(last);
  return plain === '' || plain.length > 80 ? host || href : host === '' || /\.\w{2,4}$/.test(plain) ? plain : `${host}/…/${plain}`;
}

function isInvisible(element: Element): boolean {
  const size = (name: string): number => Number.parseFloat(attr(element, name) ?? '');
  return size('width') <= 2 || size('height') <= 2 || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attr(element, 'style') ?? '') || attr(element, 'hidden') !== null;
}
