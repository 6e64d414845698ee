import { createConnection } from 'node:net';

/** Sends bytes as they are and answers what comes back until the other side closes or nothing more comes. */
export async function rawRequest(port: number, lines: string[], body = ''): Promise<{ status: number; head: string; body: string }> {
  const socket = createConnection({ host: '127.0.0.1', port });
  let text = '';
  socket.setEncoding('utf8');
  const done = new Promise<void>((resolve) => {
    socket.on('data', (part: string) => (text += part));
    socket.once('close', () => resolve());
    socket.once('error', () => resolve());
  });
  socket.write([...lines, 'Connection: close', '', body].join('\r\n'));
  const timer = setTimeout(() => socket.destroy(), 5_000);
  await done;
  clearTimeout(timer);
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: rest.join('\r\n\r\n') };
}

/** Opens a one-time link by hand and answers what it gives: the cookie, the key of questions and news, and that of pictures. */
export async function takeKeys(link: string): Promise<{ cookie: string; ask: string; pictures: string }> {
  const url = new URL(link);
  const answer = await rawRequest(Number(url.port), [`GET ${url.pathname}${url.search} HTTP/1.1`, `Host: ${url.host}`]);
  const cookie = /^set-cookie: ([^;]+);/im.exec(answer.head)?.[1];
  const [, ask, pictures] = /^location: \/#key=([\w-]{43})\.([\w-]{43});/im.exec(answer.head) ?? [];
  if (cookie === undefined || ask === undefined || pictures === undefined) throw new Error(`No cookie or key came: ${answer.head}`);
  return { cookie, ask, pictures };
}
