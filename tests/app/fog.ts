import { startWeb, type Web } from '../web/web.ts';

/* A small invented site to save from. */

const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAACgAAAAoCAIAAAADnC86AAAAL0lEQVR42u3NQQkAAAgEsOtfWlP4EQYLsKSsOiIUCoVCoVAoFAqFQqFQKBQKv4MFxNMAAbqMLd4AAAAASUVORK5CYII=', 'base64');
const first = 'The harbour was quiet that morning, and the boats lay still under a thin fog that would not lift before noon, as everyone on the quay could have told you. Two men were mending a net by the steps and did not look up when the bell rang.';
const second = 'Nobody had seen the ferry since the evening before. Its lamp had gone round the point at nine, very low and very slow, and after that there was only the sound of the water against the piles, and once, far out, somebody laughing.';
const third = 'When the light came at last it came all at once, as it does there in November. The roofs stood up out of the grey one after the other, and behind them the hill, and on the hill the white house with its shutters closed.';

export function fogPage(title: string): string {
  return `<!doctype html><html lang="en"><head><title>${title}</title></head><body><nav><a href="/">Home</a> <a href="/news/">News</a></nav><article><h1>${title}</h1>
    <p>${first}</p><figure><img src="/boat.png" alt="A boat at rest" width="640" height="400"><figcaption>A boat at rest</figcaption></figure>
    <p>${second}</p><h2>By noon</h2><p>${third}</p><p>There is <a href="/other.html">another piece</a> about the ferryman, and what he said when they asked him.</p></article></body></html>`;
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
