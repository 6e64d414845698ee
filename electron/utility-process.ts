import { utilityProcess } from 'electron';
import { fileURLToPath } from 'node:url';
import type { StartChild } from './library/extract/child.ts';

/** Electron's way to a process beside this one: the packaged program cannot be run as a general Node. After the app is ready. */
export const startUtility: StartChild = (script, hears) => {
  const made = utilityProcess.fork(fileURLToPath(script), [], { serviceName: 'Lectern: reading pages', stdio: 'ignore' });
  let end = (): void => undefined;
  const gone = new Promise<void>((resolve) => {
    end = resolve;
  });
  made.on('message', hears.message);
  made.once('exit', () => {
    end();
    hears.ended(null);
  });
  return {
    send: (value) => made.postMessage(value),
    async kill() {
      // False when it had ended before, or never began: then there is nothing to wait for.
      if (made.kill()) await gone;
    },
    // The app ends when its last window does, not when nothing is left to do.
    hold: () => undefined,
  };
};
