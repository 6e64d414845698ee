import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import { commands, menus, type Command, type CommandId, type MenuName } from '../shared/commands.ts';
import type { Words } from '../shared/words/words.ts';

type MenuOptions = { words: Words; mac: boolean; dev: boolean; letters: boolean; run: (id: CommandId) => void };
type Item = Command & { id: CommandId };

/** Puts up the menu bar, in the words given. Called again when the language or the letter shortcuts change. */
export function showMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}

/** The menu bar as a template, made from the table of commands. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const items = (commands as readonly Item[])
    .filter((command) => options.dev || command.dev === undefined)
    .filter((command) => options.mac || !['app.hide', 'app.hideOthers', 'app.showAll'].includes(command.id));
  return menus
    .map((name) => ({ name, items: items.filter((command) => placeOf(command, options.mac) === name) }))
    .filter((menu) => menu.items.length > 0)
    .map(({ name, items: found }) => ({
      id: name,
      label: name === 'app' ? options.words.app.name : options.words.menu[name],
      ...(options.mac && name === 'window' ? { role: 'window' as const } : {}),
      ...(options.mac && name === 'help' ? { role: 'help' as const } : {}),
      submenu: setApart(found, options.mac).map((one) => (one === null ? { type: 'separator' as const } : itemOf(one, options))),
    }));
}

/** Only macOS has an app menu and a window menu; elsewhere their items have a usual place in the others. */
function placeOf(command: Item, mac: boolean): MenuName | undefined {
  if (mac || (command.menu !== 'app' && command.menu !== 'window')) return command.menu;
  if (command.id === 'app.about') return 'help';
  return command.menu === 'app' ? 'file' : undefined;
}

/** In the order of their groups, with a null where a line belongs. Items moved here from the app menu come last. */
function setApart(items: readonly Item[], mac: boolean): Array<Item | null> {
  const rank = (command: Item) => (command.group ?? 0) + (!mac && command.menu === 'app' ? 10 : 0);
  const sorted = items.toSorted((a, b) => rank(a) - rank(b));
  return sorted.flatMap((command, at) => {
    const before = sorted[at - 1];
    return before !== undefined && rank(before) !== rank(command) ? [null, command] : [command];
  });
}

function itemOf(command: Item, { words, mac, letters, run }: MenuOptions): MenuItemConstructorOptions {
  const label = words.commands[command.id];
  // The system knows the usual keys of its own roles better than a table can.
  if (command.role !== undefined) return { id: command.id, label, role: command.role as NonNullable<MenuItemConstructorOptions['role']> };
  const { accelerator, letter } = command.keys;
  const item: MenuItemConstructorOptions = { id: command.id, label, click: () => run(command.id) };
  if (accelerator !== undefined) return { ...item, accelerator };
  // A letter is only shown: it belongs to the window, which knows whether someone is typing. macOS cannot just show one.
  if (letter !== undefined && /^[a-z]$/.test(letter) && letters && !mac) {
    return { ...item, accelerator: letter.toUpperCase(), registerAccelerator: false };
  }
  return item;
}

/**
 * Cut, copy and paste on a right click, where there is something to cut, copy or paste; a selected word is looked up, on
 * macOS in the system's own dictionaries as well.
 */
export function showContextMenu(window: BrowserWindow, words: () => Words, mac: boolean, run: (id: CommandId) => void): void {
  window.webContents.on('context-menu', (_event, { isEditable, editFlags, selectionText }) => {
    const label = words().commands;
    const selected = selectionText.trim();
    const items: MenuItemConstructorOptions[] = [];
    if (isEditable) items.push({ role: 'cut', label: label['edit.cut'], enabled: editFlags.canCut });
    if (isEditable || selected !== '') items.push({ role: 'copy', label: label['edit.copy'], enabled: editFlags.canCopy });
    if (isEditable) items.push({ role: 'paste', label: label['edit.paste'], enabled: editFlags.canPaste });
    if (selected !== '' && mac) items.push({ type: 'separator' }, { id: 'define', label: words().desktop.define(short(selected)), click: () => window.webContents.showDefinitionForSelection() });
    if (selected !== '') items.push(...(mac ? [] : [{ type: 'separator' as const }]), { id: 'lookUp', label: label.lookUp, click: () => run('lookUp') });
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}

/** Enough of a selection to know it by in a menu. */
function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const signs = [...line];
  return signs.length <= 24 ? line : `${signs.slice(0, 23).join('')}…`;
}
