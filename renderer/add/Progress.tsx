import type { QueueItem, Saved } from '../../shared/contract.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { countItems } from '../queue/groups.ts';
import { QueueBar } from '../queue/QueueBar.tsx';
import { QueueGroups } from '../queue/QueueGroups.tsx';
import { closePanel, go, openArticle } from '../view.ts';
import { useWords } from '../words.ts';
import styles from './Add.module.css';

/** With more articles than this the library's answer may leave some out, and the whole queue is shown instead. */
const FOLLOWED = 500;

/** The queue's lines of these articles, in their order. What the queue no longer lists is done. */
function followed(saved: readonly Saved[], items: readonly QueueItem[]): QueueItem[] {
  const listed = new Map(items.map((item) => [item.id, item]));
  return saved.map(({ id, url }) => listed.get(id) ?? { id, url, title: '', stage: { state: 'ready' }, attempts: 1 });
}

/** How the articles just added are getting on. Closing it stops nothing. */
export function Progress({ saved, onMore }: { saved: Saved[]; onMore: () => void }) {
  const words = useWords();
  const { value: queue } = useAsk('queue', { count: 1_000 });
  const known = saved.filter(({ outcome }) => outcome === 'known').length;
  const whole = saved.length > FOLLOWED;
  const items = queue === undefined ? [] : whole ? queue.items : followed(saved, queue.items);
  const facts = queue === undefined ? null : whole ? queue : countItems(items, queue.paused);
  const only = items.length === 1 && items[0]?.stage.state === 'ready' ? items[0] : undefined;
  return (
    <>
      <div className={styles['body']}>
        <p className={styles['kept']} data-first="" tabIndex={-1}>
          {words.add.saved(saved.length - known, known)}
        </p>
        {facts === null ? null : <QueueBar facts={facts} />}
        <QueueGroups items={items} {...(whole && queue !== undefined ? { waiting: queue.waiting, ready: queue.done } : {})} whole={whole} />
      </div>
      <footer className={styles['foot']}>
        <p className={controls['hint']}>{words.add.goesOn}</p>
        <button type="button" className={controls['button']} onClick={onMore}>
          {words.add.addMore}
        </button>
        {only === undefined ? (
          <button type="button" className={controls['button']} onClick={() => go({ list: 'queue' })}>
            {words.add.openQueue}
          </button>
        ) : (
          <button type="button" className={controls['button']} onClick={() => openArticle(only.id)}>
            {words.add.openArticle}
          </button>
        )}
        <button type="button" className={`${controls['button']} ${controls['primary']}`} onClick={closePanel}>
          {words.app.done}
        </button>
      </footer>
    </>
  );
}
