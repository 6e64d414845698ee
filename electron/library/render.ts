import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Article } from '../../shared/article.ts';
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
    const html = whole.html.replace(picture, (tag: string, start: string, file: string, ext: string) => {
      const path = filePath(store.root, file);
      if (!existsSync(path)) return tag;
      return `${start}data:image/${mediaTypes[ext] ?? ext};base64,${readFileSync(path).toString('base64')}"`;
    });
    return { text: toPage(whole, html) };
  };

/** Pictures by where they are outside the app: the stored file on this machine (or, `from` their origin, their address there), and the address of one that is missing. */
function withPlaces(store: Store, { html, pictures }: Article, from: 'here' | 'origin'): string {
  const local = html.replace(picture, (_tag: string, start: string, file: string) => {
    const remote = pictures.find((each) => each.state === 'stored' && each.file === file)?.url;
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
