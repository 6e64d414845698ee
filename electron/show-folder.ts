import { spawn } from 'node:child_process';
import { FailureError } from '../shared/failure.ts';

/** The system's own program that shows a folder, given its path. */
const programs: Partial<Record<NodeJS.Platform, string>> = { linux: 'xdg-open', darwin: 'open', win32: 'explorer.exe' };

/** A way to show a folder in the system's file manager, for a host without Electron; null where none is known. */
export function folderOpener(platform: NodeJS.Platform = process.platform): ((path: string) => Promise<void>) | null {
  const program = programs[platform];
  if (program === undefined) return null;
  return (path) =>
    new Promise((done, fail) => {
      const child = spawn(program, [path], { detached: true, stdio: 'ignore' });
      child.once('spawn', () => {
        child.unref();
        done();
      });
      child.once('error', (error: NodeJS.ErrnoException) => fail(new FailureError({ kind: 'storage', path, reason: error.code ?? program }, { cause: error })));
    });
}
