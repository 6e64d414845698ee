import { create } from 'zustand';
import type { News, QueueFacts, QueueItem } from '../shared/contract.ts';
import { api } from './api.ts';
import { ask } from './ask.ts';

/** What the queue is doing now, as news tells it: the only time that Lectern uses the network. `gone`: nobody answers. */
export const useActivity = create<{ facts: QueueFacts | null; working: QueueItem[]; online: boolean; gone: boolean }>(() => ({
  facts: null, working: [], gone: false, online: typeof navigator === 'undefined' || navigator.onLine,
}));

/** Takes in news of the queue. */
export function heedActivity(news: News): void {
  if (news.about === 'queue') useActivity.setState({ facts: news.facts, working: news.working });
}

const tell = () => useActivity.setState({ online: navigator.onLine });

async function begin(): Promise<void> {
  const reply = await ask('queue', { count: 1 });
  if (!reply.ok || useActivity.getState().facts !== null) return;
  const { items: _, ...facts } = reply.value;
  useActivity.setState({ facts });
}

/** Asks how things stand, and follows the system's word on the network; answers the stop. */
export function followActivity(): () => void {
  void begin();
  window.addEventListener('online', tell);
  window.addEventListener('offline', tell);
  const stopGone = api.onGone((gone) => useActivity.setState({ gone }));
  return () => {
    stopGone();
    window.removeEventListener('online', tell);
    window.removeEventListener('offline', tell);
  };
}
