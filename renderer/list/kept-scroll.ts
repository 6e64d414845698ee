import { placePath, type Grouping, type Place, type Sort } from '../hash.ts';

const STORED = 'lectern.scroll';
const KEPT = 40;

function stored(): Map<string, number> {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(STORED) ?? '[]') as Array<[string, number]>);
  } catch {
    return new Map();
  }
}

let places: Map<string, number> | null = null;
const listeners = new Set<() => void>();

/** What a list's place is kept under: each order and grouping of a list has its own. */
export function scrollKey(where: Place, sort: Sort, group: Grouping | null = null): string {
  return `${placePath(where)} ${sort}${group === null ? '' : ` ${group}`}`;
}

/** Where a list was scrolled to, in pixels; a reload keeps it too. */
export function keptScroll(key: string): number {
  places ??= stored();
  return places.get(key) ?? 0;
}

/** Calls `listener` whenever a list was scrolled; answers the stop. */
export function onScrollKept(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function keepScroll(key: string, top: number): void {
  places ??= stored();
  places.delete(key);
  places.set(key, top);
  if (places.size > KEPT) places.delete(places.keys().next().value ?? '');
  for (const listener of listeners) listener();
}

/** For tests: as on a fresh start. */
export function forgetScroll(): void {
  places = new Map();
}

/** Written when the page goes, not on every scroll. */
if (typeof window !== 'undefined')
  window.addEventListener('pagehide', () => {
    try {
      sessionStorage.setItem(STORED, JSON.stringify([...(places ?? [])]));
    } catch {
      // Without storage the lists of the next load begin at their top.
    }
  });
