import { timingSafeEqual } from 'node:crypto';

/*
 * What may be loaded, opened and asked, as plain values and functions, so that every host keeps the same rules
 * and a test in one host speaks for all.
 */

/** For Lectern's own window: its own files and nothing else; no inline script or style, no HTML sink without a policy. */
export const shellPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'trusted-types dompurify',
  "require-trusted-types-for 'script'",
].join('; ');

/** For the blank page that shows stored HTML in a frame of our window: no script whatever it contains. */
export const readerPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-same-origin',
].join('; ');

/** For the page made for paper: as the reader's, and it may show the system's dialog for printing. */
export const printPolicy = `${readerPolicy} allow-modals`;

/** For a stored picture opened by itself: an SVG is a document, so it gets no rights at all. */
export const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Headers every answer of every host carries. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), usb=(), serial=(), hid=(), payment=()',
};

/** Whether an address may be handed to the system to open: http and https with a host, and no password hidden in it. */
export function isOpenable(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.host !== '' && url.username === '' && url.password === '';
}

/** Equal secrets, in a time that tells nothing about where they differ. */
export function sameSecret(given: string, secret: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(secret);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The facts of a request that decide whether it comes from our own window. Header values as lists: a repeated header is told apart. */
export type Claim = {
  method: string;
  /** The request line's target, as sent. */
  target: string;
  hosts: readonly string[];
  origins: readonly string[];
  fetchSites: readonly string[];
};

/**
 * Whether a request to the loopback host at `authority` (`127.0.0.1:PORT`) can come from our own page or an address
 * typed by the reader; null when it can, else the reason it is refused. The cookie is checked besides.
 * - Host exact and single: a rebound name never gets in.
 * - Origin absent or ours for GET and HEAD, required and ours for all else.
 * - Sec-Fetch-Site, where sent, `same-origin` or (GET and HEAD, typed addresses) `none`.
 */
export function refusal(claim: Claim, authority: string): 'host' | 'target' | 'origin' | 'fetch-site' | null {
  const [host, ...moreHosts] = claim.hosts;
  if (host !== authority || moreHosts.length > 0) return 'host';
  if (!claim.target.startsWith('/') || claim.target.startsWith('//')) return 'target';
  const reading = claim.method === 'GET' || claim.method === 'HEAD';
  const ours = `http://${authority}`;
  const [origin, ...moreOrigins] = claim.origins;
  if (moreOrigins.length > 0) return 'origin';
  if (origin === undefined ? !reading : origin !== ours) return 'origin';
  const allowed = reading ? ['same-origin', 'none'] : ['same-origin'];
  if (claim.fetchSites.some((site) => !allowed.includes(site)) || claim.fetchSites.length > 1) return 'fetch-site';
  return null;
}

/** What extensions of Chromium's and Firefox's are called as origins; no web page can have one. */
const extensionOrigin = /^(?:chrome-extension:\/\/[a-p]{32}|moz-extension:\/\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * Whether a request to the capture door at `authority` can come from a browser extension that has the right to ask
 * 127.0.0.1; null when it can, else the reason it gets no answer at all. Code or token are checked besides.
 * - Host exact and single, POST only: a rebound name, a frame, a picture, a script or a form never gets in.
 * - Origin single and an extension's: what a web page sends has its own or none.
 * - Sec-Fetch-Site, where sent, as browsers mark an extension with that right. No preflight is ever answered, so an
 *   extension without it stays outside too.
 */
export function captureRefusal(claim: Claim, authority: string): 'host' | 'target' | 'method' | 'origin' | 'fetch-site' | null {
  const [host, ...moreHosts] = claim.hosts;
  if (host !== authority || moreHosts.length > 0) return 'host';
  if (!/^\/[a-z]{1,20}$/.test(claim.target)) return 'target';
  if (claim.method !== 'POST') return 'method';
  const [origin, ...moreOrigins] = claim.origins;
  if (origin === undefined || moreOrigins.length > 0 || !extensionOrigin.test(origin)) return 'origin';
  if (claim.fetchSites.length > 1 || claim.fetchSites.some((site) => site !== 'none' && site !== 'same-origin')) return 'fetch-site';
  return null;
}

/** `application/json`, with no charset but UTF-8. */
export function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/json(?:;\s*charset=utf-8)?$/i.test(contentType.trim());
}
