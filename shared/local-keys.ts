import { capsOf } from './commands.ts';

/** Where keys mean something of their own: in a list, in an article, while something is found in it, and so on. */
export const keyPlaces = ['list', 'reading', 'find', 'selecting', 'picture', 'search', 'dialogs'] as const;
export type KeyPlace = (typeof keyPlaces)[number];

/**
 * Keys that are no commands, since they mean something only where the focus is or what is open: the list of shortcuts shows
 * them beside the commands. `ways` is spelt as accelerators are; a Mac may have others.
 */
export const localKeys = [
  { id: 'list.step', place: 'list', ways: ['Down', 'Up'] },
  { id: 'list.leap', place: 'list', ways: ['PageDown', 'PageUp'] },
  { id: 'list.ends', place: 'list', ways: ['Home', 'End'] },
  { id: 'list.extend', place: 'list', ways: ['Shift+Down', 'Shift+Up'] },
  { id: 'list.open', place: 'list', ways: ['Enter'] },
  { id: 'list.select', place: 'list', ways: ['Space'] },
  { id: 'list.all', place: 'list', ways: ['CmdOrCtrl+A'] },
  { id: 'list.order', place: 'list', ways: ['Alt+Down', 'Alt+Up', 'Alt+Home', 'Alt+End'] },

  { id: 'reading.page', place: 'reading', ways: ['Space', 'PageDown'] },
  { id: 'reading.pageBack', place: 'reading', ways: ['Shift+Space', 'PageUp'] },
  { id: 'reading.line', place: 'reading', ways: ['Down', 'Up'] },
  { id: 'reading.turn', place: 'reading', ways: ['Right', 'Left'] },
  { id: 'reading.ends', place: 'reading', ways: ['Home', 'End'] },
  { id: 'reading.back', place: 'reading', ways: ['Alt+Left'], mac: ['Cmd+['] },
  { id: 'reading.forward', place: 'reading', ways: ['Alt+Right'], mac: ['Cmd+]'] },
  { id: 'reading.open', place: 'reading', ways: ['Enter', 'Space'] },
  { id: 'reading.saveLink', place: 'reading', ways: ['Shift+Enter'] },
  { id: 'reading.leave', place: 'reading', ways: ['Escape'] },

  { id: 'find.next', place: 'find', ways: ['Enter', 'F3', 'CmdOrCtrl+G'] },
  { id: 'find.previous', place: 'find', ways: ['Shift+Enter', 'Shift+F3', 'CmdOrCtrl+Shift+G'] },
  { id: 'find.end', place: 'find', ways: ['Escape'] },

  { id: 'selecting.sentence', place: 'selecting', ways: ['Right', 'Left'] },
  { id: 'selecting.paragraph', place: 'selecting', ways: ['Down', 'Up'] },
  { id: 'selecting.more', place: 'selecting', ways: ['Shift+Right', 'Shift+Left', 'Shift+Down', 'Shift+Up'] },
  { id: 'selecting.colour', place: 'selecting', ways: ['1', '5'] },
  { id: 'selecting.mark', place: 'selecting', ways: ['Enter', 'H'] },
  { id: 'selecting.note', place: 'selecting', ways: ['N'] },
  { id: 'selecting.copy', place: 'selecting', ways: ['C'] },
  { id: 'selecting.leave', place: 'selecting', ways: ['Escape'] },

  { id: 'picture.zoom', place: 'picture', ways: ['Plus', '-', '0'] },
  { id: 'picture.move', place: 'picture', ways: ['Right', 'Left', 'Down', 'Up'] },
  { id: 'picture.turn', place: 'picture', ways: ['PageDown', 'PageUp'] },

  { id: 'search.step', place: 'search', ways: ['Down', 'Up'] },
  { id: 'search.open', place: 'search', ways: ['Enter'] },
  { id: 'search.all', place: 'search', ways: ['CmdOrCtrl+Enter'] },
  { id: 'search.complete', place: 'search', ways: ['Tab'] },

  { id: 'dialogs.done', place: 'dialogs', ways: ['CmdOrCtrl+Enter'] },
  { id: 'dialogs.close', place: 'dialogs', ways: ['Escape'] },
] as const satisfies ReadonlyArray<{ id: string; place: KeyPlace; ways: readonly string[]; mac?: readonly string[] }>;

export type LocalKeyId = (typeof localKeys)[number]['id'];

/** The caps of such keys, one list for each way to press them. */
export function localCaps(keys: (typeof localKeys)[number], mac: boolean): string[][] {
  const ways: readonly string[] = mac && 'mac' in keys ? keys.mac : keys.ways;
  return ways.map((way) => capsOf(way, mac));
}
