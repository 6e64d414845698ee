import { EventEmitter } from 'node:events';
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

/** Addresses handed to the system, and boxes shown, in order. */
export const record: { opened: string[]; boxes: Array<{ title: string; text: string }>; menus: typeof popped } = { opened: [], boxes: [], menus: popped };

const shell = {
  openExternal: async (url: string): Promise<void> => {
    record.opened.push(url);
    process.stderr.write(`[outside] ${url}\n`);
  },
  openPath: async (path: string): Promise<string> => {
    process.stderr.write(`[folder] ${path}\n`);
    return '';
  },
};

const dialog = {
  showErrorBox: (title: string, text: string): void => {
    record.boxes.push({ title, text });
    process.stderr.write(`[box] ${title}: ${text}\n`);
  },
  showOpenDialog: async () => chosen(),
  showMessageBox: async (options: { message: string; detail?: string; cancelId?: number }): Promise<{ response: number }> => {
    record.boxes.push({ title: options.message, text: options.detail ?? '' });
    process.stderr.write(`[box] ${options.message}: ${options.detail ?? ''}\n`);
    return { response: Number(process.env['STAND_IN_CHOICE'] ?? options.cancelId ?? 0) };
  },
};

/** Answers with the folder the test names, or as if it was closed. */
const chosen = (): { canceled: boolean; filePaths: string[] } => {
  const folder = process.env['STAND_IN_FOLDER'];
  return { canceled: folder === undefined, filePaths: folder === undefined ? [] : [folder] };
};

const nativeTheme = Object.assign(new EventEmitter(), {
  themeSource: 'system',
  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'dark';
  },
});

const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
};

export { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, protocol, screen, session, shell, utilityProcess };
export default { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, protocol, screen, session, shell, utilityProcess };
