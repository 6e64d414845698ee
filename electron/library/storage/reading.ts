import type { DatabaseSync } from 'node:sqlite';
import type { Act } from './acts.ts';
import { deviceOf } from './clock.ts';
import { get, run } from './database.ts';

/** Takes note of the time an article was read on a day; the more of two tellings of one device counts, in any order. */
export function countReading(db: DatabaseSync, act: Act & { act: 'read' }): void {
  const device = deviceOf(act.clock);
  const before = get<{ seconds: number }>(db, 'SELECT seconds FROM reading WHERE day = ? AND article = ? AND device = ?', act.day, act.id, device)?.seconds ?? 0;
  if (act.seconds <= before) return;
  run(
    db, 'INSERT INTO reading VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET seconds = excluded.seconds',
    act.day, act.id, device, act.seconds,
  );
  run(
    db, 'INSERT INTO reading_days VALUES (?, ?) ON CONFLICT DO UPDATE SET seconds = seconds + excluded.seconds',
    act.day, act.seconds - before,
  );
}

/** How long an article was read on a day, as this device has told so far, in seconds. */
export function readSoFar(db: DatabaseSync, day: string, id: string, device: string): number {
  return get<{ seconds: number }>(db, 'SELECT seconds FROM reading WHERE day = ? AND article = ? AND device = ?', day, id, device)?.seconds ?? 0;
}
