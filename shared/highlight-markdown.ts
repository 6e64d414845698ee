import type { ArticleId } from './article.ts';
import type { Highlight, HighlightColour } from './highlight.ts';
import { lecternLink, quoteAddress } from './highlight-link.ts';
import { markdownAddress, markdownText } from './markdown-text.ts';

/** A square of a highlight's colour, which every reader of Markdown can show. */
const squares: Record<HighlightColour, string> = { yellow: '🟨', green: '🟩', blue: '🟦', pink: '🟥', purple: '🟪' };

type Source = { id: ArticleId; title: string; url: string | null; host: string | null; site: string | null; byline: string | null };

/** One article's highlights as Markdown: each quote with its note, and links back to it in Lectern and on the page. */
export function highlightsAsMarkdown(source: Source, highlights: readonly Highlight[]): string {
  const origin = [source.byline && markdownText(source.byline), source.url === null ? source.site && markdownText(source.site) : `[${markdownText(source.site ?? source.host ?? source.url)}](<${markdownAddress(source.url)}>)`, `[Lectern](${lecternLink(source.id)})`];
  const head = `# ${markdownText(source.title)}\n\n${origin.filter((part) => part !== null && part !== '').join(' · ')}`;
  return `${[head, ...highlights.map((highlight) => one(source, highlight))].join('\n\n')}\n`;
}

function one(source: Source, { anchor, colour, note, id }: Highlight): string {
  const links = [`[Lectern](${lecternLink(source.id, id)})`, ...(source.url === null ? [] : [`[${markdownText(source.host ?? source.url)}](<${markdownAddress(quoteAddress(source.url, anchor.quote))}>)`])];
  return [quoted(anchor.quote), ...(note === '' ? [] : [note.split('\n').map((line) => line.trimEnd()).join('\n')]), `${squares[colour]} ${links.join(' · ')}`].join('\n\n');
}

/** A quote with where it is from, to be pasted elsewhere. */
export function quoteWithSource(source: Pick<Source, 'title' | 'url'>, quote: string): string {
  const title = markdownText(source.title);
  return `${quoted(quote)}\n>\n> — ${source.url === null ? title : `[${title}](<${markdownAddress(quoteAddress(source.url, quote))}>)`}\n`;
}

const quoted = (text: string): string => text.split(/\r\n?|\n/).map((line) => `> ${escaped(line)}`).join('\n');

/** Signs that Markdown would take for its own are kept as signs. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>&|~]/g, '\\$&').replace(/^(\s*)([#+-])/, '$1\\$2').replace(/^(\s*\d+)([.)])/, '$1\\$2');
}
