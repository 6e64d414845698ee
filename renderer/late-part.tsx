import { useEffect, useSyncExternalStore, type ComponentType, type ReactNode } from 'react';
import { sayFailure } from './parts/toasts.ts';

const loads: Array<() => Promise<void>> = [];

/**
 * A part of the window that the first screen does without: its code comes when the part is first shown, or after the first
 * screen stands, whichever is earlier. Once there it is drawn at once, so that the next key already finds it.
 */
export function latePart<Props extends object>(load: () => Promise<ComponentType<Props>>): (props: Props) => ReactNode {
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
  return function LatePart(props) {
    const Part = useSyncExternalStore(subscribe, () => part);
    useEffect(() => {
      if (Part === null) void get();
    }, [Part]);
    return Part === null ? null : <Part {...props} />;
  };
}

/** Loads what the first screen did without, one part after the other. */
export async function loadLateParts(): Promise<void> {
  for (const load of loads) await load();
}
