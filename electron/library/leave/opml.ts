import { escaped, linkOf, oneLine, titleOf, type WritesList } from './list-format.ts';

/** A time as OPML wants it (RFC 822). */
const time = (iso: string): string => (Number.isNaN(Date.parse(iso)) ? '' : new Date(iso).toUTCString());

/** A tag as one of OPML's categories: a path from its root. Commas part them, and no tag has one. */
const category = (tag: string): string => `/${oneLine(tag)}`;

/** OPML 2.0: one outline for the list, in it one of type `link` for each article. */
export const opml: WritesList = {
  ending: 'opml',
  head: ({ title, description, at }) => `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>${escaped(oneLine(title))}</title>
    <dateCreated>${time(at)}</dateCreated>
  </head>
  <body>
    <outline text="${escaped(oneLine(title))}"${attribute('description', description ?? '')}>
`,
  entry: (row) => {
    const url = linkOf(row);
    const about = row.note ?? row.excerpt;
    return `      <outline${url === null ? '' : ` type="link" url="${escaped(url)}"`} text="${escaped(titleOf(row))}" created="${time(row.addedAt)}"${attribute('category', row.tags.map(category).join(','))}${attribute('language', row.lang ?? '')}${attribute('description', about)}/>
`;
  },
  foot: `    </outline>
  </body>
</opml>
`,
};

function attribute(name: string, value: string): string {
  const text = oneLine(value);
  return text === '' ? '' : ` ${name}="${escaped(text)}"`;
}
