import { complain } from './complain.ts';
import type { House } from './house.ts';
import { receive, type Reception, type Show } from './join.ts';

/** Lets other processes in to whichever library is open: its door moves with it, and who is inside stays. */
export async function keepReception(house: House, show: Show | null): Promise<Reception> {
  const watchers = new Set<(count: number) => void>();
  const all = new Set<Reception>();
  let now: Reception | null = null;
  const guests = (): number => [...all].reduce((sum, each) => sum + each.guests(), 0);
  const come = async (): Promise<void> => {
    now = await receive(house, show);
    now.onGuests(() => watchers.forEach((watch) => watch(guests())));
    all.add(now);
  };
  // Where the library's folder is not there yet, nobody can come in.
  const isThere = async () => (await house.answers.opening({})).state !== 'missing';
  if (await isThere()) await come();
  else {
    const stop = house.onNews((news) => {
      if (news.about !== 'opening' || news.opening.state === 'missing') return;
      stop();
      if (now === null) come().catch((error: unknown) => complain('Other processes cannot be let in', error));
    });
  }
  house.onSwitch({
    leave: async () => {
      await now?.retire();
      now = null;
    },
    come: async () => {
      if (now === null && (await isThere())) await come();
    },
  });
  return {
    guests,
    onGuests: (listener) => void watchers.add(listener),
    retire: async () => now?.retire(),
    async close() {
      await Promise.all([...all].map((each) => each.close()));
    },
  };
}
