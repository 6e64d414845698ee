import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { expect, test, vi } from 'vitest';
import { wordsFor } from '../../shared/words/words.ts';
import { popped } from './menu.ts';

vi.mock('electron', async () => ({ Menu: (await import('./menu.ts')).Menu }));
const { showContextMenu } = await import('../../electron/menu.ts');

const flags = { canCut: true, canCopy: true, canPaste: false };

/** What a right click brings up on a selection: labels, and what became of each choice. */
function pressed(mac: boolean, selectionText: string, isEditable = false): { labels: Array<string | undefined>; choose(id: string): string[] } {
  const done: string[] = [];
  const webContents = Object.assign(new EventEmitter(), { showDefinitionForSelection: () => void done.push('system') });
  showContextMenu({ webContents } as unknown as BrowserWindow, () => wordsFor('en'), mac, (id) => void done.push(id));
  const before = popped.length;
  webContents.emit('context-menu', {}, { isEditable, editFlags: flags, selectionText });
  const menu = popped.length > before ? popped.at(-1) : undefined;
  return {
    labels: (menu?.items ?? []).map(({ label, type }) => (type === 'separator' ? '-' : label)),
    choose(id) {
      menu?.getMenuItemById(id)?.click();
      return done;
    },
  };
}

test('a selected word is looked up in the reader’s dictionaries, on macOS in the system’s own as well', () => {
  const mac = pressed(true, ' quay\n');
  expect(mac.labels).toEqual(['Copy', '-', 'Look up “quay”', 'Look up in the dictionaries']);
  expect(mac.choose('define')).toEqual(['system']);
  expect(mac.choose('lookUp')).toEqual(['system', 'lookUp']);
  const other = pressed(false, 'quay');
  expect(other.labels).toEqual(['Copy', '-', 'Look up in the dictionaries']);
  expect(other.choose('define')).toEqual([]);
  expect(pressed(true, 'a sentence that is much longer than a menu is wide').labels[2]).toBe('Look up “a sentence that is much…”');
});

test('a field has cut, copy and paste; where nothing is selected and nothing can be written, nothing comes up', () => {
  expect(pressed(true, '', true).labels).toEqual(['Cut', 'Copy', 'Paste']);
  expect(pressed(true, '').labels).toEqual([]);
});
