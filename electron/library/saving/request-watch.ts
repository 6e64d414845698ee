import type { Failure } from '../../../shared/failure.ts';

/** Times in seconds; `slowest` in bytes a second over every `slowSpan`. */
export type WatchLimits = { firstByte: number; idle: number; total: number; slowest: number; slowSpan: number };

/** One request under the clock: `signal` goes off when a limit is passed or the caller gives up; `stopped` says why. */
export type Watch = {
  signal: AbortSignal;
  expect(what: 'firstByte' | 'idle', host: string): void;
  /** `bytes` is the total of this answer so far. */
  received(bytes: number): void;
  stopped(): Failure | null;
  seconds(): number;
  stop(): void;
};

/** Starts the clock. `stop` must be called when the request is over. */
export function startWatch(limits: WatchLimits, outer: AbortSignal | undefined): Watch {
  const controller = new AbortController();
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1_000;
  let host = '';
  let reason: Failure | null = null;
  let got = 0;
  let gotBefore = 0;
  let quiet: NodeJS.Timeout | undefined;
  let pace: NodeJS.Timeout | undefined;

  function end(failure: Failure): void {
    reason ??= failure;
    controller.abort();
  }
  const timeout = () => end({ kind: 'timeout', host, waited: Math.max(1, Math.round(seconds())) });
  const cancel = () => end({ kind: 'cancelled' });
  const total = setTimeout(timeout, limits.total * 1_000);
  if (outer?.aborted) cancel();
  outer?.addEventListener('abort', cancel, { once: true });

  return {
    signal: controller.signal,
    expect(what, nextHost) {
      host = nextHost;
      clearTimeout(quiet);
      clearInterval(pace);
      quiet = setTimeout(timeout, limits[what] * 1_000);
      if (what === 'firstByte') return;
      got = 0;
      gotBefore = 0;
      pace = setInterval(() => {
        if (got - gotBefore < limits.slowest * limits.slowSpan) timeout();
        gotBefore = got;
      }, limits.slowSpan * 1_000);
    },
    received(bytes) {
      got = bytes;
      quiet?.refresh();
    },
    stopped: () => reason,
    seconds,
    stop() {
      clearTimeout(total);
      clearTimeout(quiet);
      clearInterval(pace);
      outer?.removeEventListener('abort', cancel);
    },
  };
}
