/*
 * What the browser host's link gives this browser besides a cookie. Cookies are sent to every port of 127.0.0.1, so that
 * another program's page could collect them; what is kept for an origin is read by that origin alone.
 */

const name = 'lectern-key';

/** Takes the key out of the address, before anything else reads that or it stands in the history. */
function takeKey(): void {
  const [, key, rest] = /^#key=([\w-]{43}\.[\w-]{43});(.*)$/.exec(location.hash) ?? [];
  if (key === undefined) return;
  localStorage.setItem(name, key);
  history.replaceState(null, '', rest === '' ? location.pathname : `#${rest}`);
}

if (typeof location !== 'undefined') takeKey();

const part = (at: 0 | 1): string => (typeof localStorage === 'undefined' ? '' : (localStorage.getItem(name)?.split('.')[at] ?? ''));

/** For questions and news. */
export const askKey = (): string => part(0);

/** For stored pictures only: it stands in their addresses, which are copied along with a text. */
export const pictureKey = (): string => part(1);
