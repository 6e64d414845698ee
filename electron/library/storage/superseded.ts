import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { decodeAct, type Act } from './acts.ts';
import { syncFolderNow } from './disk.ts';
import { begun } from './membership.ts';
import { segmentPath, segmentsOf } from './journal.ts';
import { dirname } from 'node:path';

/**
 * What a later act of the same journal makes void, as a key; null for an act that is always kept. Only where the latest by
 * clock is all that counts, whatever came between.
 */
function fieldOf(act: Act): string | null {
  switch (act.act) {
    case 'place':
      return `place ${act.id}`;
    case 'tag':
      return `tag ${act.id} ${act.tag}`;
    case 'wait':
    case 'failed':
      return `stage ${act.id}`;
    default:
      return null;
  }
}

/** Of an erased article nothing counts but that it is erased; what else was counted of it (as an act of another kind) stays. */
function isOfErased(act: Act, erased: ReadonlySet<string>): boolean {
  return (act.act === 'place' || act.act === 'tag' || act.act === 'wait' || act.act === 'failed' || act.act === 'ready' || act.act === 'bump') && erased.has(act.id);
}

/**
 * Takes the acts that later ones of the same device make void out of its sealed segments: the index made from what is left is the
 * same. The last segment, which is being written, is not touched; every line kept stays as it was, and each segment is replaced whole.
 * Answers how many acts went, and bytes. Other work goes on in between.
 */
export async function dropSuperseded(root: string, device: string): Promise<{ acts: number; bytes: number }> {
  const latest = new Map<string, string>();
  const erased = new Set<string>();
  /** When each article was begun: that counts whatever place came after it. */
  const firsts = new Map<string, { at: string; clock: string }>();
  const segments = segmentsOf(root, device);
  for (const segment of segments) {
    for (const line of linesOf(root, device, segment)) {
      const act = decodeAct(line);
      if (act === null) continue;
      if (act.act === 'erase') erased.add(act.id);
      if (act.act === 'place' && act.place && act.carried !== true && act.place.progress > begun) {
        const first = firsts.get(act.id);
        if (first === undefined || act.at < first.at) firsts.set(act.id, { at: act.at, clock: act.clock });
      }
      // A `ready` ends a wait or a failure as a later one of these does, but is never dropped for it.
      const field = act.act === 'ready' ? `stage ${act.id}` : fieldOf(act);
      if (field !== null && act.clock > (latest.get(field) ?? '')) latest.set(field, act.clock);
    }
    await setImmediate();
  }
  const gone = { acts: 0, bytes: 0 };
  for (const segment of segments.slice(0, -1)) {
    const lines = linesOf(root, device, segment);
    const kept = lines.filter((line) => {
      const act = decodeAct(line);
      // A damaged line is nobody's to throw away: check goes on naming it.
      if (act === null) return true;
      const field = fieldOf(act);
      return !isOfErased(act, erased) && (field === null || latest.get(field) === act.clock || (act.act === 'place' && firsts.get(act.id)?.clock === act.clock));
    });
    await setImmediate();
    if (kept.length === lines.length) continue;
    gone.acts += lines.length - kept.length;
    gone.bytes += replaceSegment(segmentPath(root, device, segment), kept);
  }
  return gone;
}

function linesOf(root: string, device: string, segment: number): string[] {
  const text = readFileSync(segmentPath(root, device, segment), 'utf8');
  return text.split('\n').slice(0, -1);
}

/** The old segment or the new one, never a part. */
function replaceSegment(path: string, lines: readonly string[]): number {
  const before = readFileSync(path).length;
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const beside = `${path}.part`;
  try {
    const file = openSync(beside, 'w', 0o600);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
    syncFolderNow(dirname(path));
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  return before - bytes.length;
}
