import { create } from 'zustand';
import type { Words } from '../../shared/words/words.ts';

/** Something long that is going on, told with the notices: how far it is, and that the reader wants it stopped. */
export type Work = { id: number; text: (words: Words, done: number, of: number) => string; done: number; of: number; stopped: boolean };

/** What is going on now. */
export const useWork = create<{ works: readonly Work[] }>(() => ({ works: [] }));

let counted = 0;

/** Tells of something long once it has reached a point of it; `reach` answers whether to go on. To be ended in every case. */
export function beginWork(text: Work['text']): { reach(done: number, of: number): boolean; end(): void } {
  counted += 1;
  const id = counted;
  return {
    reach(done, of) {
      const { works } = useWork.getState();
      const before = works.find((work) => work.id === id);
      const now: Work = { id, text, stopped: before?.stopped ?? false, done, of };
      useWork.setState({ works: before === undefined ? [...works, now] : works.map((work) => (work.id === id ? now : work)) });
      return !now.stopped;
    },
    end() {
      useWork.setState(({ works }) => ({ works: works.filter((work) => work.id !== id) }));
    },
  };
}

/** Lets the piece that is being done be the last. */
export function stopWork(id: number): void {
  useWork.setState(({ works }) => ({ works: works.map((work) => (work.id === id ? { ...work, stopped: true } : work)) }));
}
