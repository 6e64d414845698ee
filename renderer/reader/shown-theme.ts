import { useSyncExternalStore } from 'react';

/** The theme the window wears now, as the shell puts it on the root element. */
export function useShownTheme(): string {
  return useSyncExternalStore(watchTheme, () => document.documentElement.dataset['theme'] ?? 'paper');
}

function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
