import { ask } from './ask.ts';
import { writeHash } from './hash.ts';
import { useView } from './view.ts';

/** Long enough not to write at every step through a list, in milliseconds. */
const REST = 1_000;

/** Keeps where the window is, for its next start, whenever it has rested there; answers the stop. */
export function keepAddress(): () => void {
  let kept = '';
  let timer: ReturnType<typeof setTimeout> | null = null;
  const keep = () => {
    timer = null;
    const lastAddress = writeHash({ ...useView.getState(), panel: null, focus: false });
    if (lastAddress === kept || lastAddress.length > 4_000) return;
    kept = lastAddress;
    // Not worth a word if it fails: the next start is at Home then.
    void ask('changeSettings', { lastAddress });
  };
  const stop = useView.subscribe((view, before) => {
    if (view.where === before.where && view.article === before.article && view.sort === before.sort) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(keep, REST);
  });
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}
