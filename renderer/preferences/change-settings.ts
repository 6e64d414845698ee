import { useCallback, useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { Settings, SettingsPatch } from '../../shared/settings.ts';
import { ask, expect, heed, peek, useAsk } from '../ask.ts';

let pending: SettingsPatch | null = null;
let sending: Promise<Failure | null> | null = null;

/** Sends what was changed meanwhile in one piece, one question at a time: a slider is dragged through many values. */
async function send(): Promise<Failure | null> {
  while (pending !== null) {
    const patch = pending;
    pending = null;
    const reply = await ask('changeSettings', patch);
    if (!reply.ok) {
      pending = null;
      return reply.failure;
    }
  }
  return null;
}

/** Changes preferences at once on the screen and then in the library; a refusal puts the old values back and is answered. */
export async function changeSettings(patch: SettingsPatch): Promise<Failure | null> {
  const before = peek('settings', {}).value;
  pending = { ...pending, ...patch };
  expect('settings', {}, (settings) => ({ ...settings, ...patch }));
  sending ??= send().finally(() => {
    sending = null;
  });
  const failure = await sending;
  if (failure !== null && before !== undefined) heed({ about: 'settings', settings: before });
  return failure;
}

/** The preferences as they are now (undefined until first answered), how to change some, and why the last change failed. */
export function useSettings(): {
  settings: Settings | undefined;
  change: (patch: SettingsPatch) => void;
  failure: Failure | null;
} {
  const { value, failure: unread } = useAsk('settings', {});
  const [refused, setRefused] = useState<Failure | null>(null);
  const change = useCallback((patch: SettingsPatch) => {
    void changeSettings(patch).then(setRefused);
  }, []);
  return { settings: value, change, failure: refused ?? unread };
}
