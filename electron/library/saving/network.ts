import type { HostRest } from '../../../shared/article.ts';
import type { Failure } from '../../../shared/failure.ts';
import { createHosts } from './hosts.ts';
import { type Manners, mannersFor, nextTry } from './manners.ts';
import { createOffline } from './offline.ts';
import type { HostRules } from './schedule.ts';
import type { Timer } from './timer.ts';

/** What failed: `host` is null where no network was needed. */
export type Tried = { host: string | null; attempts: number; tries: number };

/**
 * What becomes of it: it keeps its place until there is a network; it is tried again at a time of its own, in
 * milliseconds; or it has failed. `rests` is a host left alone because of it, `givenUp` one whose others have failed too.
 */
export type Verdict = { rests: string | null } & ({ comes: 'wait' } | { comes: 'later'; at: number } | { comes: 'fail'; givenUp: string | null });

/** What the queue knows of the network: whether there is one, how each host is treated, and which ones are left alone. */
export type Network = {
  readonly rules: HostRules;
  paused(): boolean;
  /** Whether something may be asked of it at this moment. */
  mayTry(): boolean;
  trying(host: string | null): void;
  /** What was being tried is over, whatever came of it. */
  tried(): void;
  worked(host: string | null): void;
  failed(tried: Tried, failure: Failure): Verdict;
  /** The reader wants something of this host now. */
  lift(host: string): void;
  resting(): HostRest[];
  close(): void;
};

const perHost = 2;

/** `manners` are the same for every host when given; `shown` is kept up to date with who rests; `resume` is called when the network may be back. */
export function createNetwork(
  options: { manners: Manners | undefined; offlinePause: number | undefined; timer: Timer; shown: Map<string, HostRest> },
  resume: () => void,
): Network {
  const { timer } = options;
  const mannersOf = (host: string | null): Manners => options.manners ?? mannersFor(host);
  const hosts = createHosts(perHost, options.shown, timer.now);
  const offline = createOffline(resume, options.offlinePause ?? 2);

  return {
    rules: { atOnce: hosts.atOnce, restsUntil: hosts.restsUntil, pause: (host) => mannersOf(host).hostPause * 1_000 },
    paused: offline.paused,
    mayTry: offline.mayTry,
    trying(host) {
      if (host !== null) offline.trying();
    },
    tried: offline.tried,
    worked(host) {
      if (host === null) return;
      offline.worked();
      hosts.worked(host);
    },
    failed({ host, attempts, tries }, failure) {
      if (failure.kind === 'no-network') return offline.failed(attempts) ? { comes: 'wait', rests: null } : { comes: 'fail', rests: null, givenUp: null };
      if (host === null) return { comes: 'fail', rests: null, givenUp: null };
      offline.worked();
      const { retryPauses } = mannersOf(host);
      // Who is not spared is not left alone either.
      const trouble = retryPauses.length === 0 ? null : hosts.failed(host, failure);
      if (trouble?.comes === 'given-up') return { comes: 'fail', rests: null, givenUp: trouble.host };
      const rests = trouble?.host ?? null;
      const next = nextTry(failure, tries, timer.now(), retryPauses);
      if (next === null) return { comes: 'fail', rests, givenUp: null };
      return { comes: 'later', at: Math.max(next, rests === null ? 0 : hosts.restsUntil(rests)), rests };
    },
    lift: hosts.lift,
    resting: hosts.resting,
    close: offline.close,
  };
}
