import type { Behaviour } from './web.ts';

/* Pages that are empty until their script has run, and pages with something standing before the article. All our own. */

const places = ['river', 'harbour', 'market', 'library', 'orchard', 'railway', 'theatre', 'brewery'];
/** The text of an article about `title`, in paragraphs. */
export const paragraphs = (title: string): string[] =>
  places.map((place) => `In the morning the people of the ${place} met to talk about ${title}, and by noon most of them agreed that something had to be done, though nobody could say what it was.`);

const html = { 'content-type': 'text/html; charset=utf-8' };
/** An empty frame with a script, as a bundler would make it. */
export const shell = (script: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Loading</title>${head}</head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script>${script}</script></body></html>`;

/** Draws what it is given into the page. */
const draw = `const draw = ({ title, text }) => {
  document.title = title;
  const article = document.createElement('article');
  article.innerHTML = '<h1>' + title + '</h1>' + text.map((each) => '<p>' + each + '</p>').join('') + '<p><img src="/boat.png" alt="A boat"></p>';
  document.querySelector('#root').replaceChildren(article);
};`;
const drawLater = (title: string, after = 0): string => `${draw} setTimeout(() => draw(${JSON.stringify({ title, text: paragraphs(title) })}), ${after});`;

const data = (title: string): Behaviour => (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ title, text: paragraphs(title) }));
/** Sends a space now and then and never ends. */
const endless: Behaviour = (_, response) => {
  response.writeHead(200, html);
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
};

const article = (title: string, extra = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><script>window.x = 1</script></head><body><header><form action="/in"><input name="user"><input type="password"></form></header><article><h1>${title}</h1>${paragraphs(title).map((text) => `<p>${text}</p>`).join('')}${extra}</article></body></html>`;

/** The table of pages. `other` is another origin, on this machine, that no page here may reach. */
export const scriptPages = (other: string): Record<string, Behaviour | string> => ({
  '/late': shell(`${draw} setTimeout(async () => draw(await (await fetch('/api/late.json', { headers: { 'x-api-version': '2', accept: 'application/json' } })).json()), 300);`),
  '/api/late.json': data('The late boat'),
  '/module': `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>App</title><link rel="stylesheet" href="/app.css"><script type="module" src="/assets/app.js"></script></head><body><div id="app"></div></body></html>`,
  '/assets/app.js': (_, response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(`import { about } from './about.js'; const { title, text } = await (await fetch('/moved.json')).json(); history.replaceState(null, '', '/module/' + about); document.querySelector('#app').innerHTML = '<h1>' + title + '</h1>' + text.map((each) => '<p>' + each + '</p>').join('');`),
  '/assets/about.js': (_, response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(`export const about = 'boats';`),
  '/moved.json': (_, response) => response.writeHead(302, { location: '/api/late.json' }).end(),
  '/shadow': shell(`const host = document.createElement('my-article'); document.querySelector('#root').append(host); const inside = host.attachShadow({ mode: 'open' }); inside.innerHTML = '<article><h1>In the shadow</h1><slot></slot></article>'; host.innerHTML = ${JSON.stringify(paragraphs('the shadow').map((text) => `<p>${text}</p>`).join(''))};`),
  '/endless': shell(`${drawLater('Never at rest')} fetch('/drip'); setInterval(() => document.body.append(document.createElement('i')), 40);`),
  '/drip': endless,
  // The text comes last: it is there only when everything before it has been tried.
  '/greedy': shell(`
    const attempt = (act) => { try { act()?.catch?.(() => {}); } catch {} };
    const socket = '${other.replace('http', 'ws')}';
    attempt(() => window.open('${other}/opened'));
    attempt(() => window.open('/opened-here'));
    attempt(() => navigator.geolocation.getCurrentPosition(() => document.body.append('Found you'), () => {}));
    attempt(() => Notification.requestPermission());
    attempt(() => navigator.mediaDevices.getUserMedia({ audio: true, video: true }));
    attempt(() => alert('Hello')); attempt(() => confirm('Sure')); attempt(() => prompt('Name'));
    attempt(() => navigator.sendBeacon('/beacon', 'x')); attempt(() => navigator.sendBeacon('${other}/beacon', 'x'));
    attempt(() => fetch('/api/write', { method: 'POST', body: 'x' }));
    attempt(() => fetch('${other}/fetched')); attempt(() => fetch('${other}/no-cors', { mode: 'no-cors' }));
    attempt(() => { const asked = new XMLHttpRequest(); asked.open('GET', '${other}/asked'); asked.send(); });
    attempt(() => { new Image().src = '${other}/image.png'; document.cookie = 'a=b'; });
    attempt(() => new WebSocket(socket + '/socket'));
    attempt(() => new EventSource('${other}/events'));
    attempt(() => new WebTransport('${other.replace('http:', 'https:')}/transport').ready);
    attempt(() => { const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${other.replace('http://', '')}' }, { urls: 'turn:${other.replace('http://', '')}?transport=tcp', username: 'a', credential: 'b' }] }); peer.createDataChannel('x'); return peer.createOffer().then((offer) => peer.setLocalDescription(offer)); });
    attempt(() => document.body.append(Object.assign(document.createElement('iframe'), { src: '${other}/frame' })));
    attempt(() => { const blank = document.createElement('iframe'); document.body.append(blank); return blank.contentWindow.fetch('${other}/from-blank'); });
    attempt(() => new Worker(URL.createObjectURL(new Blob(["fetch('${other}/from-worker').catch(() => {}); new WebSocket('" + socket + "/from-worker')"]))));
    attempt(() => new SharedWorker(URL.createObjectURL(new Blob(["fetch('${other}/from-shared-worker').catch(() => {})"]))));
    attempt(() => navigator.serviceWorker.register('/worker.js'));
    attempt(() => { const form = Object.assign(document.createElement('form'), { method: 'post', action: '/form', target: '_blank' }); document.body.append(form); form.submit(); });
    for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'preload', 'prerender', 'modulepreload', 'icon', 'manifest']) attempt(() => document.head.append(Object.assign(document.createElement('link'), { rel, as: 'script', href: '${other}/' + rel })));
    attempt(() => document.head.append(Object.assign(document.createElement('script'), { type: 'speculationrules', textContent: JSON.stringify({ prefetch: [{ source: 'list', urls: ['${other}/speculated'] }], prerender: [{ source: 'list', urls: ['/prerendered'] }] }) })));
    attempt(() => { const link = Object.assign(document.createElement('a'), { href: '/file.bin', download: 'x.bin' }); document.body.append(link); link.click(); });
    ${drawLater('What it wants', 500)}`),
  '/rebind': shell(`${draw} fetch('http://rebind.example:' + new URLSearchParams(location.search).get('port') + '/secret').then((answer) => answer.text(), () => 'No way in').then((title) => draw({ title, text: ${JSON.stringify(paragraphs('the way in'))} }));`),
  '/worker.js': (_, response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(`fetch('${other}/from-service-worker')`),
  '/to-private': shell(`location.href = '${other}/private'`),
  '/to-router': shell(`location.href = 'http://10.0.0.1/'`),
  '/to-file': shell(`${drawLater('Not led away')} location.href = 'file:///etc/passwd'`),
  '/to-download': shell(`${drawLater('Only a file')} setTimeout(() => { location.href = '/file.bin'; }, 100)`),
  '/file.bin': (_, response) => response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename=x.bin' }).end('x'.repeat(1_000)),
  '/flood': shell(`const kept = []; const more = () => { for (let i = 0; i < 8; i++) kept.push(new Uint8Array(8_000_000).fill(kept.length)); document.body.append(document.createElement('i')); setTimeout(more); }; more();`),
  '/heap': shell(`const kept = []; const more = () => { for (let i = 0; i < 200_000; i++) kept.push({ i, text: 'x' + i }); setTimeout(more); }; more();`),
  '/spin': shell(`for (;;) {}`),
  '/huge': shell(`document.querySelector('#root').innerHTML = '<p>' + 'x '.repeat(100_000) + '</p>';`),
  '/nothing-comes': shell(`fetch('/api/none.json').catch(() => {})`),
  '/then-login': shell(`document.querySelector('#root').innerHTML = '<h1>Sign in</h1><p>Log in to continue reading.</p><form><input name=u><input type=password name=p></form>'`),

  '/login': `<!doctype html><title>Sign in</title><body><h1>Sign in</h1><form><label>Name <input name="u"></label><label>Password <input type="password"></label><button>Sign in</button></form><p>Forgot your password?</p></body>`,
  '/login-zh': `<!doctype html><html lang="zh-CN"><title>某某论坛</title><body><h1>提示信息</h1><p>抱歉，请登录后查看本帖全文。没有账号可以注册一个。</p></body></html>`,
  '/robot': `<!doctype html><html lang="en"><title>Just a moment...</title><body><h1>news.example</h1><p>Verifying you are human. This may take a few seconds.</p><noscript>Enable JavaScript and cookies to continue</noscript><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>`,
  '/robot-403': (_, response) => response.writeHead(403, { ...html, 'cf-mitigated': 'challenge' }).end('<title>Just a moment...</title>'),
  '/robot-503': (_, response) => response.writeHead(503, html).end('<title>Checking your browser</title><p>Please complete the captcha.</p><div class="g-recaptcha"></div>'),
  '/plain-403': (_, response) => response.writeHead(403, html).end('<title>Forbidden</title><h1>Forbidden</h1>'),
  '/robot-zh': `<!doctype html><html lang="zh-CN"><title>安全验证</title><body><h2>请完成安全验证</h2><p>拖动左侧滑块完成拼图</p><script>var s = 1</script></body></html>`,
  '/robot-wechat': `<!doctype html><html lang="zh-CN"><title>环境异常</title><body><h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p><a href="#">去验证</a><script>var s = 1</script></body></html>`,
  '/paywall': `<!doctype html><html lang="en"><title>The price of salt</title><script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script><body><article><h1>The price of salt</h1>${paragraphs('the price of salt').slice(0, 3).map((text) => `<p>${text}</p>`).join('')}</article><div class="meter"><h2>Subscribe to continue reading</h2><p>Already a subscriber? Sign in.</p></div></body></html>`,
  '/consent': `<!doctype html><html lang="en"><title>Before you continue</title><body><h1>Before you continue</h1><p>We and our 212 partners use cookies to show you advertising. Cookies also help us count visits.</p><p>You can accept all cookies or reject all cookies. More on cookies and privacy below.</p><form><button>Accept all</button></form></body></html>`,
  '/newsletter': article('The quiet street', '<aside><h3>Subscribe to our newsletter</h3><p>Sign up to read the best of the week. Already a subscriber? Log in to continue.</p></aside>'),
  '/about-robots': article('Proving that you are human', '<p>“Verify you are human”, said the page, and “请完成安全验证” said another; “subscribe to continue reading” said a third, and all of them set cookies.</p>'),
  '/short-note': `<!doctype html><html lang="en"><title>A short note</title><script src="/count.js"></script><body><h1>A short note</h1><p>The ferry does not run on Sundays in winter, which the timetable on the pier forgets to say. Walk round by the bridge instead; it takes twenty minutes.</p></body></html>`,
});
