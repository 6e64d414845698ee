import { app, BrowserWindow, dialog, ipcMain, protocol } from 'electron';
import Store from 'electron-store';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ArticleId } from '../shared/article.ts';
import type { CommandId } from '../shared/commands.ts';
import type { Ask, News } from '../shared/contract.ts';
import { explain } from '../shared/words/explain.ts';
import { chooseLanguage, wordsFor, type Words } from '../shared/words/words.ts';
import { answer, failureOf } from './answer.ts';
import { scheme } from './channels.ts';
import { keepCaptureDoor } from './capture-door.ts';
import { complain } from './complain.ts';
import { noLaunch, readLaunch, readableFile, type Launch } from './deep-link.ts';
import { keepDoorstep } from './doorstep.ts';
import { folderDialogs } from './folder-dialog.ts';
import { hangDoor, openOutside, type Teller } from './ipc.ts';
import { keepHouse } from './house.ts';
import { openOrJoin, type Joined, type Reception } from './join.ts';
import { carryOut } from './launch.ts';
import { openPairedBrowsers, settleMoves } from './open.ts';
import { openLibrary, type Library } from './library/library.ts';
import { openSettings, setAsideCorruptSettings, settingsOptions, type SettingsStore } from './library/settings.ts';
import { showContextMenu, showMenu } from './menu.ts';
import { libraryFolder, rendererFolder, settingsFolder, version } from './places.ts';
import { keepReception } from './reception.ts';
import { cutNetwork, renderInWindow } from './render-window.ts';
import { serve } from './serve.ts';
import { startUtility } from './utility-process.ts';
import { followAppearance, keepWindow, openSession, type Front } from './window.ts';

/*
 * The desktop host: opens the library, hangs the door, shows the window. Everything it decides is in plain modules
 * (`policy`, `serve`, `answer`, `deep-link`) that the other hosts share; here they are only put in place.
 */

const dev = !app.isPackaged;
const mac = process.platform === 'darwin';
/** Milliseconds for another process to finish starting or ending with the library before the reader is told. */
const patience = 5_000;
/** What was asked for before the library was open: macOS tells of links and files that early. */
let early: Launch[] = [];
let take = (launch: Launch): void => void early.push(launch);

// Both must come before the app is ready.
protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
app.enableSandbox();
cutNetwork();
// The system's own voices, for reading aloud: on Linux the engine leaves them alone unless it is asked to.
if (process.platform === 'linux') app.commandLine.appendSwitch('enable-speech-dispatcher');
process.on('uncaughtException', tellFault);
for (const [name, path] of [['userData', settingsFolder()], ['sessionData', join(settingsFolder(), 'desktop')]] as const) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  app.setPath(name, path);
}
if (process.platform === 'win32') app.setAppUserModelId('org.lectern.Lectern');

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv, cwd) => take(readLaunch(argv.slice(1), cwd)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    take(readLaunch([url], '/'));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    const file = readableFile(path, '/');
    take({ ...noLaunch, files: file === null ? [] : [file] });
  });
  take(readLaunch(process.argv.slice(1), process.cwd()));
  app.whenReady().then(start).catch(giveUp);
} else {
  app.quit();
}

async function start(): Promise<void> {
  const folder = settingsFolder();
  const aside = setAsideCorruptSettings(folder);
  if (aside !== null) complain(`The settings could not be read and are kept as ${aside}.`);
  const settings = openSettings(new Store(settingsOptions(folder)));
  const memory = new Store({ cwd: folder, name: 'window', configFileMode: 0o600, clearInvalidConfig: true, accessPropertiesByDotNotation: false });
  // electron-store would tell any page where its file is; no page needs to know.
  ipcMain.removeAllListeners('electron-store-get-data');

  settleMoves(settings);
  const path = libraryFolder(null, settings.get().libraryPath);
  const browsers = openPairedBrowsers();
  const open = (at: string, make = false) =>
    keepDoorstep(at, { settings, browsers, make, open: (folder, how) => openLibrary({ path: folder, settings, version, browsers, renderPage: renderInWindow(), startChild: startUtility, ...how }) });
  const access = await openOrJoin(path, () => open(path), patience).catch((error: unknown) => {
    refuse(error, path, wordsOf(settings));
    return null;
  });
  if (access === null) return;
  if ('joined' in access) return handOver(access.joined, path, wordsOf(settings));
  const library = keepHouse(access.own, { settings, browsers, open });
  const ask = ((name, input) => answer(library, name, input)) as Ask;
  // The bare dashes keep a link's text from being read as switches of Chromium's (Windows puts it on the command line).
  if (!dev) app.setAsDefaultProtocolClient('lectern', process.execPath, process.platform === 'win32' ? ['--'] : []);

  const words = () => wordsOf(settings);
  const session = openSession(
    (request) => serve(request, library, rendererFolder()),
    (to) => teller.tell({ about: 'trouble', failure: { kind: 'storage', path: to, reason: 'EIO' } }),
  );
  const teller = hangDoor(library, () => front.window());
  const front = keepWindow({
    session,
    preload: join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
    settings: settings.get,
    memory: { get: () => memory.get('main'), set: (state) => memory.set('main', state) },
    dev,
    onOpen: (window) => showContextMenu(window, words, mac, (command) => teller.tell({ about: 'command', command })),
    onPageGone: teller.forget,
    // A page that is just being rendered has a window too, which nobody sees: it keeps nothing open.
    onClosed: () => {
      if (!mac && BrowserWindow.getAllWindows().length > 0) app.quit();
    },
  });
  library.offer(folderDialogs(() => front.window()));
  const reception = await keepReception(library, async (article) => {
    front.come();
    if (article !== null) teller.tell({ about: 'open', id: article });
    return { shown: true, link: null };
  }).catch((error: unknown) => {
    // A folder that cannot be written can still be read here; only other processes stay outside.
    complain('Other processes cannot join this library', error);
    return null;
  });
  follow(settings, teller, words, front);
  quitCleanly(library, reception, keepCaptureDoor(library, settings, version));
  app.on('activate', front.come);
  app.on('window-all-closed', () => {
    if (!mac) app.quit();
  });

  take = (launch) => {
    front.come();
    void carryOut(launch, ask, teller.tell);
  };
  const asked = early;
  early = [];
  front.come();
  for (const launch of asked) take(launch);
}

