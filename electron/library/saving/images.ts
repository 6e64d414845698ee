import { type DefaultTreeAdapterMap, defaultTreeAdapter as tree, parseFragment, serialize } from 'parse5';
import type { Picture } from '../../../shared/article.ts';
import { FailureError } from '../../../shared/failure.ts';
import { fileAddress } from '../storage/files.ts';
import { type Declared, fetchBy, fetchPicture, type FetchTask, type Kept, missing, type PictureLimits, pictureLimits, shortened } from './picture-fetch.ts';
import { unmask } from './stand-ins.ts';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];
type Fragment = DefaultTreeAdapterMap['documentFragment'];

/** What to do: `html` is sanitised; `earlier` are the pictures of a former round, into which `data-missing` points. */
export type PictureTask = FetchTask & {
  html: string;
  /** Absolute address of the page's lead picture, kept for lists even when the body does not show it. */
  lead: string | null;
  earlier?: Picture[];
  /** False leaves every picture out, each with a placeholder that can be filled later. */
  keep: boolean;
  limits?: Partial<PictureLimits>;
  onProgress?(done: number, of: number): void;
};

/** `html` has every picture stored or a placeholder; `shown` of them, `stored` are here; `bytes` is what those weigh. */
export type PictureResult = { html: string; pictures: Picture[]; shown: number; stored: number; bytes: number };

/** Fetches, checks and stores an article's pictures and points the body at them. Only storage failures and `cancelled` are thrown. */
export async function keepPictures(task: PictureTask): Promise<PictureResult> {
  // A long text without pictures need not be taken apart: that would hold up everybody else.
  const plain = !/<img\b/i.test(task.html);
  const fragment = parseFragment(plain ? '' : task.html);
  const images = imagesOf(fragment);
  const earlier = new Map((task.earlier ?? []).map((picture) => [picture.url, picture]));
  const sources = new Map<Element, string>();
  const dropped = new Set<Node>();
  for (const image of images) {
    const source = sourceOf(image, task.earlier ?? []);
    if (source === null) dropped.add(image);
    else if (source !== 'stored') sources.set(image, source);
  }
  const addresses = [...new Set(sources.values())];
  const withLead = task.lead === null || addresses.includes(task.lead) || earlier.has(task.lead) ? addresses : [...addresses, task.lead];
  const results = task.keep ? await fetchAll(withLead, task, declaredSizes(sources)) : new Map(addresses.map((url) => [url, missing(url, { kind: 'pictures-off' })]));
  const pictures = inOrder(task.earlier ?? [], addresses, results);
  const index = new Map(pictures.map((picture, i) => [picture.url, i]));
  for (const [image, source] of sources) {
    const result = results.get(source);
    if (result === undefined || result.state === 'dropped') dropped.add(image);
    else if (result.state === 'stored') showStored(image, result);
    else showMissing(image, index.get(shortened(source)) ?? 0);
  }
  if (dropped.size > 0) takeOut(fragment, dropped);
  // Counted on the finished page: a lead picture that only lists show is no promise about the article.
  const onPage = new Set(imagesOf(fragment).map((image) => get(image, 'src')));
  const counted = pictures.filter((picture) => picture.state === 'missing' || onPage.has(`/files/${fileAddress(picture.file)}`));
  const shown = counted.length;
  const stored = counted.filter((picture) => picture.state === 'stored').length;
  const bytes = pictures.reduce((sum, picture) => sum + (picture.state === 'stored' ? picture.bytes : 0), 0);
  const lead = task.lead === null ? undefined : results.get(task.lead);
  const leadIsNew = lead?.state === 'stored' && !pictures.some((picture) => picture.url === lead.url);
  return { html: plain ? task.html : serialize(fragment), pictures: leadIsNew ? [...pictures, lead] : pictures, shown, stored, bytes };
}

function inOrder(earlier: Picture[], addresses: string[], results: Map<string, Kept>): Picture[] {
  const found = new Map<string, Picture>();
  const add = (kept: Kept | undefined) => {
    if (kept && kept.state !== 'dropped' && !found.has(kept.url)) found.set(kept.url, kept);
  };
  for (const picture of earlier) add(results.get(picture.url) ?? picture);
  for (const url of addresses) add(results.get(url));
  return [...found.values()];
}

async function fetchAll(addresses: string[], task: PictureTask, declared: ReadonlyMap<string, Declared[]>): Promise<Map<string, Kept>> {
  const limits = { ...pictureLimits, ...task.limits };
  const results = new Map<string, Kept>();
  let next = 0;
  let bytes = 0;
  async function work(): Promise<void> {
    for (let url = addresses[next++]; url !== undefined; url = addresses[next++]) {
      if (task.signal?.aborted) throw new FailureError({ kind: 'cancelled' });
      const result =
        results.size >= limits.count ? missing(url, { kind: 'too-many-pictures', limit: limits.count })
        : bytes >= limits.article ? missing(url, { kind: 'pictures-too-large', limit: limits.article })
        : await fetchPicture(url, task, limits, declared.get(url) ?? []);
      if (result.state === 'stored') bytes += result.bytes;
      results.set(url, result);
      task.onProgress?.(results.size, addresses.length);
    }
  }
  task.onProgress?.(0, addresses.length);
  await Promise.all(Array.from({ length: Math.min(limits.atOnce, addresses.length) }, work));
  await unmask(results, declared, async (url, way) => {
    if (task.signal?.aborted) throw new FailureError({ kind: 'cancelled' });
    // What is asked for another way counts like the rest.
    if (bytes >= limits.article) return null;
    const kept = await fetchBy(url, way, task, limits, declared.get(url) ?? []);
    if (kept?.state === 'stored') bytes += kept.bytes;
    return kept;
  });
  return results;
}

