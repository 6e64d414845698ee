import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { EnvironmentOptions } from 'vite';
import { defineConfig } from 'vitest/config';
import { makeFolder } from './scripts/extension.mjs';

const here = import.meta.dirname;
const at = (path: string): string => resolve(here, path);
/** Built aside and put in place whole, so that nobody runs half a build and a failed one leaves the last in place. */
const staging = at(`.cache/dist-${process.pid}`);
const present = (entries: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path)));

/** One bundle that runs in Node or Electron: everything inside but `electron`, so that the package needs no node_modules. */
function bundle(outDir: string, entries: Record<string, string>, format: 'es' | 'cjs' = 'es'): EnvironmentOptions {
  return {
    consumer: 'server',
    keepProcessEnv: true,
    resolve: { noExternal: true, external: ['electron'], conditions: ['node', 'import', 'module', 'default'] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: resolve(staging, outDir),
      emptyOutDir: true,
      target: 'node24',
      ssr: true,
      minify: false,
      sourcemap: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: present(entries),
        external: ['electron'],
        platform: 'node',
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: '[name].js',
        },
      },
    },
  };
}

/** What runs beside a host's own code: as a process, or a thread. */
const beside = {
  'extract-process': at('electron/library/extract/extract-process.ts'),
  'extract-worker': at('electron/library/extract/extract-worker.ts'),
  'checkpoint-worker': at('electron/library/storage/checkpoint-worker.ts'),
  'care-worker': at('electron/library/storage/care-worker.ts'),
};

export default defineConfig(({ command }) => ({
  // Tests are found from the checkout's root. A build started by a test is still a build.
  root: command === 'serve' && process.env['VITEST'] ? here : at('renderer'),
  plugins: [react()],
  appType: 'mpa',
  environments: {
    client: {
      build: {
        outDir: resolve(staging, 'renderer'),
        emptyOutDir: true,
        target: 'chrome142',
        sourcemap: false,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 2_000,
        rolldownOptions: { input: present({ index: at('renderer/index.html'), reader: at('renderer/reader.html'), print: at('renderer/print.html') }) },
      },
    },
    main: bundle('main', { main: at('electron/main.ts'), ...beside }),
    preload: bundle('preload', { preload: at('electron/preload.ts') }, 'cjs'),
    host: bundle('host', { browser: at('electron/browser.ts'), cli: at('electron/cli.ts'), ...beside }),
  },
  builder: {
    async buildApp(builder) {
      const began = Date.now();
      process.once('exit', () => rmSync(staging, { recursive: true, force: true }));
      for (const environment of Object.values(builder.environments)) {
        const input = environment.config.build.rolldownOptions.input;
        const wanted = ['client', 'main', 'preload', 'host'].includes(environment.name);
        if (wanted && Object.keys(input ?? {}).length > 0) await builder.build(environment);
      }
      for (const family of ['chrome', 'firefox'] as const) makeFolder(family, resolve(staging, 'extension', family));
      // When this build began: a source changed while it ran makes it stale again.
      writeFileSync(resolve(staging, 'built.json'), JSON.stringify({ at: began }));
      const old = `${staging}-old`;
      if (existsSync(at('dist'))) renameSync(at('dist'), old);
      renameSync(staging, at('dist'));
      rmSync(old, { recursive: true, force: true });
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/{shared,library,pages,web,electron,host}/**/*.test.ts', 'tests/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['tests/renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/renderer/words-loaded.ts'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'app',
          environment: 'node',
          include: ['tests/app/**/*.test.ts'],
          // One at a time, and not beside the others: a real Chromium wants the machine to itself.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // What is waited for comes; how soon depends on the machine.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
}));
