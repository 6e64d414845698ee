import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import type { Compacted } from '../../../shared/library-folder.ts';
import type { Care } from './care.ts';
import { storageFailure } from './disk.ts';
import { deviceName } from './layout.ts';
import type { OpenStore } from './store.ts';
import { dropSuperseded } from './superseded.ts';
import { sweepLeftovers } from './sweep.ts';

/** Milliseconds: what is younger may still be on its way to being named by an act. */
const anHour = 3_600_000;

/** Gives back what a library takes without need. It can be used meanwhile, and stopped at any moment. Throws FailureError. */
export async function compactLibrary(store: OpenStore, care: Care): Promise<Compacted> {
  if (store.readOnly) throw new FailureError({ kind: 'read-only', why: store.readOnly });
  try {
    await store.synced();
    const { acts, bytes: journals } = await dropSuperseded(store.root, deviceName(store.libraryId));
    const leftovers = await sweepLeftovers(store, Date.now() - anHour);
    const before = indexBytes(store.root);
    await store.replaceIndex((path) => care.run({ job: 'tighten', from: join(store.root, 'index.db'), to: path }));
    // Set aside because it could not be trusted; the one in its place has been made since from what can.
    rmSync(join(store.root, 'index-set-aside.db'), { force: true });
    return { index: Math.max(0, before - indexBytes(store.root)), journals, leftovers, acts };
  } catch (error) {
    throw storageFailure(error, store.root);
  }
}

function indexBytes(root: string): number {
  return ['index.db', 'index.db-wal', 'index-set-aside.db'].reduce((sum, name) => sum + (statSync(join(root, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}
