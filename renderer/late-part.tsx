import { useEffect, useSyncExternalStore, type ComponentType, type ReactNode } from 'react';
import { sayFailure } from './parts/toasts.ts';

const loads: Array<() => Promise<void>> = [];

/**
 * A part of the window that the first screen does without: its code comes when the part is first shown, or after the first
 * screen stands, whichever is earlier. Once there it is drawn at once, so that the next key already finds it. One that `waits`
 * comes after the first screen even where it is shown from the beginning.
 */
export function latePart<Props extends object>(load: () => Promise<ComponentType<Props>>, waits = false): ((props: Props) => ReactNode) & { load(): Promise<void> } {
  let part: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;
  const listeners = new Set<() => void>();
  const begin = async (): Promise<void> => {
    try {
      part = await load();
      for (const listener of listeners) listener();
    } catch {
      // The files come from Lectern's own process, and so it is gone: the next time it may be there again.
      loading = null;
      sayFailure({ kind: 'no-connection', host: location.host });
    }
  };
  const get = (): Promise<void> => (loading ??= begin());
  loads.push(get);
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return Object.assign(function LatePart(props: Props) {
    const Part = useSyncExternalStore(subscribe, () => part);
    useEffect(() => {
      if (Part === null && !waits) void get();
    }, [Part]);
    return Part === null ? null : <Part {...props} />;
  }, { load: get });
}

/** Loads what the first screen did without, one part after the other, in the order they are named. */
export async function loadLateParts(): Promise<void> {
  for (const load of loads) await load();
}
