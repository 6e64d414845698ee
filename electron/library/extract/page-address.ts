import { addressKey } from '../../../shared/url.ts';

/** An address read as page `n` of what stands at `stem`; every address is also page 1 of itself. `inPath` is where the number stands. */
type Form = { stem: string; n: number; inPath: boolean };

const pageNames = /^(?:page|p|pg|pn|paged|page_?no|page_?num(?:ber)?|page_?index|cur_?page|current_?page|seite|pagina|part)$/i;
/** A hyphen counts only before an ending: without one it tells two addresses of the same name apart, as blogs do. */
const pageEnd = /^(.*?)(?:[/_,~](?:(?:p|pg|seite|teil|part)[/_-]?)?(\d{1,3})(\.[a-z]{2,5})?|-(?:(?:page|p|pg|seite|teil|part)[_-]?)?(\d{1,3})(\.[a-z]{2,5}))$/i;
const front = /\/(?:index|default)\.[a-z]{2,5}$/i;

/**
 * Whether `next` can only be the page after `current` of what begins at `first`: the same address but for a page number
 * that is one higher (`?page=2`, `_2.html`, `/2/`, and `_1.html` where counting begins at the second page). Not `/page/2/`,
 * which is how lists and forums go on.
 */
export function followsOn(first: string, current: string, next: string): boolean {
  const begins = new Set(formsOf(first).filter(({ n }) => n <= 1).map(({ stem }) => stem));
  const numbered = numberedForms(next).filter(({ stem }) => begins.has(stem));
  if (numbered.length === 0) return false;
  if (keyOf(current) === keyOf(first)) return keyOf(next) !== keyOf(first) && numbered.some(({ n, inPath }) => n === 2 || (n === 1 && inPath));
  const here = numberedForms(current);
  return numbered.some(({ stem, n }) => here.some((form) => form.stem === stem && form.n === n - 1));
}

const keyOf = (address: string): string => (addressKey(address) ?? '').replace(/^www\./, '').replace(front, '');

const formsOf = (address: string): Form[] => [{ stem: keyOf(address), n: 1, inPath: false }, ...numberedForms(address)];

function numberedForms(address: string): Form[] {
  const key = keyOf(address);
  const [path = '', query = ''] = key.split(/\?(.*)/s);
  const forms: Form[] = [];
  const parts = query === '' ? [] : query.split('&');
  for (const [i, part] of parts.entries()) {
    const [name = '', value = ''] = part.split('=');
    if (!pageNames.test(name) || !/^\d{1,3}$/.test(value)) continue;
    const rest = parts.filter((_, k) => k !== i).join('&');
    forms.push({ stem: rest === '' ? path.replace(/\/+$/, '') : `${path}?${rest}`, n: Number(value), inPath: false });
  }
  const found = pageEnd.exec(path);
  if (found !== null) {
    const [, before = '', slashed, slashedEnding, hyphened, hyphenedEnding] = found;
    const ending = slashedEnding ?? hyphenedEnding ?? '';
    const end = query === '' ? '' : `?${query}`;
    // Its own ending, none, and that of the first page where only the further ones stand in a folder.
    for (const stem of new Set([before + ending, before])) forms.push({ stem: `${stem.replace(front, '').replace(/\/+$/, '')}${end}`, n: Number(slashed ?? hyphened), inPath: true });
  }
  return forms;
}
