import type { Picture } from '../../../shared/article.ts';
import { type Declared, hostIn, type Kept, missing } from './picture-fetch.ts';
import type { Way } from './picture-ways.ts';

/*
 * Servers that do not want their pictures shown elsewhere often answer with a picture all the same: one that says so,
 * the same for every address. Stored, it would look as if the article had its pictures.
 */

type Stored = Picture & { state: 'stored' };
type Group = { host: string; file: string; urls: string[] };

/** So many different addresses of one host with the very same content are looked into. */
const fewest = 3;

/**
 * Finds stand-ins among the pictures just fetched, asks for what they stand for another way, and marks the rest as
 * missing; changes `results`. `declared` are the sizes the page gives each address, `again` gets one by another way.
 */
export async function unmask(results: Map<string, Kept>, declared: ReadonlyMap<string, readonly Declared[]>, again: (url: string, way: Way) => Promise<Kept | null>): Promise<void> {
  for (const group of sameContent(results)) {
    let unmasked = false;
    for (const way of ['none', 'own'] as const) {
      const [first, ...rest] = group.urls.filter((url) => shows(results.get(url), group.file));
      const found = first === undefined ? null : await again(first, way);
      if (first === undefined || found?.state !== 'stored' || found.file === group.file) continue;
      unmasked = true;
      results.set(first, found);
      for (const url of rest) {
        const other = await again(url, way);
        if (other?.state === 'stored') results.set(url, other);
      }
    }
    const left = group.urls.filter((url) => shows(results.get(url), group.file));
    if (!unmasked && !contradicts(group, results, declared) && !isAll(group, results)) continue;
    for (const url of left) results.set(url, missing(url, { kind: 'stand-in', host: group.host }));
  }
}

const shows = (kept: Kept | undefined, file: string): boolean => kept?.state === 'stored' && kept.file === file;

/** Addresses of one host that differ in more than their query and have the same bytes. */
function sameContent(results: ReadonlyMap<string, Kept>): Group[] {
  const groups = new Map<string, Group>();
  for (const [url, kept] of results) {
    if (kept.state !== 'stored' || url.startsWith('data:')) continue;
    const host = hostIn(url);
    const key = `${host} ${kept.file}`;
    const group = groups.get(key) ?? { host, file: kept.file, urls: [] };
    group.urls.push(url);
    groups.set(key, group);
  }
  return [...groups.values()].filter(({ urls }) => new Set(urls.map((url) => URL.parse(url)?.pathname)).size >= fewest);
}

/** The page gives these addresses different sizes, or one that has not this picture's shape. */
function contradicts({ urls, file }: Group, results: ReadonlyMap<string, Kept>, declared: ReadonlyMap<string, readonly Declared[]>): boolean {
  const sizes = urls.flatMap((url) => declared.get(url) ?? []).filter(({ width, height }) => width !== null || height !== null);
  if (new Set(sizes.map(({ width, height }) => `${width}x${height}`)).size > 1) return true;
  const own = [...results.values()].find((kept): kept is Stored => kept.state === 'stored' && kept.file === file);
  const shape = own?.width && own.height ? own.width / own.height : null;
  return shape !== null && sizes.some(({ width, height }) => width !== null && height !== null && Math.abs(width / height / shape - 1) > 0.25);
}

/** Everything this host gave is this one picture: a divider or a bullet would stand among others. */
function isAll({ host, file, urls }: Group, results: ReadonlyMap<string, Kept>): boolean {
  const given = [...results].filter(([url, kept]) => kept.state === 'stored' && hostIn(url) === host);
  const [, own] = given[0] ?? [];
  const large = own?.state === 'stored' && (own.width ?? 0) >= 100 && (own.height ?? 0) >= 60;
  return large && urls.length === given.length && given.every(([, kept]) => shows(kept, file));
}
