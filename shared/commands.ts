/*
 * Every command as data. The native menu, the keyboard, the palette and the list of shortcuts are all made from this
 * one table; the label of each is in `words/*` under `commands`, keyed by its id.
 */

/** The menus of the desktop's menu bar, in order; `app` is macOS's own first menu (elsewhere its items are in `file`). */
export const menus = ['app', 'file', 'edit', 'view', 'article', 'go', 'window', 'help'] as const;
export type MenuName = (typeof menus)[number];

export type Command = {
  readonly id: string;
  readonly keys: {
    /** A key pressed alone as `KeyboardEvent.key` gives it, or two pressed one after the other: `'g h'`. */
    readonly letter?: string;
    /** In Electron's spelling; works everywhere, also while typing. */
    readonly accelerator?: string;
  };
  readonly menu?: MenuName;
  /** Items of one menu with different groups are set apart by a line. */
  readonly group?: number;
  /** `article`: an article is open or selected. `list`: a list is on the screen. */
  readonly when: 'always' | 'article' | 'list';
  /** Done by the system itself (copy, paste, quit): such a command is in the menu only, never run by the renderer. */
  readonly role?: string;
  /** Only while developing, never in the packaged app. */
  readonly dev?: true;
};

export const commands = [
  { id: 'app.about', keys: {}, menu: 'app', group: 1, when: 'always', role: 'about' },
  { id: 'preferences', keys: { accelerator: 'CmdOrCtrl+,' }, menu: 'app', group: 2, when: 'always' },
  { id: 'app.hide', keys: { accelerator: 'Cmd+H' }, menu: 'app', group: 3, when: 'always', role: 'hide' },
  { id: 'app.hideOthers', keys: { accelerator: 'Cmd+Alt+H' }, menu: 'app', group: 3, when: 'always', role: 'hideOthers' },
  { id: 'app.showAll', keys: {}, menu: 'app', group: 3, when: 'always', role: 'unhide' },
  { id: 'app.quit', keys: { accelerator: 'CmdOrCtrl+Q' }, menu: 'app', group: 4, when: 'always', role: 'quit' },

  { id: 'add', keys: { letter: 'n', accelerator: 'CmdOrCtrl+N' }, menu: 'file', group: 1, when: 'always' },
  { id: 'article.print', keys: { accelerator: 'CmdOrCtrl+P' }, menu: 'file', group: 2, when: 'article' },
  { id: 'list.export', keys: {}, menu: 'file', group: 2, when: 'list' },
  { id: 'window.close', keys: { accelerator: 'CmdOrCtrl+W' }, menu: 'file', group: 3, when: 'always', role: 'close' },

  { id: 'undo', keys: { letter: 'u' }, menu: 'edit', group: 1, when: 'always' },
  { id: 'edit.undo', keys: { accelerator: 'CmdOrCtrl+Z' }, menu: 'edit', group: 2, when: 'always', role: 'undo' },
  { id: 'edit.redo', keys: { accelerator: 'CmdOrCtrl+Shift+Z' }, menu: 'edit', group: 2, when: 'always', role: 'redo' },
  { id: 'edit.cut', keys: { accelerator: 'CmdOrCtrl+X' }, menu: 'edit', group: 3, when: 'always', role: 'cut' },
  { id: 'edit.copy', keys: { accelerator: 'CmdOrCtrl+C' }, menu: 'edit', group: 3, when: 'always', role: 'copy' },
  { id: 'edit.paste', keys: { accelerator: 'CmdOrCtrl+V' }, menu: 'edit', group: 3, when: 'always', role: 'paste' },
  { id: 'edit.selectAll', keys: { accelerator: 'CmdOrCtrl+A' }, menu: 'edit', group: 3, when: 'always', role: 'selectAll' },
  { id: 'find', keys: { accelerator: 'CmdOrCtrl+F' }, menu: 'edit', group: 4, when: 'always' },
  { id: 'search', keys: { letter: '/', accelerator: 'CmdOrCtrl+K' }, menu: 'edit', group: 4, when: 'always' },
  { id: 'lookUp', keys: { accelerator: 'CmdOrCtrl+Shift+K' }, menu: 'edit', group: 4, when: 'always' },
  { id: 'tags.manage', keys: {}, menu: 'edit', group: 5, when: 'always' },
  { id: 'tags.rules', keys: {}, menu: 'edit', group: 5, when: 'always' },

  { id: 'sidebar.toggle', keys: { letter: '[' }, menu: 'view', group: 1, when: 'always' },
  { id: 'list.toggle', keys: { letter: ']' }, menu: 'view', group: 1, when: 'always' },
  { id: 'focus', keys: { letter: 'f' }, menu: 'view', group: 1, when: 'article' },
  { id: 'text.bigger', keys: { letter: '+', accelerator: 'CmdOrCtrl+Plus' }, menu: 'view', group: 2, when: 'always' },
  { id: 'text.smaller', keys: { letter: '-', accelerator: 'CmdOrCtrl+-' }, menu: 'view', group: 2, when: 'always' },
  { id: 'text.reset', keys: { letter: '0', accelerator: 'CmdOrCtrl+0' }, menu: 'view', group: 2, when: 'always' },
  { id: 'aid.dimOthers', keys: { accelerator: 'CmdOrCtrl+Shift+D' }, menu: 'view', group: 3, when: 'always' },
  { id: 'aid.ruler', keys: { accelerator: 'CmdOrCtrl+Shift+E' }, menu: 'view', group: 3, when: 'always' },
  { id: 'aid.wordBeginnings', keys: {}, menu: 'view', group: 3, when: 'always' },
  { id: 'theme.toggle', keys: { accelerator: 'CmdOrCtrl+Shift+L' }, menu: 'view', group: 3, when: 'always' },
  { id: 'window.fullScreen', keys: {}, menu: 'view', group: 4, when: 'always', role: 'togglefullscreen' },
  { id: 'dev.reload', keys: { accelerator: 'CmdOrCtrl+R' }, menu: 'view', group: 5, when: 'always', role: 'reload', dev: true },
  { id: 'dev.tools', keys: { accelerator: 'Alt+CmdOrCtrl+I' }, menu: 'view', group: 5, when: 'always', role: 'toggleDevTools', dev: true },

  { id: 'article.open', keys: { letter: 'o' }, menu: 'article', group: 1, when: 'list' },
  { id: 'list.next', keys: { letter: 'j' }, menu: 'article', group: 1, when: 'list' },
  { id: 'list.previous', keys: { letter: 'k' }, menu: 'article', group: 1, when: 'list' },
  { id: 'list.select', keys: { letter: 'x' }, menu: 'article', group: 1, when: 'list' },
  { id: 'speech.toggle', keys: { letter: 'l' }, menu: 'article', group: 1, when: 'article' },
  { id: 'highlight.mark', keys: { letter: 'h' }, menu: 'article', group: 2, when: 'article' },
  { id: 'highlight.list', keys: { letter: 'y' }, menu: 'article', group: 2, when: 'article' },
  { id: 'highlight.next', keys: { letter: '.' }, menu: 'article', group: 2, when: 'article' },
  { id: 'highlight.previous', keys: { letter: ',' }, menu: 'article', group: 2, when: 'article' },
  { id: 'article.archive', keys: { letter: 'e' }, menu: 'article', group: 2, when: 'article' },
  { id: 'article.favourite', keys: { letter: 's' }, menu: 'article', group: 2, when: 'article' },
  { id: 'article.finish', keys: { letter: 'm' }, menu: 'article', group: 2, when: 'article' },
  { id: 'article.tag', keys: { letter: 't' }, menu: 'article', group: 2, when: 'article' },
  { id: 'article.note', keys: { letter: 'w' }, menu: 'article', group: 2, when: 'article' },
  { id: 'article.openOriginal', keys: { letter: 'v' }, menu: 'article', group: 3, when: 'article' },
  { id: 'article.copyLink', keys: { letter: 'c' }, menu: 'article', group: 3, when: 'article' },
  { id: 'article.copyText', keys: {}, menu: 'article', group: 3, when: 'article' },
  { id: 'article.copyFormatted', keys: {}, menu: 'article', group: 3, when: 'article' },
  { id: 'article.copyMarkdown', keys: { accelerator: 'CmdOrCtrl+Shift+C' }, menu: 'article', group: 3, when: 'article' },
  { id: 'article.saveBookmark', keys: { letter: 'b' }, menu: 'article', group: 3, when: 'article' },
  { id: 'article.keepAddress', keys: {}, menu: 'article', group: 3, when: 'article' },
  { id: 'article.retry', keys: { letter: 'r' }, menu: 'article', group: 3, when: 'article' },
  { id: 'article.again', keys: {}, menu: 'article', group: 3, when: 'article' },
  { id: 'article.trash', keys: { letter: 'd' }, menu: 'article', group: 4, when: 'article' },

  { id: 'go.home', keys: { letter: 'g h', accelerator: 'CmdOrCtrl+1' }, menu: 'go', group: 1, when: 'always' },
  { id: 'go.inbox', keys: { letter: 'g i', accelerator: 'CmdOrCtrl+2' }, menu: 'go', group: 1, when: 'always' },
  { id: 'go.reading', keys: { letter: 'g r', accelerator: 'CmdOrCtrl+3' }, menu: 'go', group: 1, when: 'always' },
  { id: 'go.favourites', keys: { letter: 'g f', accelerator: 'CmdOrCtrl+4' }, menu: 'go', group: 1, when: 'always' },
  { id: 'go.archive', keys: { letter: 'g a', accelerator: 'CmdOrCtrl+5' }, menu: 'go', group: 1, when: 'always' },
  { id: 'go.all', keys: { letter: 'g l', accelerator: 'CmdOrCtrl+6' }, menu: 'go', group: 1, when: 'always' },
  { id: 'go.highlights', keys: { letter: 'g m' }, menu: 'go', group: 2, when: 'always' },
  { id: 'go.bookmarks', keys: { letter: 'g b', accelerator: 'CmdOrCtrl+9' }, menu: 'go', group: 2, when: 'always' },
  { id: 'go.queue', keys: { letter: 'g q', accelerator: 'CmdOrCtrl+7' }, menu: 'go', group: 3, when: 'always' },
  { id: 'go.duplicates', keys: {}, menu: 'go', group: 3, when: 'always' },
  { id: 'go.statistics', keys: { letter: 'g n' }, menu: 'go', group: 3, when: 'always' },
  { id: 'go.trash', keys: { letter: 'g t', accelerator: 'CmdOrCtrl+8' }, menu: 'go', group: 3, when: 'always' },
  { id: 'go.surprise', keys: { letter: 'g s' }, menu: 'go', group: 4, when: 'always' },

  { id: 'window.minimize', keys: { accelerator: 'CmdOrCtrl+M' }, menu: 'window', group: 1, when: 'always', role: 'minimize' },

  { id: 'shortcuts', keys: { letter: '?' }, menu: 'help', group: 1, when: 'always' },
] as const satisfies readonly Command[];

