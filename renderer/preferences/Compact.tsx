import { useState } from 'react';
import type { Compacted } from '../../shared/library-folder.ts';
import { ask } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { useWords } from '../words.ts';
import { Outcome, workOf, type Work } from './Outcome.tsx';
import styles from './Preferences.module.css';

/** Gives back the room that the library takes without need. */
export function Compact() {
  const { folder } = useWords();
  const [work, setWork] = useState<Work<Compacted>>({ state: 'idle' });
  const run = async () => {
    setWork({ state: 'working' });
    setWork(workOf(await ask('compact', {})));
  };
  return (
    <div className={styles['act']}>
      <div>
        <h3>{folder.compact}</h3>
        <p className={controls['hint']}>{folder.compactHint}</p>
      </div>
      <button type="button" className={controls['button']} disabled={work.state === 'working'} onClick={() => void run()}>{folder.compactNow}</button>
      <Outcome work={work} working={folder.compacting}>
        {({ index, journals, acts, leftovers }) => (
          <div className={styles['good']}>
            <p>{folder.compacted(index + journals)}</p>
            {index + acts + leftovers === 0 ? null : <p>{folder.compactedParts(index, acts, leftovers)}</p>}
          </div>
        )}
      </Outcome>
    </div>
  );
}
