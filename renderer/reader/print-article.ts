import type { Article } from '../../shared/article.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Dates, Words } from '../words.ts';
import { arrange } from './arrange.ts';
import { dressFrame, partsOf } from './frame-document.ts';
import { framePolicy } from './frame-policy.ts';
import { scriptOf } from './script.ts';
import { setHtml } from './set-html.ts';

/** As the reader's frame, and besides it may show the system's own dialog for printing. Never `allow-scripts`. */
const printSandbox = 'allow-same-origin allow-modals';
/** Milliseconds to wait for fonts and pictures: a page without one is better than none. */
const patience = 10_000;

/** Prints an article, or saves it as PDF by the system's dialog, from a page of its own that is made for paper. */
export async function printArticle(article: Article, settings: Settings, words: Words, dates: Dates): Promise<void> {
  document.querySelector('iframe[data-print]')?.remove();
  const frame = document.createElement('iframe');
  frame.dataset['print'] = '';
  frame.setAttribute('sandbox', printSandbox);
  frame.setAttribute('csp', framePolicy);
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.src = '/print.html';
  const loaded = new Promise((done) => frame.addEventListener('load', done, { once: true }));
  document.body.append(frame);
  await loaded;
  const parts = partsOf(frame);
  if (parts === null) return frame.remove();
  fillPage(parts.doc, article, settings, words, dates);
  await Promise.race([whole(parts.doc), new Promise((done) => setTimeout(done, patience))]);
  parts.view.addEventListener('afterprint', () => setTimeout(() => frame.remove()), { once: true });
  parts.view.print();
}

/** Puts an article on the page for paper: title, where it is from, the text, its address. */
export function fillPage(doc: Document, article: Article, settings: Settings, words: Words, dates: Dates): void {
  const [head, body, end] = ['head', 'body', 'end'].map((id) => doc.getElementById(id));
  if (!head || !body || !end) return;
  doc.title = article.title;
  setHtml(body, article.html, (root) => {
    arrange(root, article.pictures);
    // A picture that waits to be scrolled to never comes to paper.
    for (const picture of root.querySelectorAll('img')) picture.loading = 'eager';
    for (const box of root.querySelectorAll('details')) box.open = true;
  });
  const script = scriptOf(article.lang, body.textContent?.slice(0, 4_000) ?? '');
  dressFrame(doc, settings, 'white', { ...script, dir: article.dir });
  head.dir = article.dir;
  const facts = [
    article.byline === null ? null : words.reader.byline(article.byline),
    article.site ?? article.host,
    article.publishedAt === null ? null : dates.moment(article.publishedAt),
  ].filter((fact) => fact !== null && fact !== '');
  head.replaceChildren(made(doc, 'h1', article.title), made(doc, 'p', facts.join(' · ')));
  end.replaceChildren(...(article.url === null ? [] : [made(doc, 'span', words.reader.printedFrom(article.url))]));
}

function made(doc: Document, name: string, text: string): HTMLElement {
  const element = doc.createElement(name);
  element.textContent = text;
  return element;
}

async function whole(doc: Document): Promise<void> {
  await doc.fonts.ready;
  // A picture that does not come leaves its place; the text is printed all the same.
  await Promise.allSettled([...doc.images].map((picture) => picture.decode()));
}
