import { foldText } from './fold.ts';
import type { Tag } from './tag.ts';

/** Words that end in s without being a plural. */
const single = /(?:ss|us|is|ics|js)$|^(?:news|series|species|lens|linux|css|https|aws|ios|macos|dns|rss|gps|bus|gas|canvas|atlas|jenkins|kubernetes|redis|sales|windows|james)$/;
/** Marks that come and go in tags without meaning anything; `+`, `#` and a dot in front belong to names (C++, C#, .NET). */
const stray = /^#+|[\s\p{Pd}\p{Pc}\p{Ps}\p{Pe}\p{Pi}\p{Pf}'"·•、，,。!?！？:：;；&~*`\u200b]+|(?<=.)\.+/gu;

/**
 * What a tag is compared by: without regard to case, width, accents, traditional or simplified characters, an English
 * plural, stray marks and spaces. Two tags with the same key very likely mean the same.
 */
export function likenessOf(tag: string): string {
  return tag.split('/').map((level) => {
    const words = foldText(level).replace(/[a-z]+/g, singular);
    const key = words.replace(stray, '');
    return key === '' ? words.trim() : key;
  }).join('/');
}

function singular(word: string): string {
  if (word.length < 4 || single.test(word)) return word;
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:x|z|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** Two names as a pair, whichever came first. */
export const inOrder = (a: string, b: string): [string, string] => (a < b ? [a, b] : [b, a]);

/**
 * Groups of tags that are alike, the fullest of each first; the groups with the most articles first. Two tags that are kept
 * apart are never in one group: a third that is like both goes to the fuller.
 */
export function groupAlike(tags: readonly Tag[], apart: ReadonlyArray<readonly [string, string]> = []): Tag[][] {
  const keptApart = new Set(apart.map((pair) => JSON.stringify(pair)));
  const differs = (a: Tag, b: Tag) => keptApart.has(JSON.stringify(inOrder(a.name, b.name)));
  const byKey = new Map<string, Tag[]>();
  for (const tag of tags) {
    const key = likenessOf(tag.name);
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [tag]);
    else same.push(tag);
  }
  const groups = [...byKey.values()].filter((same) => same.length > 1).flatMap((same) => {
    const made: Tag[][] = [];
    for (const tag of same.toSorted((a, b) => b.count - a.count)) {
      const group = made.find((each) => !each.some((other) => differs(tag, other)));
      if (group === undefined) made.push([tag]);
      else group.push(tag);
    }
    return made;
  });
  const size = (group: Tag[]) => group.reduce((sum, { count }) => sum + count, 0);
  return groups.filter((group) => group.length > 1).toSorted((a, b) => size(b) - size(a));
}
