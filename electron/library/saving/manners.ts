import type { Failure } from '../../../shared/failure.ts';

/** How other people's servers are treated, in seconds: between two pages of one host, and before each further try. */
export type Manners = { hostPause: number; retryPauses: readonly number[] };

export const goodManners: Manners = { hostPause: 0.3, retryPauses: [5, 20, 60] };
const noManners: Manners = { hostPause: 0, retryPauses: [] };

/** How a host is treated: the reader's own machine needs no sparing, and what it refuses now it would refuse again. */
export function mannersFor(host: string | null): Manners {
  return host !== null && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(host) ? noManners : goodManners;
}

const hour = 3_600_000;
/** What a server may ask for and get, in milliseconds. */
export const longestAsked = hour;

/**
 * When to try again, in milliseconds, after `tries` further tries have been made; null when another would be of no use:
 * the failure does not pass by itself, there were enough, or the server asked for more than an hour.
 */
export function nextTry(failure: Failure, tries: number, now: number, pauses: readonly number[], random: () => number = Math.random): number | null {
  const pause = pauses[tries];
  if (pause === undefined || !passes(failure)) return null;
  const own = now + pause * 1_000 * (0.75 + random() / 2);
  const asked = 'retryAt' in failure && failure.retryAt !== undefined ? Date.parse(failure.retryAt) : now;
  if (asked - now > longestAsked) return null;
  // Not all who were sent away at the very moment they were told.
  return Math.max(own, asked === now ? now : asked + random() * 1_000);
}

/** Whether a failure is of the kind that a little later may be none. */
export function passes(failure: Failure): boolean {
  switch (failure.kind) {
    case 'timeout':
    case 'no-connection':
    case 'cut-short':
      return true;
    case 'refused':
      return failure.status === 429;
    case 'server-error':
      return failure.status >= 500;
    default:
      return false;
  }
}

/** The moment a `Retry-After` header names, seconds or a date, in ISO 8601; null when there is none or it is not to come. */
export function retryMoment(header: string | undefined, now: number): string | null {
  const text = header?.trim() ?? '';
  const at = /^\d{1,8}$/.test(text) ? now + Number(text) * 1_000 : dateOf(text);
  return at > now && at < now + 365 * 24 * hour ? new Date(at).toISOString() : null;
}

/** The three forms HTTP knows; the oldest names no zone and means GMT all the same. */
function dateOf(text: string): number {
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return Number.NaN;
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
}
