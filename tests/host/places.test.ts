import { expect, test } from 'vitest';
import { candidatesFor } from './machines.ts';
import { findBrowser, hasDisplay, windowFlags } from '../../electron/installed-browser.ts';
import { defaultLibraryFolder, libraryFolder, settingsFolder } from '../../electron/places.ts';

const linux = { platform: 'linux' as const, env: {}, home: '/home/ann' };

test('preferences lie where Electron keeps them for an app named Lectern', () => {
  expect(settingsFolder(linux)).toBe('/home/ann/.config/Lectern');
  expect(settingsFolder({ ...linux, env: { XDG_CONFIG_HOME: '/cfg' } })).toBe('/cfg/Lectern');
  expect(settingsFolder({ ...linux, env: { XDG_CONFIG_HOME: 'relative' } })).toBe('/home/ann/.config/Lectern');
  expect(settingsFolder({ platform: 'darwin', env: {}, home: '/Users/ann' })).toBe('/Users/ann/Library/Application Support/Lectern');
});

test('the library is where it was asked for, else by the environment, else the preference, else the default', () => {
  expect(libraryFolder('/a', '/c', { ...linux, env: { LECTERN_LIBRARY: '/b' } })).toBe('/a');
  expect(libraryFolder(null, '/c', { ...linux, env: { LECTERN_LIBRARY: '/b' } })).toBe('/b');
  expect(libraryFolder(null, '/c', { ...linux, env: { LECTERN_LIBRARY: '' } })).toBe('/c');
  expect(libraryFolder(null, null, linux)).toBe(defaultLibraryFolder(linux));
  expect(defaultLibraryFolder(linux)).toBe('/home/ann/.local/share/Lectern');
});

test('a browser is looked for on the path first, and none is no error', () => {
  expect(findBrowser({ ...linux, env: { LECTERN_BROWSER: '' } })).toBeNull();
  expect(findBrowser({ ...linux, env: { LECTERN_BROWSER: '/not/there' } })).toBeNull();
  expect(findBrowser({ ...linux, env: { LECTERN_BROWSER: process.execPath } })).toBe(process.execPath);
  const made = candidatesFor('chromium');
  try {
    expect(findBrowser({ ...linux, env: { PATH: `relative:${made.folder}` } })).toMatch(/\/(chromium|google-chrome(-stable)?)$/);
  } finally {
    made.remove();
  }
});

test('only Linux can be without a screen', () => {
  expect([hasDisplay(linux), hasDisplay({ ...linux, env: { DISPLAY: ':0' } }), hasDisplay({ ...linux, env: { WAYLAND_DISPLAY: 'wayland-0' } })]).toEqual([false, true, true]);
  expect([hasDisplay({ ...linux, platform: 'darwin' }), hasDisplay({ ...linux, platform: 'win32' })]).toEqual([true, true]);
});

test('the sandbox is off only for root, and the profile is our own', () => {
  expect(windowFlags('/p', false).join(' ')).not.toMatch(/sandbox/);
  expect(windowFlags('/p', true)).toEqual(expect.arrayContaining(['--no-sandbox', '--test-type', '--user-data-dir=/p']));
});
