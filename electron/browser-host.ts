import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { ArticleId } from '../shared/article.ts';
import { keepCaptureDoor } from './capture-door.ts';
import { openDoor, type Door } from './http.ts';
import { findBrowser, hasDisplay, openAppWindow } from './installed-browser.ts';
import type { House } from './house.ts';
import type { Show } from './join.ts';
import type { SettingsStore } from './library/settings.ts';
import { rendererFolder, settingsFolder, version } from './places.ts';
import { keepReception } from './reception.ts';
import { folderOpener } from './show-folder.ts';

/** Why a person has to open the link by hand. */
export type LinkReason = 'asked' | 'no-browser' | 'no-display' | 'browser-failed';

/** A library served to this machine's own browser. */
export type BrowserHost = {
  origin: string;
  show: Show;
  /** Resolves when the last window is closed, if windows were opened; never for a host that only gives links. */
  done: Promise<void>;
  close(): Promise<void>;
};

/** Milliseconds a host stays after its browser ended and its last window went: a reload must fit in. */
const goodbye = 1_500;
/** The same while the browser still runs: macOS keeps it after its last window; elsewhere its end is the sign. */
const lingering = process.platform === 'darwin' ? 60_000 : null;

/**
 * Serves the library on 127.0.0.1, opens its window (unless `window` is false) and lets other launches in.
 * `tell` is given each link that a person has to open by hand, with the reason.
 */
export async function startBrowserHost(
  library: House,
  settings: SettingsStore,
  options: { window: boolean; article: ArticleId | null; tell: (link: string, why: LinkReason) => void },
): Promise<BrowserHost> {
  const door = await openDoor(library, rendererFolder());
  const closeCaptureDoor = keepCaptureDoor(library, settings, version);
  const windows = watchWindows(door);
  const browser = options.window ? findBrowser() : null;

  const show: Show = async (article) => {
    const link = door.link(article);
    if (browser === null || !hasDisplay()) return { shown: false, link };
    const child = openAppWindow(browser, link, join(settingsFolder(), 'browser'));
    windows.follow(child, () => options.tell(door.link(article), 'browser-failed'));
    return { shown: true, link: null };
  };
  const reception = await keepReception(library, show);
  const opener = hasDisplay() ? folderOpener() : null;
  if (opener !== null) library.offer({ show: opener });
  reception.onGuests((count) => windows.hold(count > 0));
  const { link } = await show(options.article);
  if (link !== null) options.tell(link, !options.window ? 'asked' : hasDisplay() ? 'no-browser' : 'no-display');

  return {
    origin: door.origin,
    show,
    done: windows.done,
    async close() {
      windows.end();
      await reception.close();
      await closeCaptureDoor();
      await door.close();
      await library.close();
    },
  };
}

/** Knows when the last window is gone: the browser we started has ended, and nothing listens for news any more. */
function watchWindows(door: Door) {
  const children = new Set<ChildProcess>();
  let opened = false;
  let seen = false;
  let held = false;
  let timer: NodeJS.Timeout | undefined;
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();

  const reconsider = (): void => {
    clearTimeout(timer);
    // Who was only given a link may close and reload tabs as they like: this host ends when it is told to.
    if (!opened || !seen || held || door.windows() > 0) return;
    const patience = children.size === 0 ? goodbye : lingering;
    if (patience !== null) timer = setTimeout(finish, patience);
  };
  door.onWindows((count) => {
    seen ||= count > 0;
    reconsider();
  });

  return {
    done,
    /** Watches a browser just started. `failed` is called if it ends without a window ever having listened. */
    follow(child: ChildProcess, failed: () => void): void {
      children.add(child);
      opened = true;
      let over = false;
      const ended = (): void => {
        if (over) return;
        over = true;
        children.delete(child);
        // A browser that was running already takes the address over and ends at once: its window is still coming.
        setTimeout(() => seen || failed(), 10_000).unref();
        reconsider();
      };
      child.once('exit', ended);
      child.once('error', ended);
    },
    /** Keeps the host open while other processes need it. */
    hold(on: boolean): void {
      held = on;
      reconsider();
    },
    end(): void {
      clearTimeout(timer);
      for (const child of children) child.kill();
    },
  };
}
