import { ipcMain, shell, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import type { News } from '../shared/contract.ts';
import { answer } from './answer.ts';
import { appOrigin, channels } from './channels.ts';
import { complain } from './complain.ts';
import type { Library } from './library/library.ts';
import { isOpenable } from './policy.ts';

/** Tells the window; what is told before the page listens is kept and told then. */
export type Teller = { tell: (news: News) => void; forget: () => void };

/**
 * Hangs the door on the desktop: one channel to ask, one for news, one to open an address outside. Every message is
 * refused unless it comes from the main frame of our own window, at our own origin.
 */
export function hangDoor(library: Library, window: () => BrowserWindow | null): Teller {
  let listening = false;
  let kept: News[] = [];
  /** When a menu item was last chosen: a click that the page itself does not see. */
  let chosen = 0;

  ipcMain.handle(channels.ask, (event, name: unknown, input: unknown) => {
    if (!isOurs(event, window())) throw new Error('refused');
    return answer(library, typeof name === 'string' ? name : '', input);
  });

  ipcMain.on(channels.news, (event) => {
    if (!isOurs(event, window())) return;
    listening = true;
    const news = kept;
    kept = [];
    for (const one of news) event.sender.send(channels.news, one);
  });

  ipcMain.on(channels.open, (event, url: unknown, clicked: unknown) => {
    const meant = clicked === true || Date.now() - chosen < 1_000;
    if (isOurs(event, window()) && typeof url === 'string' && meant) openOutside(url);
  });

  const tell = (news: News) => {
    const target = window();
    if (news.about === 'command') chosen = Date.now();
    if (target !== null && listening) target.webContents.send(channels.news, news);
    // Changes need no keeping: a page that is not there yet will ask for the present state anyway.
    else if (news.about === 'open' || news.about === 'offer' || news.about === 'command' || news.about === 'trouble') kept.push(news);
  };
  library.onNews(tell);
  return {
    tell,
    forget: () => {
      listening = false;
    },
  };
}

/** Shows an http(s) address in the reader's own browser; everything else is dropped. The only way out of the app. */
export function openOutside(url: string): void {
  if (!isOpenable(url)) return;
  shell.openExternal(new URL(url).href).catch((error: unknown) => {
    complain('The system could not open an address', error);
  });
}

function isOurs(event: IpcMainEvent | IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  return (
    window !== null &&
    frame !== null &&
    event.sender === window.webContents &&
    frame === window.webContents.mainFrame &&
    frame.origin === appOrigin
  );
}
