/** Where a thing joins its line: at its end, at its front, or before everything of every line. */
export type Joining = 'end' | 'front' | 'urgent';

/** Who is next: lines of waiting things, one a host, served in turn so that no site holds the others up. */
export type Schedule<T> = {
  add(thing: T, joining?: Joining): void;
  /** The next thing whose host is free; null when there is none. `web` false leaves out what has a host, `urgent` takes only what is. */
  take(wanted?: { web?: boolean; urgent?: boolean }): T | null;
  /** A thing taken is done with. */
  release(thing: T): void;
  /** Takes a waiting thing out; null when it does not wait. */
  remove(id: string): T | null;
  waiting(): Iterable<T>;
  /** Those of one host that wait. */
  of(host: string): T[];
  /** When the first host that only rests may be asked again, in milliseconds; null when none holds anything up. */
  freeAt(): number | null;
  /** Before when the last of them cannot have had its turn, in milliseconds. */
  lastAt(): number;
  readonly size: number;
};

/** How hosts are treated, in milliseconds: so many things of one at once, so long between two, left alone until then. */
export type HostRules = { atOnce(host: string): number; pause?(host: string): number; restsUntil?(host: string): number };

/** Things without a host (texts, files) do not hold each other up. */
export function createSchedule<T extends { id: string; host: string | null }>(rules: HostRules, now: () => number = Date.now): Schedule<T> {
  // Insertion order is the order of serving: a host that was served goes to the end.
  const lines = new Map<string, Map<string, T>>();
  const urgent: typeof lines = new Map();
  const busy = new Map<string, number>();
  const places = new Map<string, { host: string; among: typeof lines }>();
  /** Until when a host has its pause after the last thing taken. */
  const pausing = new Map<string, number>();
  const keyOf = (thing: T) => thing.host ?? '';
  const isBusy = (host: string) => host !== '' && (busy.get(host) ?? 0) >= rules.atOnce(host);
  const pauseOf = (host: string) => (host === '' ? 0 : (rules.pause?.(host) ?? 0));
  const restOf = (host: string) => (host === '' ? 0 : Math.max(pausing.get(host) ?? 0, rules.restsUntil?.(host) ?? 0));

  function withdraw(among: typeof lines, host: string, line: Map<string, T>, id: string): void {
    line.delete(id);
    places.delete(id);
    if (line.size === 0) among.delete(host);
  }

  function takeFrom(among: typeof lines, web: boolean, time: number): T | null {
    for (const [host, line] of among) {
      if ((host !== '' && !web) || isBusy(host) || restOf(host) > time) continue;
      const [thing] = line.values();
      if (thing === undefined) continue;
      withdraw(among, host, line, thing.id);
      if (among.delete(host)) among.set(host, line);
      busy.set(host, (busy.get(host) ?? 0) + 1);
      const pause = pauseOf(host);
      if (pause > 0) pausing.set(host, time + pause);
      return thing;
    }
    return null;
  }

  return {
    add(thing, joining = 'end') {
      const host = keyOf(thing);
      const among = joining === 'urgent' ? urgent : lines;
      const line = among.get(host) ?? new Map<string, T>();
      among.set(host, joining === 'front' ? new Map([[thing.id, thing], ...line]) : line.set(thing.id, thing));
      places.set(thing.id, { host, among });
    },
    take({ web = true, urgent: only = false } = {}) {
      const time = now();
      // In the order of time as long as hosts are treated alike; a longer pause before shorter ones only keeps them a while.
      for (const [host, until] of pausing) {
        if (until > time) break;
        pausing.delete(host);
      }
      return takeFrom(urgent, web, time) ?? (only ? null : takeFrom(lines, web, time));
    },
    release(thing) {
      const host = keyOf(thing);
      const left = (busy.get(host) ?? 1) - 1;
      if (left > 0) busy.set(host, left);
      else busy.delete(host);
    },
    remove(id) {
      const place = places.get(id);
      const line = place?.among.get(place.host);
      const thing = line?.get(id);
      if (place === undefined || line === undefined || thing === undefined) return null;
      withdraw(place.among, place.host, line, id);
      return thing;
    },
    *waiting() {
      for (const among of [urgent, lines]) for (const line of among.values()) yield* line.values();
    },
    of: (host) => [urgent, lines].flatMap((among) => [...(among.get(host)?.values() ?? [])]),
    freeAt() {
      let first: number | null = null;
      const time = now();
      for (const among of [urgent, lines]) {
        for (const host of among.keys()) {
          const until = restOf(host);
          if (until > time && !isBusy(host) && (first === null || until < first)) first = until;
        }
      }
      return first;
    },
    lastAt() {
      const time = now();
      let last = time;
      for (const among of [urgent, lines]) {
        for (const [host, line] of among) last = Math.max(last, Math.max(time, restOf(host)) + (line.size - 1) * pauseOf(host));
      }
      return last;
    },
    get size() {
      return places.size;
    },
  };
}
