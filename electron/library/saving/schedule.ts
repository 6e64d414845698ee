/** Who is next: lines of waiting things, one a host, served in turn so that no site holds the others up. */
export type Schedule<T> = {
  add(thing: T, front?: boolean): void;
  /** The next thing whose host is not busy, without the web if so asked; null when there is none. */
  take(withWeb?: boolean): T | null;
  /** A thing taken is done with. */
  release(thing: T): void;
  /** Takes a waiting thing out; null when it does not wait. */
  remove(id: string): T | null;
  waiting(): Iterable<T>;
  /** When the first host that only rests may be asked again, in milliseconds; null when none holds anything up. */
  freeAt(): number | null;
  readonly size: number;
};

/**
 * `perHost` things of one host at once, `pauseOf` it milliseconds at least between two of them; things without a host
 * (texts, files) do not hold each other up.
 */
export function createSchedule<T extends { id: string; host: string | null }>(perHost: number, pauseOf: (host: string) => number = () => 0, now: () => number = Date.now): Schedule<T> {
  // Insertion order is the order of serving: a host that was served goes to the end.
  const lines = new Map<string, Map<string, T>>();
  const busy = new Map<string, number>();
  const places = new Map<string, string>();
  /** Until when a host rests; the longest rested come first. */
  const resting = new Map<string, number>();
  const keyOf = (thing: T) => thing.host ?? '';

  function withdraw(host: string, line: Map<string, T>, id: string): void {
    line.delete(id);
    places.delete(id);
    if (line.size === 0) lines.delete(host);
  }

  return {
    add(thing, front = false) {
      const host = keyOf(thing);
      const line = lines.get(host) ?? new Map<string, T>();
      lines.set(host, front ? new Map([[thing.id, thing], ...line]) : line.set(thing.id, thing));
      places.set(thing.id, host);
    },
    take(withWeb = true) {
      const time = now();
      for (const [host, until] of resting) {
        if (until > time) break;
        resting.delete(host);
      }
      for (const [host, line] of lines) {
        if (host !== '' && !withWeb) continue;
        if (host !== '' && ((busy.get(host) ?? 0) >= perHost || resting.has(host))) continue;
        const [thing] = line.values();
        if (thing === undefined) continue;
        withdraw(host, line, thing.id);
        if (lines.delete(host)) lines.set(host, line);
        busy.set(host, (busy.get(host) ?? 0) + 1);
        const pause = host === '' ? 0 : pauseOf(host);
        if (pause > 0) resting.set(host, time + pause);
        return thing;
      }
      return null;
    },
    release(thing) {
      const host = keyOf(thing);
      const left = (busy.get(host) ?? 1) - 1;
      if (left > 0) busy.set(host, left);
      else busy.delete(host);
    },
    remove(id) {
      const host = places.get(id);
      const line = host === undefined ? undefined : lines.get(host);
      const thing = line?.get(id);
      if (host === undefined || line === undefined || thing === undefined) return null;
      withdraw(host, line, id);
      return thing;
    },
    *waiting() {
      for (const line of lines.values()) yield* line.values();
    },
    freeAt() {
      // In the order of time, so that the first is the earliest.
      for (const [host, until] of resting) if (lines.has(host) && (busy.get(host) ?? 0) < perHost) return until;
      return null;
    },
    get size() {
      return places.size;
    },
  };
}
