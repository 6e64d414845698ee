import { useEffect, useState } from 'react';
import { tryMany, useRun } from '../again/run.ts';
import { ask, useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { closePanel, useView } from '../view.ts';
import { useWords } from '../words.ts';
import { Check, Rebuild } from './Care.tsx';
import { Compact } from './Compact.tsx';
import { LibraryFolder } from './LibraryFolder.tsx';
import { Outcome, type Work } from './Outcome.tsx';
import { Dictionaries } from './Dictionaries.tsx';
import { Group } from './Row.tsx';
import styles from './Preferences.module.css';

/** Where the library is, what is in it, and the two acts that look after it. */
export function LibrarySection() {
  const words = useWords().preferences;
  const { value: facts } = useAsk('library', {});
  return (
    <>
      <Group>
        <LibraryFolder />
        <div className={styles['fact']}>
          <h3>{words.librarySize}</h3>
          {facts === undefined ? null : (
            <p>{words.counts(facts.counts.all, facts.counts.archive, facts.counts.trash)}</p>
          )}
          {facts === undefined || facts.readOnly === null ? null : (
            <p className={controls['alert']}>{words.readOnly[facts.readOnly]}</p>
          )}
        </div>
      </Group>
      <Group>
        <Older />
        <Check />
        <Compact />
        <Rebuild />
      </Group>
      <Dictionaries />
    </>
  );
}

/** Articles that an older extractor made: how many, and the way to try them all with today's. */
function Older() {
  const words = useWords();
  const { doing, done, of } = useRun();
  const [work, setWork] = useState<Work<string[]>>({ state: 'working' });
  // Asked when it is looked at and after a run, not at every change: every article's facts are read for it.
  useEffect(() => {
    if (doing !== 'nothing') return undefined;
    let over = false;
    const look = async () => {
      const reply = await ask('older', {});
      if (!over) setWork(reply.ok ? { state: 'done', value: reply.value.ids } : { state: 'failed', failure: reply.failure });
    };
    void look();
    return () => {
      over = true;
    };
  }, [doing]);
  const ids = work.state === 'done' ? work.value : [];
  const under = doing !== 'nothing';
  const show = () => {
    closePanel();
    if (under) useView.setState({ againMany: true });
    else tryMany(ids);
  };
  return (
    <div className={styles['act']}>
      <div>
        <h3>{words.again.title}</h3>
        <p className={controls['hint']}>{words.preferences.olderHint}</p>
      </div>
      <button type="button" className={controls['button']} disabled={!under && ids.length === 0} onClick={show}>
        {under ? words.preferences.olderShow : words.preferences.olderTry}
      </button>
      {doing === 'trying' || doing === 'replacing' ? (
        <p className={styles['outcome']}>{(doing === 'trying' ? words.againMany.trying : words.againMany.replacing)(done, of)}</p>
      ) : (
        <Outcome work={work} working={words.preferences.olderCounting}>
          {(found) => <p>{words.preferences.older(found.length)}</p>}
        </Outcome>
      )}
    </div>
  );
}
