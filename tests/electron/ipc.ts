import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { WebContents } from './window.ts';

type Handler = (event: unknown, ...args: unknown[]) => unknown;
type Frame = Pick<Electron.WebFrameMain, 'origin' | 'url'>;

const handlers = new Map<string, Handler>();

/** The stand-in's `ipcMain`. Every message is cloned, as it is between real processes. */
export const ipcMain = Object.assign(new EventEmitter(), {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel: string): void => void handlers.delete(channel),
});

/** One message from a frame of a page, as it arrives at the main process. */
export async function deliver(kind: 'invoke' | 'send', sender: WebContents, senderFrame: Frame, channel: string, args: unknown[]): Promise<unknown> {
  const event = { sender, senderFrame, type: 'frame', processId: 1, frameId: 1 };
  const copies = structuredClone(args);
  if (kind === 'send') {
    ipcMain.emit(channel, event, ...copies);
    return undefined;
  }
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  try {
    return structuredClone(await handler(event, ...copies));
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error });
  }
}

/**
 * The script put into every page before its own: it runs the preload in the main frame only, with a `require` that
 * knows `electron`'s `contextBridge` and `ipcRenderer` and nothing else, as in Electron's sandbox. `__deliver` is the
 * carrier below the bridge; a real page has no such name, tests use it to play a compromised frame.
 */
export function preloadScript(preload: string): string {
  return `(() => {
    if (window !== window.top) return;
    const listeners = new Map();
    const deliver = (kind, channel, args) => window.__deliver(kind, channel, structuredClone(args));
    const ipcRenderer = {
      invoke: (channel, ...args) => deliver('invoke', channel, args),
      send: (channel, ...args) => void deliver('send', channel, args),
      on(channel, listener) { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); return this; },
      removeListener(channel, listener) { listeners.set(channel, (listeners.get(channel) ?? []).filter((one) => one !== listener)); return this; },
    };
    Object.defineProperty(window, '__hear', { value: (channel, args) => {
      for (const listener of listeners.get(channel) ?? []) listener({ sender: ipcRenderer }, ...structuredClone(args));
    } });
    const passed = (value) => {
      if (typeof value === 'function') return (...args) => {
        const result = value(...args.map((arg) => (typeof arg === 'function' ? arg : structuredClone(arg))));
        return result instanceof Promise ? result.then(structuredClone) : passed(result);
      };
      return structuredClone(value);
    };
    const contextBridge = {
      exposeInMainWorld(name, api) {
        const copy = Object.freeze(Object.fromEntries(Object.entries(api).map(([key, value]) => [key, passed(value)])));
        Object.defineProperty(window, name, { value: copy, enumerable: true, writable: false, configurable: false });
      },
    };
    const require = (name) => {
      if (name === 'electron') return { contextBridge, ipcRenderer };
      throw new Error('module not found: ' + name);
    };
    const module = { exports: {} };
    ((require, module, exports) => { ${preload}
    })(require, module, module.exports);
  })();`;
}
