import { runnable, type RunnableId } from '../shared/commands.ts';
import { peek } from './ask.ts';
import { canRun, runCommand } from './commands.ts';
import { isList } from './hash.ts';
import { currentList } from './list/current.ts';
import { clearSelection, useSelection } from './list/selection.ts';
import { currentFinding } from './reader/finding-current.ts';
import { closeArticle, setFocus, useView } from './view.ts';

/** How long the first key of a pair such as `g h` waits for the second, in milliseconds. */
const PAIR_WAIT = 1_200;
const NO_TEXT = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);

let first: { key: string; at: number } | null = null;

/** Whether keys pressed there are text. Frames have their own classes, so nothing is asked by `instanceof`. */
export function isTyping(target: EventTarget | null): boolean {
  const element = target as (Partial<HTMLInputElement> & { closest?: Element['closest'] }) | null;
  if (element === null || element.tagName === undefined) return false;
  const tag = element.tagName.toLowerCase();
  if (tag === 'input') return !NO_TEXT.has(element.type ?? 'text');
  if (tag === 'textarea' || tag === 'select' || element.isContentEditable === true) return true;
  return (element.closest?.('[role=textbox],[role=combobox],[role=searchbox]') ?? null) !== null;
}

/** Whether keys are named and pressed as on a Mac. */
export const isMac = (): boolean => /mac/i.test(navigator.platform);

function matches(accelerator: string, event: KeyboardEvent): boolean {
  const parts = accelerator.split('+').map((part) => (part === '' ? '+' : part));
  const key = parts.at(-1) === 'Plus' ? '+' : (parts.at(-1) ?? '').toLowerCase();
  const wants = (part: string) => parts.includes(part);
  const main = isMac() ? event.metaKey : event.ctrlKey;
  const other = isMac() ? event.ctrlKey : event.metaKey;
  if (main !== wants('CmdOrCtrl') || other || event.altKey !== wants('Alt')) return false;
  const pressed = event.key.toLowerCase();
  // `+` needs Shift on most layouts; the `=` under it counts as well.
  if (key === '+') return pressed === '+' || pressed === '=';
  return event.shiftKey === wants('Shift') && pressed === key;
}

function byAccelerator(event: KeyboardEvent): RunnableId | null {
  if (!event.ctrlKey && !event.metaKey && !event.altKey) return null;
  return runnable.find(({ keys }) => keys.accelerator !== undefined && matches(keys.accelerator, event))?.id ?? null;
}

function byLetter(event: KeyboardEvent): { id: RunnableId | null; pending: boolean } {
  const key = event.key === '=' ? '+' : event.key;
  const before = first !== null && event.timeStamp - first.at < PAIR_WAIT ? first.key : null;
  first = null;
  const pair = before === null ? undefined : runnable.find(({ keys }) => keys.letter === `${before} ${key}`);
  if (pair !== undefined) return { id: pair.id, pending: false };
  if (runnable.some(({ keys }) => keys.letter?.startsWith(`${key} `) === true)) {
    first = { key, at: event.timeStamp };
    return { id: null, pending: true };
  }
  return { id: runnable.find(({ keys }) => keys.letter === key)?.id ?? null, pending: false };
}

/** Escape goes one step back: out of what is being found, focus mode, the selection, an article that covers its list, the text to its row. */
function escape(): boolean {
  const { focus, article, narrow, drawer, where } = useView.getState();
  if (currentFinding()?.leave() === true) return true;
  if (focus) setFocus(false);
  else if (useSelection.getState().selected.size > 0) clearSelection();
  else if (drawer) useView.setState({ drawer: false });
  else if (article !== null && (narrow || !isList(where))) closeArticle();
  else if (article !== null && document.activeElement instanceof HTMLIFrameElement) {
    document.activeElement.blur();
    currentList()?.focus?.();
  } else return false;
  return true;
}

/**
 * Runs what a key means, if anything, and then keeps the key from its usual use. For the window's document and for
 * the reader's frame. Keys are left alone while typing, while an input method composes, and under an open panel.
 */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  const { panel, tagging, retagging, noting, exporting, comparing, again, againMany } = useView.getState();
  const accelerated = byAccelerator(event);
  if (accelerated !== null) {
    if (runCommand(accelerated)) event.preventDefault();
    return;
  }
  if (panel !== null || tagging !== null || retagging !== null || noting !== null || exporting !== null || comparing !== null || again !== null || againMany || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) return;
  if (event.key === 'Escape') {
    if (escape()) event.preventDefault();
    return;
  }
  if (peek('settings', {}).value?.letterShortcuts === false) return;
  const { id, pending } = byLetter(event);
  if (pending) event.preventDefault();
  if (id === null) return;
  const command = runnable.find((each) => each.id === id);
  if (command === undefined || !canRun(command)) return;
  event.preventDefault();
  runCommand(id);
}
