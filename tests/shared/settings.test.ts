import { expect, test } from 'vitest';
import { defaultSettings, Settings, SettingsPatch } from '../../shared/settings.ts';

test('a change of some preferences says nothing of the others', () => {
  expect(SettingsPatch.parse({ textSize: 20 })).toEqual({ textSize: 20 });
  expect(SettingsPatch.parse({})).toEqual({});
  expect(SettingsPatch.parse({ columnWidth: null, libraryPath: null })).toEqual({ columnWidth: null, libraryPath: null });
});

test('a change is held to the same bounds as the preferences, and to their names', () => {
  for (const patch of [{ textSize: 2 }, { typeface: 'comic' }, { colour: 'red' }, { lineHeight: 9 }, null]) {
    expect(SettingsPatch.safeParse(patch).success, JSON.stringify(patch)).toBe(false);
  }
});

test('the defaults are themselves allowed', () => {
  expect(Settings.parse(defaultSettings)).toEqual(defaultSettings);
  expect(SettingsPatch.parse(defaultSettings)).toEqual(defaultSettings);
});
