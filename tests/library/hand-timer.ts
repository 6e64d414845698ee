import type { Timer } from '../../electron/library/saving/timer.ts';

/** A timer whose time passes only when a test says so. `calls` is how many wait to be called. */
export type HandTimer = Timer & { pass(seconds: number): void; calls(): number };

/** Begins at the real time, since servers' `Retry-After` is reckoned from there. */
export function handTimer(): HandTimer {
  let time = Date.now();
  const calls = new Set<{ time: number; call: () => void }>();
  return {
    now: () => time,
    at(when, call) {
      const entry = { time: when, call };
      calls.add(entry);
      return () => calls.delete(entry);
    },
    pass(seconds) {
      time += seconds * 1_000;
      for (const entry of [...calls].toSorted((a, b) => a.time - b.time)) {
        if (entry.time <= time && calls.delete(entry)) entry.call();
      }
    },
    calls: () => calls.size,
  };
}
