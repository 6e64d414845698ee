import type { Answers } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Extractor } from './extractor.ts';
import type { Store } from './store.ts';

/** What the queue answers, and how it is waited for and closed. `idle` resolves when nothing more can be done for now. */
export type Queue = Pick<Answers, 'save' | 'saveText' | 'saveFile' | 'queue' | 'retry' | 'cancel' | 'retryPictures'> & {
  idle(): Promise<void>;
  close(): Promise<void>;
};

/** What the queue works with. `version` is Lectern's; `concurrency` is how many articles are worked on at once. */
export type QueueContext = {
  store: Store;
  settings(): Settings;
  extractor: Extractor;
  version: string;
  concurrency?: number;
};

/** Opens the queue and starts on whatever the library has waiting. */
export function openQueue(context: QueueContext): Queue {
  throw new FailureError({ kind: 'internal', detail: `queue of ${context.store.root} is being written` });
}
