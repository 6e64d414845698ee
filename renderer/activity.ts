import { create } from 'zustand';
import type { ArticleId } from '../shared/article.ts';
import type { News, QueueFacts, QueueItem } from '../shared/contract.ts';
import type { CareProgress, MoveProgress } from '../shared/library-folder.ts';
import { api } from './api.ts';
import { ask } from './ask.ts';

/** What the queue is doing now, as news tells it: the only time that Lectern uses the network. `pictures`: missing ones asked for again, by article. `gone`: nobody answers. `moving`: the library is on its way to another folder. `care`: it is being checked, or its index made anew. */
export const useActivity = create<{ facts: QueueFacts | null; working: QueueItem[]; online: boolean; gone: boolean; moving: MoveProgress | null; care: CareProgress | null; pictures: ReadonlyMap<ArticleId, { done: number; of: number }> }>(() => ({
  facts: null, working: [], pictures: new Map(), moving: null, care: null, gone: false, online: typeof navigator === 'undefined' || navigator.onLine,
}));

/** Takes in news of the queue, and of pictures asked for again. */
export function heedActivity(news: News): void {
  if (news.about === 'queue') useActivity.setState({ facts: news.facts, working: news.working });
  if (news.about === 'moving') useActivity.setState({ moving: news.progress });
  if (news.about === 'care') useActivity.setState({ care: news.care });
  if (news.about !== 'pictures') return;
  const pictures = new Map(useActivity.getState().pictures);
  if (news.done < news.of) pictures.set(news.id, { done: news.done, of: news.of });
  else pictures.delete(news.id);
  useActivity.setState({ pictures });
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
