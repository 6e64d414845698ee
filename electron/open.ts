import { cpSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Conf from 'conf';
import type { Ask } from '../shared/contract.ts';
import { FailureError } from '../shared/failure.ts';
import { answer } from './answer.ts';
import { complain } from './complain.ts';
import { keepDoorstep } from './doorstep.ts';
import { openOrJoin, type Joined } from './join.ts';
import { openBrowsers, type Browsers } from './library/browsers.ts';
import { keepHouse, moveNotes, tellClearing, type House } from './house.ts';
import { openCare } from './library/storage/care.ts';
import { openLibrary } from './library/library.ts';
import { settleMove } from './library/storage/move.ts';
import { openSettings, setAsideCorruptSettings, settingsOptions, type SettingsStore } from './library/settings.ts';
import { defaultLibraryFolder, extensionFolder, libraryFolder, settingsFolder, version } from './places.ts';
import { renderInBrowser } from './rendering/headless.ts';

/** A library at hand, opened by this process or by another one that is joined. */
export type Access =
  | { how: 'own'; path: string; settings: SettingsStore; library: House; ask: Ask }
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

/**
 * Opens the library asked for (null: the usual one) for a host without Electron, or joins its owner. Where its folder is not there
 * a host with a `window` says so in it; any other is told by FailureError, unless it wants a new one to be made.
 */
export async function openAccess(asked: string | null, options: { patience?: number; window?: boolean; make?: boolean } = {}): Promise<Access> {
  const { settings } = openConfSettings();
  settleMoves(settings);
  const path = libraryFolder(asked, settings.get().libraryPath);
  const browsers = openPairedBrowsers();
  const open = (at: string, make = false) =>
    keepDoorstep(at, { settings, browsers, make, open: (folder, how) => openLibrary({ path: folder, settings, version, browsers, renderPage: renderInBrowser(), ...how }) });
  const access = await openOrJoin(path, () => open(path, options.make), options.patience);
  if ('joined' in access) return { how: 'joined', path, settings, joined: access.joined, ask: access.joined.ask };
  if (options.window !== true && (await access.own.answers.opening({})).state === 'missing') {
    await access.own.close();
    throw new FailureError({ kind: 'bad-folder', path, why: 'missing' });
  }
  const library = keepHouse(access.own, { settings, browsers, open });
  return { how: 'own', path, settings, library, ask: ((name, input) => answer(library, name, input)) as Ask };
}

/** Puts right what a library's move left that was cut short; before any library is opened. */
export function settleMoves(settings: SettingsStore): void {
  const named = resolve(settings.get().libraryPath ?? defaultLibraryFolder());
  tellClearing(settleMove(moveNotes(), named, (path) => void settings.change({ libraryPath: path }), openCare));
}
