import { create } from 'zustand';

/** The panels that are open, the topmost last: what is not inside it cannot be reached. */
export const useOpenPanels = create<{ panels: readonly HTMLElement[] }>(() => ({ panels: [] }));

/** Takes note of a panel that has opened; answers what to call when it closes. */
export function panelOpened(panel: HTMLElement): () => void {
  useOpenPanels.setState(({ panels }) => ({ panels: [...panels, panel] }));
  return () => useOpenPanels.setState(({ panels }) => ({ panels: panels.filter((each) => each !== panel) }));
}
