import { type BroughtAll, dateOf, deepest, type Found, gather, unescaped } from './brought.ts';

/** A tag's signs outside quotes are counted: what a pattern may have to go back over is kept in a stack of its own. */
const outline = /<(?<close>\/?)outline\b(?<attributes>(?:[^<>"']|"[^"]*"|'[^']*'){0,50000}?)(?<empty>\/?)>/gi;

/** Links and feeds of an OPML list (OPML 2.0, opml.org/spec2.opml); of a feed the site it belongs to. Null where no link is in it. */
export function readOpml(text: string): BroughtAll | null {
  const folders: string[] = [];
  const found: Found[] = [];
  for (const { groups = {} } of text.matchAll(outline)) {
    if (groups['close'] === '/') {
      folders.pop();
      continue;
    }
    const at = (name: string): string => {
      const value = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(groups['attributes'] ?? '');
      return unescaped(value?.[1] ?? value?.[2] ?? '').trim();
    };
    const name = at('text') || at('title');
    const url = at('url') || at('htmlUrl') || at('xmlUrl');
    if (url !== '') {
      const created = Date.parse(at('created'));
      found.push({
        url, title: name, note: at('description'), at: Number.isNaN(created) ? null : dateOf(String(created)), folder: folders.slice(0, deepest).filter((folder) => folder !== ''),
        tags: at('category').split(',').map((path) => path.replace(/^\/+/, '')),
      });
    }
    if (groups['empty'] !== '/') folders.push(url === '' ? name : '');
  }
  return found.length === 0 ? null : gather('opml', found);
}
