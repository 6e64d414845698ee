import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/*
 * The walls between the rooms, the names and the sizes. A failure here names the file and the rule;
 * `docs/decisions/0001-rooms-and-walls.md` says why each rule exists.
 */

const root = resolve(import.meta.dirname, '..');
const rooms = ['shared', 'electron', 'renderer', 'extension', 'tests', 'scripts', 'bench'];
const source = /\.(ts|tsx|mjs|js)$/;
const files = rooms.flatMap((room) => list(room)).concat('vite.config.ts');
const code = files.filter((file) => source.test(file));

function list(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? list(path) : [path];
  });
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** Every module a file names in import or export … from, dynamic import and require alike; `types` marks `import type`. */
function imports(file: string): Array<{ from: string; types: boolean }> {
  const text = read(file).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found: Array<{ from: string; types: boolean }> = [];
  for (const match of text.matchAll(/\b(?:import|export)\s+(type\s)?[^;'"`]*?from\s*['"]([^'"]+)['"]/g)) {
    found.push({ from: match[2] ?? '', types: match[1] !== undefined });
  }
  for (const match of text.matchAll(/\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]\s*\)|^import\s+['"]([^'"]+)['"]/gm)) {
    found.push({ from: match[1] ?? match[2] ?? '', types: false });
  }
  return found;
}

/** `shared/tag.ts` for a relative import, the package's name for the others. */
function target(file: string, from: string): string {
  if (from.startsWith('.')) return relative(root, resolve(root, dirname(file), from)).replaceAll('\\', '/');
  return from;
}

const isBuiltin = (name: string) => name.startsWith('node:') || builtinModules.includes(name);
const isOwn = (name: string) => rooms.some((room) => name.startsWith(`${room}/`));
const desktop = new Set(['main', 'preload', 'ipc', 'window', 'render-window', 'utility-process', 'menu', 'folder-dialog'].map((name) => `electron/${name}.ts`));

