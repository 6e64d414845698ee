import type { Timer } from './timer.ts';

/** Things that wait for a time of their own. */
export type Later<T> = {
  add(thing: T, at: number): void;
  /** Takes a thing out before its time; null when it does not wait. */
  remove(id: string): T | null;
  things(): Iterable<T>;
  /** Whether something is due by then. */
  dueBy(time: number): boolean;
  /** When the last of them is due; null when nothing waits. */
  last(): number | null;
  readonly size: number;
  /** Nothing is due any more. */
  close(): void;
};

/** `due` gets each thing at its time. */
export function createLater<T extends { id: string }>(timer: Timer, due: (thing: T) => void): Later<T> {
  const waiting = new Map<string, { thing: T; at: number; callOff: () => void }>();

  function remove(id: string): T | null {
    const found = waiting.get(id);
    found?.callOff();
    waiting.delete(id);
    return found?.thing ?? null;
  }

  return {
    add(thing, at) {
      remove(thing.id);
      const callOff = timer.at(at, () => {
        waiting.delete(thing.id);
        due(thing);
      });
      waiting.set(thing.id, { thing, at, callOff });
    },
    remove,
    *things() {
      for (const { thing } of waiting.values()) yield thing;
    },
    dueBy(time) {
      for (const { at } of waiting.values()) if (at <= time) return true;
      return false;
    },
    last() {
      let latest: number | null = null;
      for (const { at } of waiting.values()) latest = Math.max(latest ?? at, at);
      return latest;
    },
    get size() {
      return waiting.size;
    },
    close() {
      for (const { callOff } of waiting.values()) callOff();
    },
  };
}
