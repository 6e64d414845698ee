/*
 * What is run inside a rendered page, as text: it belongs to neither this process nor its types. It runs in a world of
 * its own, so that the page cannot have changed what it calls.
 */

/** How far the page is: whether it has loaded, how many elements and how much visible text it has, where it says it is. */
export const lookAtPage = `({
  ready: document.readyState === 'complete',
  elements: document.getElementsByTagName('*').length,
  text: (document.body?.innerText ?? '').trim().length,
  url: document.URL,
})`;

/** Scripts go, but for those that hold data or formulas. */
const scripts = `script:not([type*="json" i]):not([type*="math" i]), link[rel="preload"], link[rel="modulepreload"], link[rel="prefetch"]`;

/** The document as HTML with its open shadow roots, and its address; its length alone when it has more than `limit` characters. */
export const takePage = (limit: number): string => `(() => {
  const roots = [];
  const places = [document];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    for (const script of place.querySelectorAll('${scripts}')) script.remove();
    for (const element of place.querySelectorAll('*')) {
      if (element.shadowRoot === null || roots.length >= 5000) continue;
      roots.push(element.shadowRoot);
      places.push(element.shadowRoot);
    }
  }
  const root = document.documentElement;
  const names = [...root.attributes].map(({ name, value }) => ' ' + name + '="' + value.replaceAll('&', '&amp;').replaceAll('"', '&quot;') + '"').join('');
  const inner = root.getHTML === undefined ? root.innerHTML : root.getHTML({ shadowRoots: roots });
  const html = '<!DOCTYPE html>\\n<html' + names + '>' + inner + '</html>\\n';
  return html.length > ${limit} ? html.length : { html, url: document.URL };
})()`;
