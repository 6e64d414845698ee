import { act, cleanup, render, screen } from '@testing-library/react';
import { vi } from 'vitest';
import type { Row } from '../../shared/article.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Statistics } from '../../shared/statistics.ts';
import type { Settings } from '../../shared/settings.ts';
import { App } from '../../renderer/App.tsx';
import { forgetAnswers } from '../../renderer/ask.ts';
import { loadLateParts } from '../../renderer/late-part.tsx';
import { takeLeft } from '../../renderer/left-article.ts';
import { forgetScroll } from '../../renderer/list/kept-scroll.ts';
import { resetSelection } from '../../renderer/list/selection.ts';
import { useToasts } from '../../renderer/parts/toasts.ts';
import { readHash } from '../../renderer/hash.ts';
import { useView } from '../../renderer/view.ts';
import { fakeLibrary, type FakeLibrary } from './fake-library.ts';

type Options = { hash?: string; statistics?: Statistics; shelves?: string[]; settings?: Partial<Settings>; width?: number; broken?: Failure };

/** Opens the whole window over a library in memory, as on a fresh start; 1440 px wide unless said otherwise; `broken` is what every question but the settings answers. */
export async function openWindow(rows: Row[], options: Options = {}): Promise<FakeLibrary> {
  closeWindow();
  const library = fakeLibrary(rows, { ...options, settings: { language: 'en', ...options.settings } });
  const { broken } = options;
  if (broken !== undefined) {
    const { ask } = library.carrier;
    library.carrier.ask = async (name, input) => (name === 'settings' ? ask(name, input) : { ok: false, failure: broken });
  }
  window.lectern = library.carrier;
  (window as unknown as { happyDOM: { setViewport(size: object): void } }).happyDOM.setViewport({ width: options.width ?? 1440, height: 900 });
  // There is no layout here: every element is as large as a list pane, so that a screenful of rows is drawn.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 900 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 360 });
  history.replaceState(null, '', options.hash ?? '#/inbox');
  takeLeft();
  // As a moment after the first screen: what is pressed finds its panel.
  await loadLateParts();
  useView.setState({ ...readHash(location.hash), draft: null, tagging: null, retagging: null, again: null, drawer: false, dropping: false });
  render(<App />);
  await screen.findByRole('main');
  return library;
}

/** Closes the window and forgets all that a new one would not know. */
export function closeWindow(): void {
  cleanup();
  vi.restoreAllMocks();
  forgetAnswers();
  forgetScroll();
  resetSelection();
  useToasts.setState({ toasts: [], undoable: [] });
  delete window.lectern;
}

HTMLElement.prototype.hidePopover = () => undefined;

/** Opens the popover of that name: there is no such thing in this DOM, so that it is told it was opened. */
export function openPopover(name: string): void {
  const panel = screen.getByRole('group', { name, hidden: true });
  act(() => {
    panel.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open', oldState: 'closed' }));
  });
}
