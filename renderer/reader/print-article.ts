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
  const addresses = numberLinks(body);
  end.replaceChildren(...(article.url === null ? [] : [made(doc, 'p', words.reader.printedFrom(article.url))]));
  if (addresses.length > 0) {
    const list = made(doc, 'ol', '');
    list.append(...addresses.map((address) => made(doc, 'li', address)));
    end.append(made(doc, 'h2', words.reader.printedLinks), list);
  }
  headPages(doc, article.title);
}

/** Puts a number behind every link that leads out; answers the addresses in the numbers' order. */
function numberLinks(body: HTMLElement): string[] {
  const numbers = new Map<string, number>();
  for (const link of body.querySelectorAll('a[href^="http"]')) {
    const address = link.getAttribute('href') ?? '';
    const said = (link.textContent ?? '').trim();
    // A picture has no text to put a number behind, and an address needs none.
    if (said === '' || said === address || said === address.replace(/^https?:\/\//, '').replace(/\/$/, '')) continue;
    const number = numbers.get(address) ?? numbers.size + 1;
    numbers.set(address, number);
    const sign = made(body.ownerDocument, 'span', String(number));
    sign.className = 'link-number';
    link.after(sign);
  }
  return [...numbers.keys()];
}

/** Puts the title over every page but the first, which has it in large. */
function headPages(doc: Document, title: string): void {
  const text = title.replace(/\s+/g, ' ').trim().replace(/[\\"]/g, (sign) => `\\${sign}`);
  const sheet = doc.styleSheets[0];
  sheet?.insertRule('@page :first { @top-center { content: none; } }', sheet.cssRules.length);
  sheet?.insertRule(`@page { @top-center { content: "${text.length > 90 ? `${text.slice(0, 89)}…` : text}"; color: #5f5f5c; font: 9pt sans-serif; } }`, sheet.cssRules.length);
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
