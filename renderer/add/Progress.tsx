import type { Saved } from '../../shared/contract.ts';
import controls from '../parts/controls.module.css';
import { QueueBar } from '../queue/QueueBar.tsx';
import { QueueGroups } from '../queue/QueueGroups.tsx';
import { LISTED, useFollowed } from '../queue/use-queue.ts';
import { closePanel, go, openArticle } from '../view.ts';
import { useWords } from '../words.ts';
import styles from './Add.module.css';

/** How the articles just added are getting on. Closing it stops nothing. */
export function Progress({ saved, onMore }: { saved: Saved[]; onMore: () => void }) {
  const words = useWords();
  const queue = useFollowed(saved);
  const known = saved.filter(({ outcome }) => outcome === 'known').length;
  const whole = saved.length > LISTED;
  const items = queue?.items ?? [];
  const only = items.length === 1 && items[0]?.stage.state === 'ready' ? items[0] : undefined;
  return (
    <>
      <div className={styles['body']}>
        <p className={styles['kept']} data-first="" tabIndex={-1}>
          {words.add.saved(saved.length - known, known)}
        </p>
        {queue === null || queue.facts.total === 0 ? null : <QueueBar facts={queue.facts} />}
        <QueueGroups items={items} waiting={queue?.facts.waiting ?? 0} whole={whole} />
      </div>
      <footer className={styles['foot']}>
        <p className={controls['hint']}>{queue !== null && queue.facts.waiting + queue.facts.working === 0 ? null : words.add.goesOn}</p>
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
