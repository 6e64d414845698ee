import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../shared/commands.ts';
import { localCaps, localKeys, type KeyPlace } from '../../shared/local-keys.ts';

const renderer = resolve(import.meta.dirname, '..', '..', 'renderer');

/** Which part of the list of shortcuts tells what a file does with keys. */
const told: Record<string, readonly KeyPlace[]> = {
  'list/Rows.tsx': ['list'],
  'list/manual-order.tsx': ['list'],
  'home/TagShelves.tsx': ['list'],
  'reader/scroll-keys.ts': ['reading'],
  'reader/trail.ts': ['reading'],
  'reader/presses.ts': ['reading'],
  'reader/LinkHint.tsx': ['reading'],
  'reader/Card.tsx': ['dialogs'],
  'reader/FoundBar.tsx': ['find'],
  'reader/Lightbox.tsx': ['picture'],
  'highlights/select-keys.ts': ['selecting'],
  'highlights/HighlightCard.tsx': ['dialogs'],
  'search/SearchPanel.tsx': ['search'],
  'bookmarks/NotePanel.tsx': ['dialogs'],
  'tag/Description.tsx': ['dialogs'],
  'parts/TagEditor.tsx': ['search', 'dialogs'],
};
/** What every menu, field, divider and form of the platform does with keys is not told; nor what only listens for signs of life. */
const untold = new Set([
  'keyboard.ts', 'gestures.ts', 'parts/Menu.tsx', 'parts/Separator.tsx', 'tags/TagMenu.tsx', 'tags/RenameTag.tsx', 'add/TagField.tsx', 'add/AddForm.tsx', 'sidebar/Searches.tsx',
  'bookmarks/BookmarkView.tsx', 'preferences/FolderForm.tsx', 'reader/Popover.tsx', 'reader/finding.ts', 'reader/reading.ts', 'reader/reading-time.ts', 'list/RowState.tsx',
]);

/** As `KeyboardEvent.key` calls it, from the spelling of an accelerator's last part. */
const names: Record<string, string> = { Left: 'ArrowLeft', Right: 'ArrowRight', Up: 'ArrowUp', Down: 'ArrowDown', Space: ' ', Plus: '+' };
const keyOf = (way: string): string => {
  const last = way.split('+').at(-1) ?? '';
  return names[last] ?? (last.length === 1 ? last.toLowerCase() : last);
};
const keysIn = (source: string): string[] => [...new Set([...source.matchAll(/(?<!\w)'(Arrow\w+|Page\w+|Home|End|Enter|Escape|Tab|F\d+|(?<==== ') (?=')| (?=':))'|(?<=[{,]\s*|^\s+)(Arrow\w+|Page\w+|Home|End|Enter|F\d+):/gm)].map(([, quoted, named]) => quoted ?? named ?? ''))];

test('every key that means something in its place is in the list of shortcuts', () => {
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const handling = files.filter((file) => /onKeyDown|'keydown'/.test(readFileSync(join(renderer, file), 'utf8')));
  expect(handling.filter((file) => told[file] === undefined && !untold.has(file))).toEqual([]);
  expect(Object.keys(told).filter((file) => !handling.includes(file))).toEqual([]);
  for (const [file, places] of Object.entries(told)) {
    const listed = localKeys.filter(({ place }) => places.includes(place)).flatMap(({ ways }) => ways.map(keyOf));
    const missing = keysIn(readFileSync(join(renderer, file), 'utf8')).filter((key) => !listed.includes(key));
    expect([file, missing]).toEqual([file, []]);
  }
});

test('the list of shortcuts names no key twice in one place, and none that a command has everywhere', () => {
  const everywhere = new Set<string>(commands.flatMap(({ keys }) => ('accelerator' in keys ? [keys.accelerator] : [])));
  const seen = new Map<string, string>();
  for (const { id, place, ways } of localKeys) {
    for (const way of ways) {
      // An open picture's own Space and Enter are a page on where no picture or link has the focus.
      if (id === 'reading.open') continue;
      expect([id, seen.get(`${place} ${way}`)]).toEqual([id, undefined]);
      seen.set(`${place} ${way}`, id);
      // To select all is also the text fields' own.
      expect([id, everywhere.has(way) && way !== 'CmdOrCtrl+A']).toEqual([id, false]);
    }
  }
  const back = localKeys.find(({ id }) => id === 'reading.back');
  expect(back === undefined ? null : [localCaps(back, false), localCaps(back, true)]).toEqual([[['Alt', '←']], [['⌘', '[']]]);
});
