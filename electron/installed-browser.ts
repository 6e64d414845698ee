import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { thisMachine } from './places.ts';

type Machine = ReturnType<typeof thisMachine>;

/** The first installed browser of Chromium's family, or null. `LECTERN_BROWSER` names one outright; set to nothing, it means none. */
export function findBrowser(machine: Machine = thisMachine()): string | null {
  const chosen = machine.env['LECTERN_BROWSER'];
  if (chosen !== undefined) return chosen !== '' && runs(chosen) ? chosen : null;
  return candidates(machine).find(runs) ?? null;
}

function candidates({ platform, env, home }: Machine): string[] {
  switch (platform) {
    case 'darwin': {
      const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];
      return ['/Applications', join(home, 'Applications')].flatMap((folder) =>
        apps.map((app) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
      );
    }
    case 'win32': {
      const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((root) => root !== undefined);
      const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
      return programs.flatMap((program) => roots.map((root) => join(root, program)));
    }
    default: {
      const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge', 'brave-browser'];
      const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
      const rest = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/var/lib/flatpak/exports/bin'];
      return names.flatMap((name) => [...new Set([...folders, ...rest])].map((folder) => join(folder, name)));
    }
  }
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether a window could appear at all: only Linux and its relatives can be without a screen. */
export function hasDisplay({ platform, env }: Machine = thisMachine()): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/** Shows the address in a window of its own, with a profile of our own so that nothing of the reader's browsing mixes in. */
export function openAppWindow(browser: string, url: string, profile: string): ChildProcess {
  prepareProfile(profile);
  return spawn(browser, [...windowFlags(profile), `--app=${url}`], { stdio: 'ignore', detached: false });
}

/** The switches of the app window; `root` users have no Chromium sandbox, and `--test-type` hides the bar that says so. */
export function windowFlags(profile: string, root: boolean = process.getuid?.() === 0): string[] {
  return [
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--window-size=1280,860',
    '--class=Lectern',
    // On Linux the engine leaves the system's voices alone unless it is asked to.
    '--enable-speech-dispatcher',
    ...(root ? ['--no-sandbox', '--test-type'] : []),
  ];
}

/** Turns off what a reading window should never offer: translating, keeping passwords, filling forms in. */
function prepareProfile(profile: string): void {
  const folder = join(profile, 'Default');
  const file = join(folder, 'Preferences');
  if (existsSync(file)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const preferences = {
    translate: { enabled: false },
    credentials_enable_service: false,
    profile: { password_manager_enabled: false },
    autofill: { profile_enabled: false, credit_card_enabled: false },
    browser: { show_home_button: false, has_seen_welcome_page: true },
  };
  writeFileSync(file, JSON.stringify(preferences), { mode: 0o600 });
}
