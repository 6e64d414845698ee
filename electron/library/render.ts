import { existsSync, readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Article, ArticleId } from '../../shared/article.ts';
import { article } from './articles.ts';
import { filePath } from './storage/files.ts';
import { toMarkdown } from './leave/markdown.ts';
import { toFragment } from './leave/fragment.ts';
import { toPage } from './leave/page.ts';
import { toText } from './leave/text.ts';
import type { Answer, Store } from './storage/store.ts';

const picture = /(<img src=")\/files\/[0-9a-f]{2}\/([0-9a-f]{64}\.([a-z0-9]{2,5}))"/g;
const missing = /<img((?: [a-z-]+="[^"]*")*?) data-missing="(\d{1,6})"/g;
const mediaTypes: Record<string, string> = { jpg: 'jpeg', svg: 'svg+xml', ico: 'x-icon' };

/** The article as it is handed out. The HTML page carries its pictures inside, so that it is whole wherever it goes. */
export const render =
  (store: Store): Answer<'render'> =>
  ({ id, as, pictures }) => {
    const whole = article(store)({ id });
    if (as === 'text') return { text: toText(whole) };
    if (as === 'markdown') return { text: toMarkdown({ ...whole, html: withPlaces(store, whole, pictures) }) };
    if (as === 'fragment') return { text: toFragment({ ...whole, html: withPlaces(store, whole, 'origin') }) };
    return { text: toPage(whole, withPictures(store, whole.html)) };
  };

/**
 * An article's text as a part of a list's file: Markdown whole, or the HTML of its body with its pictures inside, as long as
 * they are no more than `room` bytes. `bytes` is what they took.
 */
export function renderForList(store: Store, id: ArticleId, as: 'markdown' | 'html', room: number): { text: string; bytes: number } {
  if (as === 'markdown') return { text: render(store)({ id, as, pictures: 'origin' }).text, bytes: 0 };
  let bytes = 0;
  const text = withPictures(store, article(store)({ id }).html, (size) => {
    if (bytes + size > room) return false;
    bytes += size;
    return true;
  });
  return { text, bytes };
}

/** Pictures inside the page; one that is not there, or may not come in, stays an empty place with its description. */
function withPictures(store: Store, html: string, mayComeIn: (bytes: number) => boolean = () => true): string {
  return html.replace(picture, (tag: string, start: string, file: string, ext: string) => {
    const path = filePath(store.root, file);
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size === undefined) return tag;
    if (!mayComeIn(size)) return '<img data-missing="-1"';
    return `${start}data:image/${mediaTypes[ext] ?? ext};base64,${readFileSync(path).toString('base64')}"`;
  });
}

/** Pictures by where they are outside the app: the stored file on this machine (or, `from` their origin, their address there), and the address of one that is missing. */
function withPlaces(store: Store, { html, pictures }: Article, from: 'here' | 'origin'): string {
  const local = html.replace(picture, (_tag: string, start: string, file: string) => {
    const remote = pictures.find((each) => each.state === 'stored' && each.file === file)?.url;
    // Text that goes elsewhere says nothing of where this machine keeps its files.
    if (from === 'origin' && remote === undefined) return '<img data-missing="-1"';
    const path = filePath(store.root, file);
    return `${start}${remote !== undefined && (from === 'origin' || !existsSync(path)) ? escaped(remote) : inMarkdown(pathToFileURL(path).href)}"`;
  });
  return local.replace(missing, (tag: string, others: string, index: string) => {
    const remote = pictures[Number(index)]?.url;
    return remote === undefined || others.includes(' src="') ? tag : `<img src="${escaped(remote)}"${others}`;
  });
}

/** Parentheses and quotes would end the address where Markdown looks for its end. */
const inMarkdown = (url: string): string => url.replace(/[()']/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
const escaped = (url: string): string => inMarkdown(url).replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
