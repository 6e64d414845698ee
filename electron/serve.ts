import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { commonHeaders, picturePolicy, printPolicy, readerPolicy, shellPolicy } from './policy.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.bmp': 'image/bmp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

const forever = 'private, max-age=31536000, immutable';
const pages: Readonly<Record<string, string>> = { '/': 'index.html', '/index.html': 'index.html', '/reader.html': 'reader.html', '/print.html': 'print.html' };
const policies: Readonly<Record<string, string>> = { 'reader.html': readerPolicy, 'print.html': printPolicy };

/**
 * Lectern's own files and the stored pictures, for every host: GET (or HEAD) of `/`, `/reader.html`, `/print.html`, what the build
 * put beside them, `/files/<2 hex>/<sha256>.<ext>` and `/thumbs/<sha256>.<ext>`, the small picture of that one; 404 for all else. A name from outside never becomes a path:
 * it is looked up among the names that are there. `rendererDir` is the folder of the built renderer.
 */
export async function serve(
  request: Request,
  library: { file(name: string): string | null; thumb(name: string): string | null },
  rendererDir: string,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, { allow: 'GET, HEAD' });
  const { pathname } = new URL(request.url);
  const page = Object.hasOwn(pages, pathname) ? pages[pathname] : undefined;
  if (page !== undefined) {
    const policy = policies[page] ?? shellPolicy;
    return file(join(rendererDir, page), { 'content-security-policy': policy, 'cache-control': 'no-store' });
  }
  const picture = /^\/files\/([0-9a-f]{2})\/([0-9a-f]{64}\.[a-z0-9]{1,5})$/.exec(pathname);
  if (picture?.[1] !== undefined && picture[2] !== undefined && picture[2].startsWith(picture[1])) {
    const path = library.file(picture[2]);
    return path === null ? plain(404) : file(path, { 'content-security-policy': picturePolicy, 'cache-control': forever });
  }
  const thumb = /^\/thumbs\/([0-9a-f]{64}\.[a-z0-9]{1,5})$/.exec(pathname)?.[1];
  if (thumb !== undefined) {
    const path = library.thumb(thumb);
    return path === null ? plain(404) : file(path, { 'content-security-policy': picturePolicy, 'cache-control': forever });
  }
  const built = builtFiles(rendererDir).get(pathname);
  if (built === undefined) return plain(404);
  const cached = pathname.startsWith('/assets/') ? forever : 'no-store';
  return file(built, { 'content-security-policy': picturePolicy, 'cache-control': cached });
}

/** What the build made, from the address each file answers to, to its path. Read anew each time: the folder is small and may be rebuilt. */
function builtFiles(rendererDir: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of ['', 'assets']) {
    const path = join(rendererDir, folder);
    let names: string[];
    try {
      names = readdirSync(path);
    } catch {
      continue;
    }
    for (const name of names) {
      if (extname(name) in types && extname(name) !== '.html') found.set(`/${folder === '' ? '' : `${folder}/`}${name}`, join(path, name));
    }
  }
  return found;
}

async function file(path: string, headers: Record<string, string>): Promise<Response> {
  let bytes: Buffer<ArrayBuffer>;
  try {
    bytes = await readFile(path);
  } catch {
    // A picture that was swept, or a renderer that is not built: to the asker it is simply not there.
    return plain(404);
  }
  const type = types[extname(path)] ?? 'application/octet-stream';
  return new Response(bytes, { headers: { ...commonHeaders, 'content-type': type, ...headers } });
}

function plain(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...commonHeaders, 'cache-control': 'no-store', ...headers } });
}
