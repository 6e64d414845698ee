import type { Failure } from '../../../shared/failure.ts';

/** The ways to ask for a picture, best first: as its page would, without saying from where, as if from its own site. */
export const ways = ['page', 'none', 'own'] as const;
export type Way = (typeof ways)[number];

/** Hosts that give a stand-in to every page that is not of their own family, and the picture to those who say nothing. */
const closed: ReadonlyArray<[host: RegExp, family: RegExp]> = [[/(?:^|\.)qpic\.cn$/i, /(?:^|\.)(?:qq\.com|qpic\.cn)$/i]];

/** The `Referer` for a way; null for none, undefined where the way is no other than one before it. */
export function refererBy(way: Way, page: string | null, picture: string): string | null | undefined {
  const first = refererFor(page, picture);
  const own = URL.parse(picture)?.origin ?? null;
  switch (way) {
    case 'page': return first;
    case 'none': return first === null ? undefined : null;
    case 'own': return own === null || first?.startsWith(`${own}/`) === true ? undefined : `${own}/`;
    default: return way satisfies never;
  }
}

/** Where the page is, as browsers tell picture servers: the whole address to its own site, others only the site; nothing from https to http. */
export function refererFor(page: string | null, picture: string): string | null {
  const url = page === null ? null : URL.parse(page);
  if (url === null || (url.protocol === 'https:' && picture.startsWith('http:'))) return null;
  const host = URL.parse(picture)?.hostname ?? '';
  if (closed.some(([closes, family]) => closes.test(host) && !family.test(url.hostname))) return null;
  // What comes after the host may be a secret of the reader's: a link to share, a name in a private network.
  if (URL.parse(picture)?.origin !== url.origin) return `${url.origin}/`;
  url.hash = '';
  return url.href;
}

/** Whether asking another way may help: the server refused, or gave something else in the picture's place. */
export function isAboutWay(failure: Failure): boolean {
  return failure.kind === 'not-a-picture' || failure.kind === 'stand-in' || (failure.kind === 'refused' && (failure.status === 401 || failure.status === 403));
}
