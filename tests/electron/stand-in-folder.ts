import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';

/** The mark by which tools find the fuses inside Electron's program. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Version 1 of the wire, nine fuses, as Electron ships them: `1` is on, `0` off. */
const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 9]), Buffer.from('101100101')]);

/**
 * Lays out a folder as Electron's own download for Linux has it, with a program that is nothing but its fuses, so
 * that packaging can be tried where Electron's binary cannot be had.
 */
export async function makeElectronFolder(folder: string, version: string): Promise<void> {
  const app = `${folder}-default-app`;
  for (const path of [app, join(folder, 'resources'), join(folder, 'locales')]) mkdirSync(path, { recursive: true });
  writeFileSync(join(app, 'package.json'), '{"name":"default-app","main":"main.js"}');
  writeFileSync(join(app, 'main.js'), '');
  await createPackage(app, join(folder, 'resources', 'default_app.asar'));
  rmSync(app, { recursive: true });
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('\u007fELF'), Buffer.alloc(4_096), wire, Buffer.alloc(4_096)]), { mode: 0o755 });
  writeFileSync(join(folder, 'chrome-sandbox'), '', { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'resources.pak', 'icudtl.dat']) writeFileSync(join(folder, name), '');
  for (const name of ['en-US.pak', 'zh-CN.pak', 'de.pak']) writeFileSync(join(folder, 'locales', name), '');
}
