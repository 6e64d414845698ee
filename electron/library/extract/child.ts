import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of ours beside this one, spoken to in values that can be cloned. */
export type Child = {
  send(value: unknown): void;
  /** Ends it at once, whatever it is doing; resolves when it is gone. */
  kill(): Promise<void>;
  /** Whether it keeps this process from ending. */
  hold(on: boolean): void;
};

/** `ended` comes once, whether it was killed, fell, or could not be started (then with why). */
export type Hears = { message(value: unknown): void; ended(error: unknown): void };

/** Starts a script as a process of its own: each host has its own way. */
export type StartChild = (script: URL, hears: Hears) => Child;

/** Node's way, for every host but the packaged desktop, whose program is no general Node. */
export const startNode: StartChild = (script, hears) => {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const made = fork(fileURLToPath(script), {
    // Nothing of how this process was started; and what a fall prints is for nobody.
    execArgv: [], env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced',
  });
  let over = false;
  const end = (error: unknown): void => {
    if (over) return;
    over = true;
    hears.ended(error);
  };
  made.on('message', hears.message);
  made.on('error', end);
  made.on('exit', () => end(null));
  return {
    // One that is gone says so by `ended`.
    send: (value) => void made.send(value as object, () => undefined),
    async kill() {
      if (made.exitCode !== null || made.signalCode !== null || made.pid === undefined) return;
      const gone = once(made, 'exit');
      // Waited for even where nothing else keeps this process: a library is closed only after it.
      made.ref();
      made.kill('SIGKILL');
      await gone;
    },
    hold(on) {
      if (on) {
        made.ref();
        made.channel?.ref();
      } else {
        made.unref();
        made.channel?.unref();
      }
    },
  };
};
