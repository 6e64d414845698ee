import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pageColours } from '../../electron/page-colours.ts';

test('a window is the colour of its page before there is a page', () => {
  const css = readFileSync(join(import.meta.dirname, '../../renderer/style/tokens.css'), 'utf8');
  for (const [theme, colour] of Object.entries(pageColours)) {
    const rule = new RegExp(`data-theme=['"]?${theme}['"]?\\][^{]*\\{[^}]*?--page:\\s*(#[0-9a-f]{6})`, 'i').exec(css);
    expect([theme, rule?.[1]?.toUpperCase()]).toEqual([theme, colour]);
  }
});
