import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import manifest from '../package.json' with { type: 'json' };

/** Lectern's version, written into everything it stores. */
export const version: string = manifest.version;

type Env = Readonly<Record<string, string | undefined>>;
type Machine = { platform: NodeJS.Platform; env: Env; home: string };

/** The running process's own machine; tests pass another. */
export function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, home: homedir() };
}

/** Where preferences and the browser's profile live: the folder Electron calls `userData` for an app named Lectern. */
export function settingsFolder({ platform, env, home }: Machine = thisMachine()): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Lectern');
    case 'win32':
      return join(absolute(env['APPDATA']) ?? join(home, 'AppData', 'Roaming'), 'Lectern');
    default:
      return join(absolute(env['XDG_CONFIG_HOME']) ?? join(home, '.config'), 'Lectern');
  }
}

/**
 * Where the library is when nobody chose a place. Not the documents folder: macOS asks before it may be read, and
 * Windows and macOS often sync it, which a live SQLite file does not survive.
 */
export function defaultLibraryFolder({ platform, env, home }: Machine = thisMachine()): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Lectern', 'Library');
    case 'win32':
      return join(absolute(env['LOCALAPPDATA']) ?? join(home, 'AppData', 'Local'), 'Lectern', 'Library');
    default:
      return join(absolute(env['XDG_DATA_HOME']) ?? join(home, '.local', 'share'), 'Lectern');
  }
}

/** The library to open, absolute: what was asked for, else `LECTERN_LIBRARY`, else the preference, else the default. */
export function libraryFolder(asked: string | null, preferred: string | null, machine: Machine = thisMachine()): string {
  const chosen = asked ?? (machine.env['LECTERN_LIBRARY'] || null) ?? preferred;
  return chosen === null ? defaultLibraryFolder(machine) : resolve(chosen);
}

/** The built renderer, found from the running module's folder: beside the host's bundle, or in `dist` when run from source. */
export function rendererFolder(from: string = import.meta.dirname): string {
  const beside = join(dirname(from), 'renderer');
  return existsSync(join(beside, 'index.html')) && !existsSync(join(beside, 'main.tsx')) ? beside : join(dirname(from), 'dist', 'renderer');
}

/**
 * The extension for the reader's browsers, as a folder that Chrome, Edge or Chromium can load: beside the program in a
 * package, else what the build made; null when neither is there.
 */
export function extensionFolder(from: string = import.meta.dirname, resources: string | undefined = (process as { resourcesPath?: string }).resourcesPath): string | null {
  const places = [...(resources === undefined ? [] : [join(resources, 'extension')]), join(dirname(from), 'extension', 'chrome'), join(dirname(from), 'dist', 'extension', 'chrome')];
  return places.find((place) => existsSync(join(place, 'manifest.json'))) ?? null;
}

/** XDG says that a relative path in its variables is to be ignored. */
function absolute(path: string | undefined): string | null {
  return path !== undefined && path !== '' && resolve(path) === path.replace(/[\\/]+$/, '') ? path : null;
}