/** The sizes the page gives each address, wherever it shows it. */
function declaredSizes(sources: ReadonlyMap<Element, string>): Map<string, Declared[]> {
  const sizes = new Map<string, Declared[]>();
  for (const [image, url] of sources) {
    const size = { width: pixels(get(image, 'width')), height: pixels(get(image, 'height')) };
    const known = sizes.get(url);
    if (known === undefined) sizes.set(url, [size]);
    else known.push(size);
  }
  return sizes;
}

/** An image's address, `stored` when it has been kept before, or null when it is no picture to keep. */
function sourceOf(image: Element, earlier: Picture[]): string | 'stored' | null {
  const src = get(image, 'src');
  if (src?.startsWith('/files/')) return 'stored';
  const before = earlier[Number(get(image, 'data-missing') ?? Number.NaN)];
  if (before) return before.url;
  if (isPixel(get(image, 'width')) && isPixel(get(image, 'height'))) return null;
  // Which of a page's candidates it is, extraction has chosen.
  return src !== null && /^(?:https?:|data:image\/)/i.test(src) ? src : null;
}

function isPixel(length: string | null): boolean {
  return length !== null && /^\s*[012](?:px)?\s*$/.test(length);
}

function showStored(image: Element, picture: Picture & { state: 'stored' }): void {
  const size = shownSize(image, picture);
  // `src` first: `leave/page.ts` relies on it.
  image.attrs = [
    { name: 'src', value: `/files/${fileAddress(picture.file)}` },
    { name: 'alt', value: get(image, 'alt') ?? '' },
    ...optional(image, ['title']),
    ...(size === null ? [] : [{ name: 'width', value: String(size.width) }, { name: 'height', value: String(size.height) }]),
  ];
}

function showMissing(image: Element, index: number): void {
  image.attrs = [
    { name: 'alt', value: get(image, 'alt') ?? '' },
    ...optional(image, ['title', 'width', 'height']),
    { name: 'data-missing', value: String(index) },
  ];
}

/** The page's own size where it only shrinks the picture (formulas, icons, double-density pictures), else the measured one. */
function shownSize(image: Element, { width, height }: { width: number | null; height: number | null }): { width: number; height: number } | null {
  const declared = { width: pixels(get(image, 'width')), height: pixels(get(image, 'height')) };
  if (width === null || height === null) return declared.width === null || declared.height === null ? null : { width: declared.width, height: declared.height };
  const scale = declared.width !== null ? declared.width / width : declared.height !== null ? declared.height / height : 1;
  const both = declared.width !== null && declared.height !== null;
  const distorted = both && Math.abs((declared.width ?? 1) / width / ((declared.height ?? 1) / height) - 1) > 0.05;
  if (!(scale > 0 && scale < 1) || distorted) return { width, height };
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function pixels(length: string | null): number | null {
  const found = /^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(length ?? '');
  return found ? Number(found[1]) || null : null;
}

function optional(image: Element, names: string[]): Array<{ name: string; value: string }> {
  return names.flatMap((name) => {
    const value = get(image, name);
    return value === null ? [] : [{ name, value }];
  });
}

const holders = new Set(['a', 'p', 'figure', 'picture', 'span', 'div']);

/** Takes these pictures out, and the figures, links and paragraphs that only held them; true when anything went. All in one walk: a page may have tens of thousands. */
function takeOut(parent: Fragment | Element, dropped: ReadonlySet<Node>): boolean {
  const before = parent.childNodes.length;
  let changed = false;
  parent.childNodes = parent.childNodes.filter((child) => {
    if (!tree.isElementNode(child)) return true;
    if (dropped.has(child)) return false;
    const less = takeOut(child, dropped);
    changed ||= less;
    return !(less && holders.has(child.tagName) && child.childNodes.every((each) => tree.isTextNode(each) && each.value.trim() === ''));
  });
  return changed || parent.childNodes.length < before;
}

function imagesOf(fragment: Fragment): Element[] {
  const found: Element[] = [];
  const waiting: Node[] = [fragment];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (tree.isElementNode(node) && node.tagName === 'img') found.push(node);
    if ('childNodes' in node) for (let i = node.childNodes.length - 1; i >= 0; i--) waiting.push(node.childNodes[i] as Node);
  }
  return found;
}

function get(element: Element, name: string): string | null {
  return element.attrs.find((each) => each.name === name)?.value ?? null;
}
