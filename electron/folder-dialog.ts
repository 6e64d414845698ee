import { dialog, shell, type BrowserWindow } from 'electron';
import { FailureError } from '../shared/failure.ts';
import type { FolderDialogs } from './house.ts';

/** The system's own dialog for choosing a folder, and its file manager. */
export function folderDialogs(window: () => BrowserWindow | null): FolderDialogs {
  return {
    async choose(from) {
      const options = { defaultPath: from, properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'] as Array<'openDirectory' | 'createDirectory' | 'dontAddToRecent'> };
      const over = window();
      const { canceled, filePaths } = over === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(over, options);
      return canceled ? null : (filePaths[0] ?? null);
    },
    async show(path) {
      const reason = await shell.openPath(path);
      if (reason !== '') throw new FailureError({ kind: 'storage', path, reason });
    },
  };
}
