import type { HostRest } from '../../../shared/article.ts';
import type { Failure } from '../../../shared/failure.ts';
import { hostOf } from '../../../shared/url.ts';
import { longestAsked, passes } from './manners.ts';

/** What is known of the hosts that are in trouble: who is left alone, until when, and who is not worth asking any more. */
export type Hosts = {
  /** Until when a host is left alone, in milliseconds; 0 when it is not. */
  restsUntil(host: string): number;
  /** How many things may be asked of it at once: one, from the moment it gave trouble until it gives an answer again. */
  atOnce(host: string): number;
  /** A host answered as it should. */
  worked(host: string): void;
  /** Takes note of a failure that something of `host` met; answers which host rests because of it, or is given up, if any. */
  failed(host: string, failure: Failure): { host: string; comes: 'rests' | 'given-up' } | null;
  /** The reader wants something of this host now: it is asked once more, whatever it said. */
  lift(host: string): void;
  /** Those left alone at this moment, the soonest to be asked again first. */
  resting(): HostRest[];
};

/** One after the other; so many failures make no trouble yet, only what one page may have by itself. */
const patience = 3;
/** Rests without a single answer between them, and the host is given up. */
const mostRests = 5;
const firstRest = 30_000;
const longestRest = 600_000;

type Trouble = { failures: number; rests: number; until: number };

/**
 * `shown` is kept up to date with who rests, for rows to tell. Hosts are keyed as by `hostOf`; `perHost` things of a host
 * without trouble may be asked for at once.
 */
export function createHosts(perHost: number, shown: Map<string, HostRest>, now: () => number): Hosts {
  const troubles = new Map<string, Trouble>();

  function rest(host: string, trouble: Trouble, until: number, why: HostRest['why']): void {
    // Two that were under way together are one trouble.
    if (trouble.until <= now()) trouble.rests++;
    if (until <= trouble.until) return;
    trouble.until = until;
    shown.set(host, { host, until: new Date(until).toISOString(), why });
  }

  function worked(host: string): void {
    troubles.delete(host);
    shown.delete(host);
  }

  return {
    restsUntil: (host) => troubles.get(host)?.until ?? 0,
    atOnce: (host) => (troubles.get(host)?.rests ? 1 : perHost),
    worked,
    failed(of, failure) {
      const host = ('host' in failure ? hostOf(`http://${failure.host}/`) : null) ?? of;
      // What answers with a 404 is up and well.
      if (!passes(failure)) {
        if (host === of && 'status' in failure) worked(host);
        return null;
      }
      const trouble = troubles.get(host) ?? { failures: 0, rests: 0, until: 0 };
      troubles.set(host, trouble);
      trouble.failures++;
      const asked = 'retryAt' in failure && failure.retryAt !== undefined ? Date.parse(failure.retryAt) : 0;
      if (asked <= now() && trouble.failures < patience && trouble.rests === 0) return null;
      if (trouble.until <= now() && trouble.rests >= mostRests) {
        worked(host);
        return { host, comes: 'given-up' };
      }
      if (asked > now()) rest(host, trouble, Math.min(asked, now() + longestAsked), 'asked');
      else rest(host, trouble, now() + Math.min(longestRest, firstRest * 2 ** trouble.rests), 'trouble');
      return { host, comes: 'rests' };
    },
    lift(host) {
      const trouble = troubles.get(host);
      if (trouble) trouble.until = 0;
      shown.delete(host);
    },
    resting() {
      const time = now();
      for (const [host, { until }] of shown) if (Date.parse(until) <= time) shown.delete(host);
      return [...shown.values()].toSorted((a, b) => (a.until < b.until ? -1 : 1));
    },
  };
}
