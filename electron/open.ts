import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import type { Ask } from '../shared/contract.ts';
import { answer } from './answer.ts';
import { complain } from './complain.ts';
import { openOrJoin, type Joined } from './join.ts';
import { openBrowsers, type Browsers } from './library/browsers.ts';
import { openLibrary, type Library } from './library/library.ts';
import { openSettings, setAsideCorruptSettings, settingsOptions, type SettingsStore } from './library/settings.ts';
import { extensionFolder, libraryFolder, settingsFolder, version } from './places.ts';
import { renderInBrowser } from './rendering/headless.ts';

/** A library at hand, opened by this process or by another one that is joined. */
export type Access =
  | { how: 'own'; path: string; settings: SettingsStore; library: Library; ask: Ask }
  | { how: 'joined'; path: string; settings: SettingsStore; joined: Joined; ask: Ask };

/** The preferences, as `conf` keeps them: the same file as the desktop's. `aside` names a corrupt file that was moved away. */
export function openConfSettings(folder: string = settingsFolder()): { settings: SettingsStore; aside: string | null } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const aside = setAsideCorruptSettings(folder);
  const file = new Conf<Record<string, unknown>>(settingsOptions(folder));
  return { settings: openSettings(file), aside };
}

/** The browsers paired on this machine: beside the preferences, since a library may be shared with other machines. */
export function openPairedBrowsers(): Browsers {
  return openBrowsers(join(settingsFolder(), 'browsers.json'), { extension: lastingExtension() });
}

/** The extension's folder where a browser can keep loading it: an AppImage is gone from its place when Lectern ends. */
function lastingExtension(): string | null {
  const folder = extensionFolder();
  if (folder === null || process.env['APPIMAGE'] === undefined) return folder;
  const copy = join(settingsFolder(), 'extension');
  try {
    cpSync(folder, copy, { recursive: true });
    return copy;
  } catch (error) {
    complain('The extension could not be copied', error);
    return null;
  }
}

/** Opens the library asked for (null: the usual one) for a host without Electron, or joins its owner. */
export async function openAccess(asked: string | null, options: { patience?: number } = {}): Promise<Access> {
  const { settings } = openConfSettings();
  const path = libraryFolder(asked, settings.get().libraryPath);
  const access = await openOrJoin(path, () => openLibrary({ path, settings, version, browsers: openPairedBrowsers(), renderPage: renderInBrowser() }), options.patience);
  if ('joined' in access) return { how: 'joined', path, settings, joined: access.joined, ask: access.joined.ask };
  const library = access.own;
  return { how: 'own', path, settings, library, ask: ((name, input) => answer(library, name, input)) as Ask };
}
