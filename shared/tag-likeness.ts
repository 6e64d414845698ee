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

/** Groups of tags that are alike, the fullest of each first; the groups with the most articles first. */
export function groupAlike(tags: readonly Tag[]): Tag[][] {
  const groups = new Map<string, Tag[]>();
  for (const tag of tags) {
    const key = likenessOf(tag.name);
    groups.set(key, [...(groups.get(key) ?? []), tag]);
  }
  const size = (group: Tag[]) => group.reduce((sum, { count }) => sum + count, 0);
  return [...groups.values()].filter((group) => group.length > 1).map((group) => group.toSorted((a, b) => b.count - a.count)).toSorted((a, b) => size(b) - size(a));
}
