import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { app } from './app.ts';
import { ipcMain } from './ipc.ts';
import { Menu, popped } from './menu.ts';
import { protocol, session } from './session.ts';
import { utilityProcess } from './utility-process.ts';
import { BrowserWindow } from './window.ts';

/*
 * What `import … from 'electron'` gives the built main process in tests. Only what the app uses is here: a name it
 * starts to use and this lacks fails at load, which keeps the Electron layer thin.
 */

type Asked = { over: boolean; options: Electron.OpenDialogOptions };
/**
 * Addresses handed to the system, boxes shown and folders asked for, in order; and what a test wants of the system: the
 * folders it answers with (none: the dialog is closed), and why it cannot show one (nothing: it can).
 */
export const record: { opened: string[]; boxes: Array<{ title: string; text: string }>; menus: typeof popped; asked: Asked[]; folders: string[]; unshown: string } = { opened: [], boxes: [], menus: popped, asked: [], folders: [], unshown: '' };

const shell = {
  openExternal: async (url: string): Promise<void> => {
    record.opened.push(url);
    process.stderr.write(`[outside] ${url}\n`);
  },
  openPath: async (path: string): Promise<string> => {
    process.stderr.write(`[folder] ${path}\n`);
    return record.unshown;
  },
};

const dialog = {
  showErrorBox: (title: string, text: string): void => {
    record.boxes.push({ title, text });
    process.stderr.write(`[box] ${title}: ${text}\n`);
  },
  async showOpenDialog(...given: [BrowserWindow, Electron.OpenDialogOptions] | [Electron.OpenDialogOptions]) {
    if (!app.isReady()) throw new Error('dialog module can only be used after app is ready');
    const [over, options] = given.length === 1 ? [null, given[0]] : given;
    if (over !== null && (!(over instanceof BrowserWindow) || over.isDestroyed())) throw new TypeError('Object has been destroyed');
    record.asked.push({ over: over !== null, options: structuredClone(options) });
    const folder = record.folders.shift() ?? null;
    return { canceled: folder === null, filePaths: folder === null ? [] : [folder] };
  },
  showMessageBox: async (options: { message: string; detail?: string; cancelId?: number }): Promise<{ response: number }> => {
    record.boxes.push({ title: options.message, text: options.detail ?? '' });
    process.stderr.write(`[box] ${options.message}: ${options.detail ?? ''}\n`);
    return { response: Number(process.env['STAND_IN_CHOICE'] ?? options.cancelId ?? 0) };
  },
};

const nativeTheme = Object.assign(new EventEmitter(), {
  themeSource: 'system',
  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'dark';
  },
});

const screen = {
  getAllDisplays() {
    if (!app.isReady()) throw new Error("The 'screen' module can't be used before the app 'ready' event");
    return [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }];
  },
};

export { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, protocol, screen, session, shell, utilityProcess };
export default { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, protocol, screen, session, shell, utilityProcess };
