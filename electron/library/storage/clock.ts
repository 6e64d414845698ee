import { randomInt } from 'node:crypto';

/*
 * Hybrid logical clock: `<11 hex of milliseconds>-<5 hex counter>-<device>`. Compared as text, it orders all acts of all
 * devices; it never goes back on one device, whatever the system's clock does.
 */
export type Clock = {
  /** A clock later than every one given out or seen. */
  tick(): string;
  /** Takes note of another act's clock. */
  seen(clock: string): void;
};

/** From here on another's clock is not followed: the last few seconds that can be told at all, with room for billions of acts, are for this device's own. */
const farthest = 0xffffffff000;

/** A clock for one device; `now` is in milliseconds. */
export function createClock(device: string, now: () => number = Date.now): Clock {
  let time = 0;
  let counter = 0;
  return {
    tick() {
      const present = now();
      if (present > time) {
        time = present;
        counter = 0;
      } else if (++counter > 0xfffff) {
        time += 1;
        counter = 0;
      }
      return `${time.toString(16).padStart(11, '0')}-${counter.toString(16).padStart(5, '0')}-${device}`;
    },
    seen(clock) {
      const found = /^([0-9a-f]{11})-([0-9a-f]{5})-/.exec(clock);
      if (!found) return;
      const theirTime = Number.parseInt(found[1] ?? '', 16);
      const theirCounter = Number.parseInt(found[2] ?? '', 16);
      // Nothing comes after the end of all clocks: following that far, this device could never tell of a change again.
      if (theirTime >= farthest) return;
      if (theirTime > time || (theirTime === time && theirCounter > counter)) {
        time = theirTime;
        counter = theirCounter;
      }
    },
  };
}

/** The time a clock was given out, in ISO 8601. */
export function timeOf(clock: string): string {
  return new Date(Number.parseInt(clock.slice(0, 11), 16)).toISOString();
}

/** The device that gave a clock out. */
export function deviceOf(clock: string): string {
  return clock.slice(18);
}

const digits = '0123456789abcdefghjkmnpqrstvwxyz';

/** `length` random base-32 digits: device and undo names. */
export function randomName(length: number): string {
  let name = '';
  for (let index = 0; index < length; index++) name += digits.charAt(randomInt(32));
  return name;
}

/** A new article's id: 10 base-32 digits of milliseconds, 10 random ones. */
export function createId(time: number = Date.now()): string {
  let stamp = '';
  for (let rest = time, index = 0; index < 10; index++, rest = Math.floor(rest / 32)) stamp = digits.charAt(rest % 32) + stamp;
  return stamp + randomName(10);
}
