import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { Settings, SettingsPatch, defaultSettings } from '../../shared/settings.ts';

/** Some preferences with new values; an undefined one is no change. */
export type SettingsChange = { [K in keyof Settings]?: Settings[K] | undefined };

/** Preferences while Lectern runs: always valid, always whole. */
export type SettingsStore = {
  get(): Settings;
  /** Checks the patch, writes the file, tells the listeners, answers the whole. */
  change(patch: SettingsChange): Settings;
  onChange(listener: (settings: Settings) => void): () => void;
};

/** What we use of a `Conf` (or of electron-store, which extends it). */
export type SettingsFile = { readonly store: Record<string, unknown>; set(values: Record<string, unknown>): void };

/**
 * Options that make `conf` and `electron-store` keep the very same file, `settings.json` in `folder`.
 * Validation is ours (`shared/settings.ts`), so a single bad value falls back alone instead of failing the file.
 */
export function settingsOptions(folder: string) {
  return {
    cwd: folder,
    name: 'settings',
    configName: 'settings',
    projectName: 'Lectern',
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  } as const;
}

/**
 * Moves a settings file that is no JSON object out of the way, under a dated name beside it; answers that name, or
 * null when the file is fine or absent. To be called before `Conf` opens it.
 */
export function setAsideCorruptSettings(folder: string, now: Date = new Date()): string | null {
  const path = join(folder, 'settings.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  if (isObject(text)) return null;
  const aside = join(folder, `settings-damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}.json`);
  renameSync(path, aside);
  return aside;
}

/** Reads the file once, and from then on answers from memory; every change goes to the file first. */
export function openSettings(file: SettingsFile): SettingsStore {
  const listeners = new Set<(settings: Settings) => void>();
  let settings = validSettings(file.store);
  return {
    get: () => settings,
    change(patch) {
      const checked = definedOnly(SettingsPatch.parse(patch), patch);
      file.set(checked);
      settings = { ...settings, ...checked };
      for (const listener of listeners) listener(settings);
      return settings;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Every known value that is valid, and the default for each that is not; unknown keys (a newer Lectern's) are left alone in the file. */
export function validSettings(stored: Record<string, unknown>): Settings {
  const found: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(Settings.shape)) {
    const parsed = schema.safeParse(Object.hasOwn(stored, key) ? stored[key] : undefined);
    found[key] = parsed.success ? parsed.data : defaultSettings[key as keyof Settings];
  }
  return Settings.parse(found);
}

/** Zod fills defaults in even where a key was left out of the patch; only what was given is a change. */
function definedOnly(parsed: SettingsChange, given: SettingsChange): Partial<Settings> {
  return Object.fromEntries(Object.entries(parsed).filter(([key]) => given[key as keyof Settings] !== undefined));
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
