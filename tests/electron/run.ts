import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/*
 * Runs a built main process with the stand-in in Electron's place: `node run.ts dist/main/main.js [arguments…]`.
 * With an IPC channel to its parent it reports where its Chromium can be joined, and evaluates functions sent to it
 * with the stand-in as their first argument, as Playwright does in a real Electron.
 */

const standIn = pathToFileURL(resolve(import.meta.dirname, 'electron.ts')).href;
registerHooks({
  resolve: (name, parent, next) => (name === 'electron' ? { url: standIn, shortCircuit: true } : next(name, parent)),
});

const main = process.argv[2] ?? '';
// As Electron has it: the program, then the arguments.
process.argv = [process.argv[0] ?? '', ...process.argv.slice(3)];

const electron = await import('./electron.ts');
const { becomeReady } = await import('./app.ts');

process.on('message', (message: { n: number; source: string; arg: unknown }) => {
  void evaluate(message.source, message.arg).then(
    (value) => process.send?.({ n: message.n, value: value === undefined ? null : value }),
    (error: unknown) => process.send?.({ n: message.n, error: String(error) }),
  );
});

async function evaluate(source: string, arg: unknown): Promise<unknown> {
  const run = new Function(`return (${source})`)() as (standIn: typeof electron, arg: unknown) => unknown;
  return run(electron, arg);
}

await import(pathToFileURL(resolve(main)).href);
const address = await becomeReady();
if (address !== null) process.send?.({ address });
