/** The reading column's width in pixels, doubled for dense screens: a larger candidate would only cost room. */
const wanted = 1_360;

/** The best of a `srcset`: the smallest candidate that fills the column, else the largest; null when it names none. Commas inside addresses are told from separators as the standard does, by the white space. */
export function fromSrcset(text: string): string | null {
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
