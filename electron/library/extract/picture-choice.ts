import { attr, isElement, type Element } from './tree.ts';

/* Which of a picture's candidates is kept: the one a browser would show in a comfortable reading column on a dense screen.
 * What `sizes` says is about the page's own layout, which the article leaves behind. */

/** The reading column's width in CSS pixels; twice as many are wanted, for dense screens. */
const column = 680;
/** Formats that every reader of a stored article can show. */
const shown = /^image\/(?:avif|webp|a?png|jpe?g|gif|svg\+xml|bmp|x-icon)\b/i;
const placeholderFile = /(?:blank|placeholder|spacer|loading|lazy|pixel|grey|gray|transparent|default|1x1)[^/]*\.(?:gif|png|svg|jpe?g|webp)/i;

/** Whether an address only keeps the room until a script puts the picture there. */
export const isPlaceholder = (src: string): boolean => src === '' || /^(?:data:|about:|lectern-data:)/i.test(src) || placeholderFile.test(src);

/**
 * The best of a `srcset`: the smallest candidate with the pixels wanted, else the largest; null when it names none. Commas
 * inside addresses are told from separators as the standard does, by the white space.
 */
export function fromSrcset(text: string): string | null {
  const wanted = column * 2;
  let best: { url: string; width: number } | null = null;
  for (const found of text.matchAll(/\s*,*\s*(\S*[^\s,])(?:\s+([^,]+))?\s*(?:,|$)/g)) {
    const url = found[1] ?? '';
    // Of addresses with a scheme only the web's; data: and others are placeholders here.
    if (/^[a-z][a-z\d+.-]*:/i.test(url) && !/^https?:/i.test(url)) continue;
    const size = /(\d+(?:\.\d+)?)([wx])/.exec(found[2] ?? '1x');
    // Without a column width to go by, one density step counts as half of what is wanted.
    const width = size?.[2] === 'w' ? Number(size[1]) : Number(size?.[1] ?? 1) * (wanted / 2);
    const better = best === null || (best.width < wanted ? width > best.width : width >= wanted && width < best.width);
    if (better) best = { url, width };
  }
  return best?.url ?? null;
}

/** Of a `<picture>`, the first source of a known format and fitting condition, with the address chosen from it; null for its `<img>`. */
export function fittingSource(picture: Element): { source: Element; src: string } | null {
  for (const source of picture.childNodes) {
    if (!isElement(source) || source.tagName !== 'source' || !shown.test(attr(source, 'type') ?? 'image/png') || !mediaFits(attr(source, 'media') ?? '')) continue;
    const set = attr(source, 'srcset') ?? attr(source, 'data-srcset') ?? attr(source, 'data-lazy-srcset') ?? '';
    const src = fromSrcset(set) ?? attr(source, 'src') ?? '';
    if (!isPlaceholder(src)) return { source, src };
  }
  return null;
}

/** Whether a window with a comfortable reading column fulfils the condition; what is for paper, phones or the dark is not for us. */
function mediaFits(media: string): boolean {
  if (/\bprint\b|prefers-color-scheme\s*:\s*dark|prefers-reduced-motion|orientation\s*:\s*portrait/i.test(media)) return false;
  const least = [...media.matchAll(/min-width\s*:\s*(\d+(?:\.\d+)?)(px|em|rem)/gi)].map(inPixels);
  const most = [...media.matchAll(/max-width\s*:\s*(\d+(?:\.\d+)?)(px|em|rem)/gi)].map(inPixels);
  return least.every((each) => each <= column * 2) && most.every((each) => each >= column * 1.5);
}

const inPixels = ([, number = '0', unit = 'px']: RegExpMatchArray): number => Number(number) * (unit.toLowerCase() === 'px' ? 1 : 16);
