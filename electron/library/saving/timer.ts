/** The time in milliseconds, and being called at a time; answers how to call that off. Tests bring their own. */
export type Timer = { now(): number; at(time: number, call: () => void): () => void };

/** Never runs backwards, whatever is done to the system's clock: otherwise a wait could become hours. */
const now = (): number => performance.timeOrigin + performance.now();

/** This machine's time. */
export const realTimer: Timer = {
  now,
  at(time, call) {
    const timer = setTimeout(call, Math.max(0, time - now()));
    return () => clearTimeout(timer);
  },
};
