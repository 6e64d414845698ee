import { useSyncExternalStore } from 'react';
import { useView } from './view.ts';

/** Under this width, in pixels, one pane is shown at a time. */
export const NARROW = 900;
/** Under this width an open article has the sidebar's room, unless the reader says otherwise. */
export const MIDDLING = 1120;

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}

/** Which panes are on the screen. */
export function useLayout(): { sidebar: boolean; list: boolean; main: boolean } {
  const middling = useSyncExternalStore(subscribe, () => window.innerWidth < MIDDLING);
  const { narrow, drawer, article, focus, sidebarFolded, listFolded } = useView();
  if (narrow) return { sidebar: drawer, list: false, main: !drawer };
  if (focus && article !== null) return { sidebar: false, list: false, main: true };
  return {
    sidebar: !(sidebarFolded ?? (article !== null && middling)),
    list: !(listFolded ?? false),
    main: true,
  };
}
