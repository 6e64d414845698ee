import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { tagColours } from '../../shared/tag-colour.ts';

const css = readFileSync(resolve(import.meta.dirname, '../../renderer/style/tokens.css'), 'utf8');
const themes = [...css.matchAll(/\[data-theme='(\w+)'\] \{([^}]*)\}/g)].map(([, name = '', body = '']) => [name, new Map([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, key = '', value = '']) => [key, value]))] as const);

function light(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test('every theme has every colour of a tag, each readable on every ground and unlike the others', () => {
  expect(themes.map(([name]) => name)).toEqual(['paper', 'white', 'sepia', 'dusk', 'night']);
  for (const [theme, tokens] of themes) {
    const colours = tagColours.map((name) => tokens.get(`tag-${name}`) ?? '');
    expect(new Set(colours).size, theme).toBe(tagColours.length);
    for (const ground of ['page', 'pane', 'raised', 'hover', 'pressed']) {
      for (const [index, colour] of colours.entries()) {
        const [dark = 0, bright = 0] = [light(colour), light(tokens.get(ground) ?? '')].toSorted((a, b) => a - b);
        expect((bright + 0.05) / (dark + 0.05), `${theme}: ${tagColours[index]} on ${ground}`).toBeGreaterThan(4.5);
      }
    }
  }
});
