import { api } from '../api.ts';
import { allowedAttributes, allowedElements, allowedMath } from './allowed.ts';
import { purify } from './purify.ts';

declare global {
  interface Element {
    /** The HTML Sanitizer API; missing in engines before it. */
    setHTML?(html: string, options: { sanitizer: SanitizerConfig }): void;
  }
}

/**
 * The only place in the project where stored HTML meets the screen. Parses `html` in an inert document through the
 * engine's own sanitiser (`setHTML`) or, where that is missing, DOMPurify, drops every address that is not ours to show,
 * lets `arrange` work on the still inert elements, and only then moves them into `target`: nothing is loaded on the way.
 * It does not rely on the library having cleaned the text before.
 */
export function setHtml(target: Element, html: string, arrange: (root: HTMLElement) => void = () => undefined): void {
  const inert = document.implementation.createHTMLDocument('');
  if (typeof inert.body.setHTML === 'function') inert.body.setHTML(html, { sanitizer: nativeConfig });
  else inert.body.replaceChildren(purify(html, inert));
  dropForeignAddresses(inert.body);
  arrange(inert.body);
  for (const picture of inert.body.querySelectorAll('img[src]')) picture.setAttribute('src', api.picture(picture.getAttribute('src') ?? ''));
  target.replaceChildren(...inert.body.childNodes);
}

const mathNamespace = 'http://www.w3.org/1998/Math/MathML';

const nativeConfig: SanitizerConfig = {
  elements: [...allowedElements, ...allowedMath.map((name) => ({ name, namespace: mathNamespace }))],
  attributes: [...allowedAttributes],
  comments: false,
  dataAttributes: false,
};

const storedPicture = /^\/files\/[0-9a-f]{2}\/[0-9a-f]{64}\.[a-z0-9]{2,5}$/;
const linkAddress = /^(?:https?:|mailto:|#)/i;

function dropForeignAddresses(root: Element): void {
  for (const element of root.querySelectorAll('[src]')) {
    const src = element.getAttribute('src') ?? '';
    if (element.localName !== 'img' || !storedPicture.test(src)) element.removeAttribute('src');
  }
  for (const element of root.querySelectorAll('[href]')) {
    const isLink = element.localName === 'a' && linkAddress.test(element.getAttribute('href') ?? '');
    if (!isLink) element.removeAttribute('href');
  }
  for (const element of root.querySelectorAll('[id]')) if (!element.id.startsWith('l-')) element.removeAttribute('id');
}
