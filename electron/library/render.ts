import { existsSync, readFileSync } from 'node:fs';
import { article } from './articles.ts';
import { filePath } from './storage/files.ts';
import { toMarkdown } from './leave/markdown.ts';
import { toPage } from './leave/page.ts';
import { toText } from './leave/text.ts';
import type { Answer, Store } from './storage/store.ts';

const picture = /(<img src=")\/files\/[0-9a-f]{2}\/([0-9a-f]{64}\.([a-z0-9]{2,5}))"/g;
const mediaTypes: Record<string, string> = { jpg: 'jpeg', svg: 'svg+xml', ico: 'x-icon' };

/** The article as it is handed out. The HTML page carries its pictures inside, so that it is whole wherever it goes. */
export const render =
  (store: Store): Answer<'render'> =>
  ({ id, as }) => {
    const whole = article(store)({ id });
    if (as === 'text') return { text: toText(whole) };
    if (as === 'markdown') return { text: toMarkdown(whole) };
    const html = whole.html.replace(picture, (tag: string, start: string, file: string, ext: string) => {
      const path = filePath(store.root, file);
      if (!existsSync(path)) return tag;
      return `${start}data:image/${mediaTypes[ext] ?? ext};base64,${readFileSync(path).toString('base64')}"`;
    });
    return { text: toPage(whole, html) };
  };
