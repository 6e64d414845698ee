import { attr, isElement, setAttr, type Element } from './tree.ts';

const lazyNames = /^(?:data-(?:src|original|lazy-src|lazy|actualsrc|original-src|echo|url|srcset|lazy-srcset|image|img|hi-res-src|full-src|s|ks-lazyload|orig-file|large-file)|_src|original|file|zoomfile|lazysrc|lay-src)$/;
const imageLike = /\.(?:jpe?g|png|gif|webp|avif|bmp|svg)(?:[?#!@_].*)?$|[?&](?:wx_fmt|format|fmt)=|\/(?:image|img|photo|media|upload)s?\//i;

/** The reading column's width in CSS pixels; twice as many are wanted, for dense screens. */
const column = 680;
/** Formats that every reader of a stored article can show. */
const shown = /^image\/(?:avif|webp|png|jpe?g|gif|svg\+xml|bmp|x-icon)\b/i;

/** Gives a picture its real address: lazy attributes before a placeholder, and of several sizes the one for the reading column. */
export function wakePicture(element: Element): void {
  const src = attr(element, 'src') ?? '';
  const placeholder = src === '' || /^(?:data:|about:)/i.test(src) || src.startsWith('lectern-data:') || /(?:blank|placeholder|spacer|loading|lazy|pixel|grey|gray|transparent|default|1x1)[^/]*\.(?:gif|png|svg|jpe?g|webp)/i.test(src);
  let set = attr(element, 'srcset') ?? '';
  let real: string | null = null;
  for (const { name, value } of element.attrs) {
    if (!lazyNames.test(name) || value.trim() === '') continue;
    if (name.endsWith('srcset')) set ||= value;
    else if (/^(?:https?:)?\/\/\S+$|^[\w./%~-]+\S*$/.test(value.trim()) && (imageLike.test(value) || name === 'data-src' || placeholder)) real ??= value.trim();
  }
  const best = set === '' ? null : fromSrcset(set, wantedBy(attr(element, 'sizes') ?? attr(element, 'data-sizes')));
  if (real !== null) setAttr(element, 'src', real);
  else if (best !== null && (placeholder || element.tagName === 'source' || !/^data:/i.test(best))) setAttr(element, 'src', best);
  keepShape(element);
}

/** The size some editors state beside the picture's address, for the room it takes. */
function keepShape(element: Element): void {
  const width = Number(attr(element, 'data-w') ?? Number.NaN);
  const ratio = Number(attr(element, 'data-ratio') ?? Number.NaN);
  if (!(width > 0 && width < 20_000 && ratio > 0 && ratio < 50) || attr(element, 'width') !== null || attr(element, 'height') !== null) return;
  setAttr(element, 'width', String(Math.round(width)));
  setAttr(element, 'height', String(Math.max(1, Math.round(width * ratio))));
}

/** Of a `<picture>`, what a browser would show in the reading column: its first source of a known format and fitting condition. */
export function choosePicture(element: Element): void {
  const sources = element.childNodes.filter((child): child is Element => isElement(child) && child.tagName === 'source');
  const image = element.childNodes.find((child): child is Element => isElement(child) && child.tagName === 'img');
  if (image === undefined) return;
  const fits = (source: Element): boolean => shown.test(attr(source, 'type') ?? 'image/png') && mediaFits(attr(source, 'media') ?? '');
  for (const source of sources.filter(fits)) {
    const set = attr(source, 'srcset') ?? attr(source, 'data-srcset') ?? attr(source, 'data-lazy-srcset') ?? '';
    const best = fromSrcset(set, wantedBy(attr(source, 'sizes') ?? attr(image, 'sizes')));
    if (best === null || /^(?:data:|about:|lectern-data:)/i.test(best)) continue;
    setAttr(image, 'src', best);
    for (const name of ['width', 'height']) {
      const length = attr(source, name);
      if (length !== null) setAttr(image, name, length);
    }
    return;
  }
}

/** Whether a window with a comfortable reading column fulfils the condition; what is for paper, phones or the dark is not for us. */
function mediaFits(media: string): boolean {
  if (/\bprint\b|prefers-color-scheme\s*:\s*dark|orientation\s*:\s*portrait/i.test(media)) return false;
  const least = [...media.matchAll(/min-width\s*:\s*(\d+(?:\.\d+)?)(px|em|rem)/gi)].map(inPixels);
  const most = [...media.matchAll(/max-width\s*:\s*(\d+(?:\.\d+)?)(px|em|rem)/gi)].map(inPixels);
  return least.every((each) => each <= column * 2) && most.every((each) => each >= column * 1.5);
}

const inPixels = ([, number = '0', unit = 'px']: RegExpMatchArray): number => Number(number) * (unit.toLowerCase() === 'px' ? 1 : 16);

/** The pixels wanted: twice the width that `sizes` gives the picture in a wide window, where it gives one, else twice the column. */
function wantedBy(sizes: string | null): number {
  const last = /(?:^|,)\s*(\d+(?:\.\d+)?)(px|em|rem)\s*$/i.exec(sizes ?? '');
  return last === null ? column * 2 : Math.min(column * 2, Math.max(column / 2, inPixels(last) * 2));
}

/** The smallest candidate with the pixels wanted, else the largest. Commas inside addresses are respected. */
export function fromSrcset(set: string, wanted: number = column * 2): string | null {
  let best: { url: string; size: number } | null = null;
  for (const match of set.matchAll(/\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]+)([wxh]))?\s*(?:,|$)/g)) {
    const url = match[1] ?? '';
    const size = match[2] === undefined ? wanted / 2 : Number(match[2]) * (match[3] === 'x' ? wanted / 2 : 1);
    if (best === null || (best.size < wanted ? size > best.size : size >= wanted && size < best.size)) best = { url, size };
  }
  return best?.url ?? null;
}
