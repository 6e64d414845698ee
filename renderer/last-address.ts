import { ask, firstAsked, peek } from './ask.ts';
import { readHash, writeHash } from './hash.ts';
import { keepScroll, keptScroll, onScrollKept, scrollKey } from './list/kept-scroll.ts';
import { beginAt, useView } from './view.ts';

/** Long enough not to write at every step through a list, in milliseconds. */
const REST = 1_000;

/** Begins where the window was when it was last open, its list scrolled as it was; only without an address of its own. */
export function beginWhereLeft(lastAddress: string): void {
  const { where, sort, group } = readHash(lastAddress);
  const top = Number(new URLSearchParams(lastAddress.split('?')[1] ?? '').get('top'));
  if (location.hash === '' && top > 0) keepScroll(scrollKey(where, sort, group), top);
  beginAt(lastAddress);
}

/** Where the window is, as a hash, with how far its list is scrolled in pixels. */
function addressNow(): string {
  const view = useView.getState();
  const hash = writeHash({ ...view, panel: null, focus: false });
  const top = Math.round(keptScroll(scrollKey(view.where, view.sort, view.group)));
  return top === 0 ? hash : `${hash}${hash.includes('?') ? '&' : '?'}top=${top}`;
}

/** Keeps where the window is, for its next start, and what it asked there, whenever it has rested; answers the stop. */
export function keepAddress(): () => void {
  let kept = '';
  let timer: ReturnType<typeof setTimeout> | null = null;
  const keep = () => {
    timer = null;
    const now = { lastAddress: addressNow(), lastAsked: firstAsked() };
    const known = peek('settings', {}).value;
    const last = kept === '' && known !== undefined ? JSON.stringify({ lastAddress: known.lastAddress, lastAsked: known.lastAsked }) : kept;
    kept = JSON.stringify(now);
    if (kept === last || now.lastAddress.length > 4_000) return;
    // Not worth a word if it fails: the next start is at Home then.
    void ask('changeSettings', now);
  };
  const later = () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(keep, REST);
  };
  const stop = useView.subscribe((view, before) => {
    if (view.where !== before.where || view.article !== before.article || view.sort !== before.sort || view.group !== before.group) later();
  });
  const stopScroll = onScrollKept(later);
  later();
  return () => {
    stop();
    stopScroll();
    if (timer !== null) clearTimeout(timer);
  };
}
