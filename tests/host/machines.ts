import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with one program of the given name, to be put on a path. */
export function candidatesFor(program: string): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-'));
  writeFileSync(join(folder, program), '#!/bin/sh\n', { mode: 0o755 });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
