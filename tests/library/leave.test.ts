import { expect, test } from 'vitest';
import { toMarkdown } from '../../electron/library/leave/markdown.ts';
import { toText } from '../../electron/library/leave/text.ts';
import type { Article } from '../../shared/article.ts';

const article = (html: string): Article => ({
  id: '00000000000000000000', url: 'https://s.example/a_(b)', title: 'The  title', host: 's.example', site: 'S [1]', byline: 'Ida Marrow', excerpt: '', leadPicture: null, icon: null, note: null,
  publishedAt: { local: '2024-06-03T16:39:01', offset: '+08:00', assumed: true }, addedAt: '2024-06-04T00:00:00Z', lang: 'en', dir: 'ltr', minutes: 1, progress: 0, tags: [], favourite: false, archived: false,
  thumb: false, startedAt: null, readAt: null, favouritedAt: null, archivedAt: null, finishedAt: null, trashedAt: null, stage: { state: 'ready' }, html, words: 1, source: null, modifiedAt: null, breadcrumb: [], offeredTags: [], resources: [], links: null, pictures: [], certificate: null, pages: null, place: null, look: {}, copies: [], damaged: [],
});

test('Markdown keeps headings, emphasis, code with its language, tables, captions, footnotes and formulas', () => {
  const html =
    '<h2>Part</h2><p>Some <b>bold</b> *stars*<sup id="l-r"><a href="#l-n">[1]</a></sup> and <math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math>.</p>' +
    '<pre data-lang="js"><code>let a = `b`;\n```\n</code></pre><table><caption>C</caption><tbody><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td><p>x</p><p>y</p></td></tr></tbody></table>' +
    '<figure><img src="https://i.example/x.png" alt="pic"><figcaption>Cap <em>tion</em></figcaption></figure><ul><li>one</li></ul><p>H<sub>2</sub>O <del>no</del></p><ol><li id="l-n">A note. <a href="#l-r">↩</a></li></ol>';
  expect(toMarkdown(article(html))).toBe(`# The title

Ida Marrow · 2024-06-03 16:39:01 · [S \\[1\\]](<https://s.example/a_(b)>)

## Part

Some **bold** \\*stars\\*[^1] and $x^2$.

\`\`\`\`js
let a = \`b\`;
\`\`\`
\`\`\`\`

*C*

| A | B |
| --- | --- |
| 1\\|2 | x<br>y |

![pic](https://i.example/x.png)

*Cap tion*

-   one

H<sub>2</sub>O ~~no~~

[^1]: A note.
`);
});

test('text keeps blocks apart, verse in lines, and leaves captions out', () => {
  const html = '<p>One<br>two</p><figure><img src="x.png" alt=""><figcaption>Caption</figcaption></figure><ul><li>a</li><li>b</li></ul><table><tr><td>1</td><td>2</td></tr></table><pre><code>x\n  y</code></pre>';
  expect(toText(article(html))).toBe('The  title\n\nIda Marrow · 2024-06-03 16:39:01 · S [1]\n\nhttps://s.example/a_(b)\n\nOne\ntwo\n\na\n\nb\n\n1 | 2\n\nx\n  y\n');
});
