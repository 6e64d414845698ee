import { Pause, Plus } from 'lucide-react';
import controls from '../parts/controls.module.css';
import { Nothing } from '../parts/Nothing.tsx';
import { PlaceFrame } from '../parts/PlaceFrame.tsx';
import { openPanel } from '../view.ts';
import { tell, useWords } from '../words.ts';
import { holdSaving, QueueBar } from './QueueBar.tsx';
import { QueueGroups } from './QueueGroups.tsx';
import { useQueue } from './use-queue.ts';

/** The whole queue: how far it is, what is being saved, what waits, what failed and why. */
export function QueueView() {
  const words = useWords();
  const { queue, failure } = useQueue();
  return (
    <PlaceFrame
      title={words.queue.title}
      side={
        <>
          {queue === undefined || queue.facts.held || queue.facts.waiting + queue.facts.working === 0 ? null : (
            <button type="button" className={controls['button']} onClick={() => void holdSaving(true)}>
              <Pause size={16} strokeWidth={1.5} aria-hidden />
              {words.queue.hold}
            </button>
          )}
          <button type="button" className={controls['button']} onClick={() => openPanel('add')}>
            <Plus size={16} strokeWidth={1.5} aria-hidden />
            {words.sidebar.add}
          </button>
        </>
      }
    >
        {failure === null ? null : (
          <p className={controls['alert']} role="alert">
            {tell(words, failure)}
          </p>
        )}
        {queue === undefined ? null : queue.facts.total === 0 && queue.items.length === 0 ? (
          <Nothing says={words.queue.empty} hint={words.queue.emptyHint} />
        ) : (
          <>
            {queue.facts.total === 0 ? null : <QueueBar facts={queue.facts} />}
            <QueueGroups items={queue.items} waiting={queue.facts.waiting} failures={queue.failures} whole />
          </>
        )}
    </PlaceFrame>
  );
}
