import type { Row } from '../../../shared/article.ts';
import { clean, escaped, linkOf, titleOf, type WritesList } from './list-format.ts';
import { headOf } from './page-head.ts';
import { style } from './page-style.ts';

const own = `
ol.list{list-style:none;padding:0;margin:0}
ol.list>li{border-bottom:1px solid var(--line);padding:.9em 0}
ol.list a{font-weight:600;text-decoration:none}
ol.list a:hover{text-decoration:underline}
ol.list p{margin:.3em 0}
ol.list .excerpt{font-size:.92em}
.about{white-space:pre-line}
article{border-top:1px solid var(--line);margin-top:3em;padding-top:1em}
`.trim();

/**
 * The list as one page that is whole in itself: opens in any browser, runs nothing and asks no network for anything.
 * With texts, each title leads to the article's own text below.
 */
export const listHtml: WritesList = {
  ending: 'html',
  head: ({ title, description, at, count }) => `<!doctype html>
<html>
${headOf(title, `${style}\n${own}`, 'data:')}
<body>
<header>
<h1 dir="auto">${escaped(title)}</h1>
${description === null ? '' : `<p class="about" dir="auto">${escaped(description)}</p>\n`}<p class="facts"><span>${count}</span><span><time datetime="${escaped(at)}">${escaped(at.slice(0, 10))}</time></span></p>
</header>
<ol class="list">
`,
  entry: (row, texts) => {
    const url = texts && row.stage.state === 'ready' ? `#a-${row.id}` : linkOf(row);
    const title = `<bdi>${escaped(titleOf(row))}</bdi>`;
    const about = clean(row.note ?? row.excerpt).trim();
    return `<li${langOf(row)} dir="${row.dir}">${url === null ? `<strong>${title}</strong>` : `<a href="${escaped(url)}">${title}</a>`}
${factsOf(row)}${about === '' ? '' : `<p class="excerpt">${escaped(about)}</p>\n`}</li>
`;
  },
  middle: '</ol>\n',
  text: (row, text) => {
    const url = linkOf(row);
    return `<article id="a-${row.id}"${langOf(row)} dir="${row.dir}">
<h2>${escaped(titleOf(row))}</h2>
${factsOf(row)}${url === null ? '' : `<p class="original"><a href="${escaped(url)}">${escaped(url)}</a></p>\n`}${withOwnNames(text, row.id)}
</article>
`;
  },
  foot: `</body>
</html>
`,
};

const langOf = (row: Row): string => (row.lang === null ? '' : ` lang="${escaped(row.lang)}"`);

function factsOf(row: Row): string {
  const parts = [row.site ?? row.host, row.byline].flatMap((part) => (part ? [`<span><bdi>${escaped(part)}</bdi></span>`] : []));
  const day = row.publishedAt?.local.slice(0, 10) ?? row.addedAt.slice(0, 10);
  return `<p class="facts">${[...parts, `<span><time datetime="${escaped(day)}">${escaped(day)}</time></span>`].join('\n')}</p>\n`;
}

const tag = /<[a-z](?:"[^"]*"|'[^']*'|[^"'<>])*>/gi;

/** Two texts may both have a note `l-1`: in one page each text's names are its own. */
function withOwnNames(html: string, id: string): string {
  return html.replace(tag, (whole) => whole.replace(/(\s(?:id|headers|for)="|\shref="#)(?=l-)/g, `$1${id}-`));
}
