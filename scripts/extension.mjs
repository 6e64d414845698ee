import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { crc32, deflateRawSync } from 'node:zlib';

/*
 * `npm run -s extension`: the extension for the reader's browsers, as a folder and as an archive for each family, in
 * `release/`. The same sources give the same bytes.
 */

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'extension');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const sizes = [16, 24, 32, 48, 128];
const unshipped = /\.d\.ts$|tsconfig\.json$/;

/** One manifest for each family: Chromium runs the background as a worker, Firefox as a page, and each refuses the other's key. */
export function manifestFor(family) {
  const { background, ...manifest } = JSON.parse(readFileSync(join(source, 'manifest.json'), 'utf8'));
  const { service_worker, scripts, type } = background;
  if (family === 'chrome') return { ...manifest, version, background: { service_worker, type }, minimum_chrome_version: '126' };
  return {
    ...manifest,
    version,
    background: { scripts, type },
    browser_specific_settings: { gecko: { id: 'lectern@lectern.invalid', strict_min_version: '128.0', data_collection_permissions: { required: ['websiteContent'] } } },
  };
}

/** Makes the folder that a browser of this family can load; what was there is replaced. */
export function makeFolder(family, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'icons'), { recursive: true });
  cpSync(source, folder, { recursive: true, filter: (path) => !unshipped.test(path) });
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifestFor(family), null, 2)}\n`);
  for (const size of sizes) cpSync(join(root, 'build', 'icons', size === 128 ? '128x128.png' : `${size}x${size}.png`), join(folder, 'icons', `${size}x${size}.png`));
}

/** A folder's files, by their path in it, in one order on every system. */
function filesIn(folder, inside = '') {
  const found = readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
  return found.toSorted((a, b) => (a < b ? -1 : 1));
}

/** A zip archive of a folder, by PKWARE's APPNOTE: names in UTF-8, deflated, every file dated 1980-01-01. */
export function zipOf(folder) {
  const entries = [];
  const directory = [];
  let offset = 0;
  for (const name of filesIn(folder)) {
    const bytes = readFileSync(join(folder, name));
    const packed = deflateRawSync(bytes, { level: 9 });
    const path = Buffer.from(name, 'utf8');
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt16LE(0, 6);
    facts.writeUInt16LE(0x21, 8);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(path.length, 22);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, path, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, rest, path]));
    entries.push(entry);
    offset += entry.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...entries, list, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

/** Makes both folders and both archives in `into`; answers the paths of the archives. */
export function packExtension(into = join(root, 'release')) {
  return ['chrome', 'firefox'].map((family) => {
    const folder = join(into, `extension-${family}`);
    makeFolder(family, folder);
    const archive = join(into, `lectern-extension-${family}-${version}.zip`);
    writeFileSync(archive, zipOf(folder));
    return archive;
  });
}

if (argv[1] !== undefined && resolve(argv[1]) === fileURLToPath(import.meta.url)) for (const path of packExtension()) console.log(path);
