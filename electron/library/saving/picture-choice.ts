/** What an image says of where it is: `lazy` is the address a script would have put in place. All addresses absolute. */
export type PictureSources = { src: string | null; srcset: string | null; lazy: string | null };

/** The reading column's width in pixels, doubled for dense screens: a larger candidate would only cost room. */
const wanted = 1_360;

/** The address to fetch: the smallest candidate that fills the column, else the largest; null when there is none. */
export function chosenSource({ src, srcset, lazy }: PictureSources): string | null {
  const best = fromSrcset(srcset ?? '');
  const plain = [lazy, src].find((each) => each !== null && /^(?:https?:|data:image\/)/i.test(each)) ?? null;
  // A tiny data: picture beside real candidates only holds the room until the script comes.
  return best ?? plain;
}

/** The best of a `srcset`; commas inside addresses are told from separators as the standard does, by the white space. */
function fromSrcset(text: string): string | null {
  let best: { url: string; width: number } | null = null;
  for (const found of text.matchAll(/\s*,*\s*(\S*[^\s,])(?:\s+([^,]+))?\s*(?:,|$)/g)) {
    const url = found[1] ?? '';
    if (!/^https?:/i.test(url)) continue;
    const size = /(\d+(?:\.\d+)?)([wx])/.exec(found[2] ?? '1x');
    // Without a column width to go by, one density step counts as half of what is wanted.
    const width = size?.[2] === 'w' ? Number(size[1]) : Number(size?.[1] ?? 1) * (wanted / 2);
    const better = best === null || (best.width < wanted ? width > best.width : width >= wanted && width < best.width);
    if (better) best = { url, width };
  }
  return best?.url ?? null;
}
