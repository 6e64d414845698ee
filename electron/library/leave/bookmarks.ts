import type { Row } from '../../../shared/article.ts';
import { escaped, linkOf, oneLine, titleOf, type WritesList } from './list-format.ts';

const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1_000) || 0;

/**
 * The bookmarks file that every browser and bookmarking service reads: one folder, each article with its address, the time
 * of saving, tags and note. What has no address cannot be one.
 */
export const bookmarksFile: WritesList = {
  ending: 'bookmarks.html',
  head: ({ title, description, at }) => `<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="${seconds(at)}">${escaped(oneLine(title))}</H3>
${description === null ? '' : `    <DD>${escaped(oneLine(description))}\n`}    <DL><p>
`,
  entry: (row) => {
    const url = linkOf(row);
    if (url === null) return '';
    const tags = row.tags.length === 0 ? '' : ` TAGS="${escaped(row.tags.join(','))}"`;
    const about = oneLine(row.note ?? row.excerpt);
    return `        <DT><A HREF="${escaped(url)}" ADD_DATE="${seconds(row.addedAt)}"${tags} TOREAD="${toRead(row)}">${escaped(titleOf(row))}</A>
${about === '' ? '' : `        <DD>${escaped(about)}\n`}`;
  },
  foot: `    </DL><p>
</DL><p>
`,
};

const toRead = (row: Row): 0 | 1 => (row.finishedAt === null && !row.archived ? 1 : 0);
