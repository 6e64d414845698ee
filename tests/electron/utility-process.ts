import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { app } from './app.ts';

/** What the script finds in place of Node's own channel to its parent. */
const parentPort = `
  import { EventEmitter } from 'node:events';
  const send = process.send.bind(process);
  const on = process.on.bind(process);
  const parentPort = Object.assign(new EventEmitter(), { postMessage: (value) => send(value) });
  // Messages wait for the first who listens.
  parentPort.once('newListener', () => queueMicrotask(() => on('message', (data) => parentPort.emit('message', { data }))));
  process.parentPort = parentPort;
  process.send = undefined;
`;

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;

  constructor(script: string, args: string[]) {
    super();
    this.#child = fork(script, args, {
      execArgv: ['--import', `data:text/javascript,${encodeURIComponent(parentPort)}`], serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (code) => this.emit('exit', code ?? 1));
  }

  postMessage(value: unknown): void {
    this.#child.send(value as object, () => undefined);
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

/** The stand-in's `utilityProcess`: a Node process, which speaks through `process.parentPort` as Electron's do. */
export const utilityProcess = {
  fork(script: string, args: string[], _options: { serviceName?: string; stdio?: 'ignore' }): UtilityProcess {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    return new UtilityProcess(script, args);
  },
};