export type CommandId = (typeof commands)[number]['id'];
/** Those the renderer must be able to run: all but the ones the system does by itself. */
export type RunnableId = Exclude<(typeof commands)[number], { role: string }>['id'];

/** The commands that the renderer runs, in table order: what the palette and the list of shortcuts show. */
export const runnable: ReadonlyArray<Command & { id: RunnableId }> = commands.filter(
  (command): command is Extract<(typeof commands)[number], { id: RunnableId }> => !('role' in command),
);

export function isRunnable(id: string): id is RunnableId {
  return runnable.some((command) => command.id === id);
}

/** The keys of a command as caps to be drawn, one list for each way to press it: `[['g','h'],['Ctrl','1']]`. */
export function keyCaps(command: Command, mac: boolean): string[][] {
  const { letter, accelerator } = command.keys;
  const ways: string[][] = [];
  if (letter !== undefined) ways.push(letter.split(' ').map((key) => (/^[a-z]$/.test(key) ? key.toUpperCase() : key)));
  if (accelerator !== undefined) ways.push(capsOf(accelerator, mac));
  return ways;
}

/** The caps of keys pressed together, from their spelling as an accelerator. */
export function capsOf(accelerator: string, mac: boolean): string[] {
  return accelerator.split('+').map((part) => capOf(part, mac));
}

const arrows: Record<string, string> = { Left: '←', Right: '→', Up: '↑', Down: '↓' };

function capOf(part: string, mac: boolean): string {
  switch (part) {
    case 'CmdOrCtrl':
      return mac ? '⌘' : 'Ctrl';
    case 'Cmd':
      return '⌘';
    case 'Shift':
      return mac ? '⇧' : 'Shift';
    case 'Alt':
      return mac ? '⌥' : 'Alt';
    case 'Plus':
      return '+';
    case 'Escape':
      return 'Esc';
    case 'PageUp':
      return 'Page ↑';
    case 'PageDown':
      return 'Page ↓';
    default:
      return arrows[part] ?? part;
  }
}
