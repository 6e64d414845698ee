import { contextBridge, ipcRenderer } from 'electron';
import type { News } from '../shared/contract.ts';
import { channels } from './channels.ts';

declare const navigator: { readonly userActivation: { readonly isActive: boolean } };

/*
 * All that the window can reach of the outside: three functions, whose arguments and results are copies. This file
 * runs sandboxed, so it is bundled as one CommonJS file.
 */
contextBridge.exposeInMainWorld('lectern', {
  ask: (name: unknown, input: unknown): Promise<unknown> => ipcRenderer.invoke(channels.ask, name, input),

  onNews: (listener: (news: News) => void): (() => void) => {
    const hear = (_event: unknown, news: News) => listener(news);
    ipcRenderer.on(channels.news, hear);
    ipcRenderer.send(channels.news);
    return () => {
      ipcRenderer.removeListener(channels.news, hear);
    };
  },

  // Says whether the reader clicked or pressed a key just now: a script alone must not be able to open other programs.
  openExternal: (url: unknown): void => ipcRenderer.send(channels.open, url, navigator.userActivation.isActive),
});
