import { useEffect, useSyncExternalStore } from 'react';

/** Whether a Chinese text sounds like what is typed in Latin letters: `rengong` and `rgzn` both are 人工智能. */
export type SoundsLike = (text: string, typed: string) => boolean;

const never: SoundsLike = () => false;
const han = /\p{Script=Han}/u;
const listeners = new Set<() => void>();
let sounds: SoundsLike = never;
let loading = false;

async function load(): Promise<void> {
  loading = true;
  try {
    // A table of some 300 KB: only for those who type at Chinese tags.
    const { match } = await import('pinyin-pro');
    sounds = (text, typed) => han.test(text) && match(text, typed.replaceAll("'", ''), { continuous: true }) !== null;
    for (const listener of listeners) listener();
  } finally {
    loading = false;
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** How Chinese names sound, once Latin letters are typed at some; until it is known, like nothing. */
export function useSounds(typed: string, names: readonly string[]): SoundsLike {
  const latin = /^[a-z][a-z ']*$/i.test(typed.trim());
  const wanted = latin && sounds === never && names.some((name) => han.test(name));
  useEffect(() => {
    if (wanted && !loading) void load();
  }, [wanted]);
  const known = useSyncExternalStore(subscribe, () => sounds);
  return latin ? known : never;
}
