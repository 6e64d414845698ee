/** Milliseconds after which a second signal is taken as impatience. */
const patience = 2_000;

/**
 * Resolves when the process is told to end. A terminal and a script that passes signals on may both tell it, so the
 * same signal twice is one; again after a while ends the process at once.
 */
export function untilSignalled(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first = 0;
  const end = (): void => {
    if (first !== 0 && Date.now() - first > patience) process.exit(1);
    first ||= Date.now();
    resolve();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  return promise;
}
