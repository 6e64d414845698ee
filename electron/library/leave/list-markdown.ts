import type { Row } from '../../../shared/article.ts';
import { markdownAddress, markdownText } from '../../../shared/markdown-text.ts';
import { linkOf, oneLine, titleOf, type WritesList } from './list-format.ts';

/** The list as Markdown: a title each with its link, site and day, and what it begins with; after it the texts, if wanted. */
export const listMarkdown: WritesList = {
  ending: 'md',
  head: ({ title, description }) => `# ${inMarkdown(title)}\n\n${description === null ? '' : `${description.split(/\n+/).map(inMarkdown).join('\n\n')}\n\n`}`,
  entry: (row) => {
    const url = linkOf(row);
    const title = inMarkdown(titleOf(row));
    const about = inMarkdown(row.note ?? row.excerpt);
    return `- ${url === null ? title : `[${title}](<${markdownAddress(url)}>)`}${facts(row)}\n${about === '' ? '' : `\n  ${about}\n\n`}`;
  },
  middle: '',
  text: (_row, text) => `\n---\n\n${text}`,
  foot: '',
};

function facts(row: Row): string {
  const found = [row.site ?? row.host ?? '', row.addedAt.slice(0, 10)].map(inMarkdown).filter((part) => part !== '');
  return found.length === 0 ? '' : ` · ${found.join(' · ')}`;
}

const inMarkdown = (text: string): string => markdownText(oneLine(text));
