import { startWeb, type Web } from '../web/web.ts';

/* A small invented site to save from. */

const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAACgAAAAoCAIAAAADnC86AAAAL0lEQVR42u3NQQkAAAgEsOtfWlP4EQYLsKSsOiIUCoVCoVAoFAqFQqFQKBQKv4MFxNMAAbqMLd4AAAAASUVORK5CYII=', 'base64');
const told = 'The harbour was quiet that morning, and the boats lay still under a thin fog that would not lift before noon, as everyone on the quay could have told you. ';
const paragraph = (start: string) => `<p>${start} ${told.repeat(3)}</p>`;

export function fogPage(title: string): string {
  return `<!doctype html><html lang="en"><head><title>${title}</title></head><body><nav><a href="/">Home</a></nav><article><h1>${title}</h1>
    ${paragraph('First.')}<figure><img src="/boat.png" alt="A boat at rest" width="40" height="40"><figcaption>A boat at rest</figcaption></figure>
    ${paragraph('Second.')}<h2>By noon</h2>${paragraph('Third.')}<p>Read <a href="/other.html">the other piece</a> as well.</p></article></body></html>`;
}

/** Three articles, a picture, and a page that is not there. */
export function startFog(): Promise<Web> {
  return startWeb({
    '/fog.html': fogPage('Fog over the harbour'),
    '/other.html': fogPage('What the ferryman said'),
    '/third.html': fogPage('A lamp in the window'),
    '/boat.png': picture,
  });
}