/** Without a window of ours, only trouble is worth a word. */
function tellTrouble(news: News): void {
  if (news.about === 'trouble') complain('Not saved', news.failure);
}

/** Without a window of ours, a proposed address is put to the reader in the system's own box. */
async function confirmOffer(url: string, ask: Ask, words: Words): Promise<ArticleId | null> {
  const buttons = [words.app.save, words.app.cancel];
  const { response } = await dialog.showMessageBox({ type: 'question', message: words.desktop.offer, detail: url, buttons, defaultId: 1, cancelId: 1 });
  if (response !== 0) return null;
  const reply = await ask('save', { urls: [url], typed: false });
  return reply.ok ? (reply.value[0]?.id ?? null) : null;
}

/** Another process has the library open: it gets what this launch asks for and shows it, and this one ends. */
async function handOver(joined: Joined, path: string, words: Words): Promise<void> {
  let article: ArticleId | null = null;
  for (const launch of early) {
    const saved = await carryOut({ ...launch, offered: [] }, joined.ask, tellTrouble);
    article = saved ?? article;
    for (const url of launch.offered) article = (await confirmOffer(url, joined.ask, words)) ?? article;
  }
  const { shown, link } = await joined.show(article);
  joined.close();
  if (!shown && link === null) dialog.showErrorBox(words.desktop.inUseTitle, words.desktop.inUse(path));
  else if (link !== null) openOutside(link);
  app.quit();
}

/** Keeps the menu's words and the window's ground in step with the settings. */
function follow(settings: SettingsStore, teller: Teller, words: () => Words, front: Front): void {
  const run = (command: CommandId) => {
    front.come();
    teller.tell({ about: 'command', command });
  };
  const draw = () => {
    followAppearance(settings.get(), front.window());
    showMenu({ words: words(), mac, dev, letters: settings.get().letterShortcuts, run });
  };
  app.setAboutPanelOptions({ applicationName: 'Lectern', applicationVersion: version });
  settings.onChange(draw);
  draw();
}

/** Windows are gone by now; the library is closed, once, before the process ends. */
function quitCleanly(library: Library, reception: Reception | null, closeDoor: () => Promise<void>): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    closed = true;
    Promise.all([reception?.close(), closeDoor()])
      .then(() => library.close())
      .catch((error: unknown) => complain('The library did not close cleanly', error))
      .finally(() => app.quit());
  });
}

/** Says in words why there is no library, and ends. */
function refuse(error: unknown, path: string, words: Words): void {
  complain('The library could not be opened', error);
  const failure = failureOf(error);
  if (failure.kind === 'in-use') {
    dialog.showErrorBox(words.desktop.inUseTitle, words.desktop.inUse(path));
  } else {
    const { what, todo } = explain(words, failure);
    dialog.showErrorBox(words.desktop.cannotOpenTitle, words.desktop.cannotOpen(path, what, todo));
  }
  app.exit(1);
}

/** A fault before there is a window: words for the person, the detail for the terminal. */
function giveUp(error: unknown): void {
  tellFault(error);
  app.exit(1);
}

function tellFault(error: unknown): void {
  complain('Fault', error);
  const words = wordsFor(chooseLanguage('system', app.isReady() ? app.getPreferredSystemLanguages() : []));
  dialog.showErrorBox(words.desktop.faultTitle, words.desktop.fault);
}

function wordsOf(settings: SettingsStore): Words {
  return wordsFor(chooseLanguage(settings.get().language, app.getPreferredSystemLanguages()));
}
