import { expect, onTestFinished, test } from 'vitest';
import { renderSent } from '../../electron/library/saving/rendering.ts';
import { renderInBrowser } from '../../electron/rendering/headless.ts';
import { chromiumPath } from '../stage.ts';
import { startWeb } from '../web/web.ts';
import { openTestLibrary } from './open-test-library.ts';

/* What a page may get while its script runs: so much and no more, and nothing of the reader's that is meant for another site. */

const engine = renderInBrowser(chromiumPath);

test('what a page asks for all at once stays within the limit of what may come', async () => {
  const piece = 'x'.repeat(9_000_000);
  const web = await startWeb({
    '/many': '<!doctype html><title>Many</title><body><div id="root"></div><script src="/many.js"></script>',
    '/many.js': (_, response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(`Promise.allSettled(Array.from({ length: 40 }, (_, i) => fetch('/piece/' + i).then((answer) => answer.text()))).then((all) => { document.querySelector('#root').innerHTML = '<h1>Many</h1>' + '<p>Only some of it came, and that was told to the script, which went on with what it had and wrote these lines about it.</p>'.repeat(6) + '<p>Came: ' + all.filter((one) => one.status === 'fulfilled').length + '.</p>'; });`),
    ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`/piece/${i}`, piece])),
  });
  onTestFinished(() => web.close());
  const library = await openTestLibrary({ renderPage: engine });
  const [saved] = await library.answers.save({ urls: [`${web.origin}/many`], tags: [], typed: true });
  await library.idle();
  const article = await library.answers.article({ id: saved?.id ?? '' });
  expect(article.stage).toEqual({ state: 'ready' });
  // Four fill the limit; at most six more were on their way.
  expect(Number(/Came: (\d+)/.exec(article.html)?.[1] ?? 99)).toBeLessThanOrEqual(10);
}, 60_000);

test('a rule’s cookie goes with the page of its own site, and never to a page of another that asks for it', async () => {
  const paid = await startWeb({ '/account': '{"account":"reader"}' });
  const evil = await startWeb({ '/': '<p>Bait</p>' });
  onTestFinished(async () => {
    await Promise.all([paid.close(), evil.close()]);
  });
  const asked: string[] = [];
  const sent = (origin: string) => ({ url: `${origin}/`, headers: { 'content-type': 'text/html' }, bytes: Buffer.from('') });
  const load = async (home: string, urls: Array<[string, 'document' | 'data']>) => renderSent(async (task) => {
    for (const [url, kind] of urls) await task.load({ url, kind, headers: {}, referer: null }).catch(() => null);
    return { html: '<p>x</p>', url: task.url };
  }, sent(home), { privateHost: new URL(home).host, resolve: (_, done) => done(null, [{ address: '127.0.0.1', family: 4 }]), headersFor: (url) => { asked.push(url.origin); return { cookie: 'session=SECRET' }; } }, new AbortController().signal);
  await load(paid.origin, [[`${paid.origin}/account`, 'data']]);
  expect(paid.hits.at(-1)?.headers['cookie']).toBe('session=SECRET');
  await load(evil.origin, [[`${paid.origin}/account`, 'data']]);
  expect(paid.hits).toHaveLength(1);
  // Once another site's page stands there, its script asks: nothing of the reader's goes along any more, nor is their own network open.
  asked.length = 0;
  await load(paid.origin, [[`${evil.origin}/`, 'document'], [`${paid.origin}/account`, 'data']]);
  expect(asked).toEqual([]);
  expect(paid.hits).toHaveLength(1);
}, 60_000);