/** What each room may import. The first pattern that fits a file rules it. */
const walls: Array<{ room: RegExp; may: (name: string, types: boolean) => boolean }> = [
  { room: /^shared\//, may: (name) => name.startsWith('shared/') || name === 'zod' },
  {
    room: /^renderer\//,
    may: (name) => name.startsWith('renderer/') || name.startsWith('shared/') || (!isBuiltin(name) && !isOwn(name) && !/^(electron|conf|undici|linkedom|parse5)/.test(name)),
  },
  {
    room: /^electron\/library\/(extract\/|saving\/(fetch-public|download|images|picture-|svg|unpack))/,
    may: (name, types) =>
      name !== 'electron' && (types || !/^electron\/library\/(storage\/(store|database|migrations|acts|journal|apply)|articles|lists|tags|search\/)/.test(name)) && name !== 'node:sqlite' && !/^electron\/[a-z-]+\.ts$/.test(name) && !name.startsWith('renderer/'),
  },
  {
    room: /^electron\/library\//,
    may: (name) => name !== 'electron' && name !== 'electron-store' && !/^electron\/(?!library\/)/.test(name) && !name.startsWith('renderer/') && !name.startsWith('tests/'),
  },
  { room: /^extension\//, may: (name) => name.startsWith('extension/') || name.startsWith('shared/') },
  { room: /^electron\//, may: (name) => !name.startsWith('renderer/') && !name.startsWith('extension/') && !name.startsWith('tests/') },
];

test('no room imports what its wall keeps out', () => {
  const broken = code.flatMap((file) => {
    const wall = walls.find(({ room }) => room.test(file));
    if (!wall) return [];
    return imports(file)
      .filter(({ from, types }) => !wall.may(target(file, from), types))
      .map(({ from }) => `${file} imports ${from}`);
  });
  expect(broken).toEqual([]);
});

test('the renderer brings no schemas along: they are checked at the door, and the package would be as large as the rest', () => {
  const withSchemas = new Set(code.filter((file) => file.startsWith('shared/') && imports(file).some(({ from, types }) => from === 'zod' && !types)));
  const reached = new Set<string>();
  const follow = (file: string, by: string): string[] => {
    const named = imports(file).filter(({ types }) => !types).map(({ from }) => target(file, from)).filter((name) => name.startsWith('shared/') && code.includes(name) && !reached.has(name));
    return named.flatMap((name) => {
      reached.add(name);
      return withSchemas.has(name) ? [`${by} imports ${name}`] : follow(name, by);
    });
  };
  expect(code.filter((file) => file.startsWith('renderer/')).flatMap((file) => follow(file, file))).toEqual([]);
});

test('only the desktop host imports electron', () => {
  const broken = files
    .filter((file) => /^(electron|renderer|shared)\//.test(file) && source.test(file) && !desktop.has(file))
    .filter((file) => imports(file).some(({ from, types }) => !types && /^electron(-store)?(\/|$)/.test(from)));
  expect(broken).toEqual([]);
});

test('the network has one client', () => {
  const allowed = new Set(['electron/library/saving/fetch-public.ts', 'electron/http.ts', 'electron/request.ts', 'electron/capture-door.ts', 'electron/join.ts', 'electron/browser.ts']);
  const broken = code
    .filter((file) => file.startsWith('electron/') && !allowed.has(file))
    .filter(
      (file) =>
        imports(file).some(({ from, types }) => !types && /^(undici|(node:)?(http|https|http2|net|tls|dgram))$/.test(from)) ||
        /(?<![\w.])fetch\(/.test(read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')),
    );
  expect(broken).toEqual([]);
});

test('stored HTML meets the screen in one place', () => {
  const sinks = /\.(innerHTML|outerHTML|srcdoc)\s*=|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML|\.setHTML(Unsafe)?\(|createContextualFragment|srcDoc=/;
  const broken = code
    .filter((file) => file.startsWith('renderer/') && file !== 'renderer/reader/set-html.ts')
    .filter((file) => sinks.test(read(file)));
  expect(broken).toEqual([]);
});

test('links leave the app in one place a host', () => {
  const broken = code
    .filter((file) => /^(electron|renderer)\//.test(file) && !['electron/window.ts', 'electron/ipc.ts', 'renderer/api.ts'].includes(file))
    .filter((file) => /shell\.openExternal\(|window\.open\(/.test(read(file)));
  expect(broken).toEqual([]);
});

test('names say what is inside', () => {
  const banned = /(^|\/)(utils?|helpers?|common|misc|managers?|services?)(\.|\/|$)|(^|\/)index\.tsx?$/;
  expect(files.filter((file) => banned.test(file))).toEqual([]);
  const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
  const pascal = /^[A-Z][A-Za-z0-9]*(\.[a-z-]+)*$/;
  const odd = code.filter((file) => {
    const name = file.split('/').at(-1) ?? '';
    if (file.startsWith('shared/words/')) return !/^[a-z]+(-[A-Z]{2})?\.ts$/.test(name);
    return !(kebab.test(name) || (pascal.test(name) && /\.(test\.)?tsx$/.test(name)));
  });
  expect(odd).toEqual([]);
});

test('no file outgrows 300 lines', () => {
  const free = /^shared\/words\/|\.(table|weights)\.ts$/;
  const long = code
    .filter((file) => !free.test(file))
    .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});

test('colours, sizes and durations are named in one stylesheet', () => {
  const styles = list('renderer').filter((file) => file.endsWith('.css') && file !== 'renderer/style/tokens.css');
  const broken = styles.filter((file) => /#[0-9a-f]{3,8}\b(?![\w-])|\b(rgba?|hsla?|oklch)\(|(?<![\w-])\d+m?s\b/i.test(read(file).replaceAll(/\/\*[\s\S]*?\*\/|url\([^)]*\)/g, '')));
  expect(broken).toEqual([]);
});

test('tests are neither skipped nor focused', () => {
  const broken = code
    .filter((file) => file.startsWith('tests/') && file !== 'tests/walls.test.ts')
    .filter((file) => /\b(test|it|describe)\.(only|skip|todo|skipIf|runIf)\b/.test(read(file)));
  expect(broken).toEqual([]);
});

test('a type is never any', () => {
  const broken = code.filter((file) => /\.tsx?$/.test(file) && file !== 'tests/walls.test.ts' && /(:\s*|\bas\s+|<)any\b(?!\s+[a-z])/.test(read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'|`[^`]*`/gm, '')));
  expect(broken).toEqual([]);
});

test('a library opens without the code that only saving, handing out and looking up need', () => {
  const heavy = new Set(['undici', 'parse5', 'linkedom', 'turndown', 'markdown-it', '@mozilla/readability', 'chardet', 'html-encoding-sniffer']);
  const from = new Map<string, string | null>(['electron/main.ts', 'electron/browser.ts'].map((entry) => [entry, null]));
  const loaded: string[] = [];
  for (const [file] of from) {
    if (heavy.has(file)) loaded.push(wayTo(file));
    if (!code.includes(file)) continue;
    for (const name of staticImports(file).map((each) => target(file, each))) if (!from.has(name)) from.set(name, file);
  }
  expect(from.size).toBeGreaterThan(100);
  expect(loaded).toEqual([]);

  function wayTo(file: string): string {
    const before = from.get(file);
    return before ? `${wayTo(before)} > ${file}` : file;
  }
});

/** What is loaded with a file: neither types alone nor what it imports later. */
function staticImports(file: string): string[] {
  const text = read(file).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...text.matchAll(/^(?:import|export)\s+(?!type\b)(?:([^;'"`]*?)from\s*)?['"]([^'"]+)['"]/gm)].flatMap(([, names = '', name = '']) => {
    const braced = /^\{([^}]*)\}\s*$/.exec(names)?.[1]?.split(',').map((each) => each.trim()).filter((each) => each !== '');
    return braced?.every((each) => each.startsWith('type ')) === true ? [] : [name];
  });
}
