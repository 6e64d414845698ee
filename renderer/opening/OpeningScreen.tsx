import { useEffect, useState } from 'react';
import type { Opening } from '../../shared/library-folder.ts';
import { ask, heed, useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { sayFailure } from '../parts/toasts.ts';
import { FolderForm } from '../preferences/FolderForm.tsx';
import folder from '../preferences/Folder.module.css';
import { tell, useWords } from '../words.ts';
import styles from './Opening.module.css';

/** Milliseconds between two questions how far it is: news may have been told before anybody listened. */
const pause = 2_000;

/** What there is instead of the panes while no library is open: how far it is, or why there is none and what can be done. */
export function OpeningScreen({ opening }: { opening: Exclude<Opening, { state: 'open' | 'gone' }> }) {
  const words = useWords();
  useEffect(() => {
    const look = async () => {
      const reply = await ask('opening', {});
      if (reply.ok) heed({ about: 'opening', opening: reply.value });
    };
    const timer = setInterval(() => void look(), pause);
    return () => clearInterval(timer);
  }, []);
  if (opening.state === 'opening') {
    return (
      <main id="main" className={styles['screen']} data-state="opening" tabIndex={-1}>
        <h1>{words.opening.title}</h1>
        <p className={styles['text']}>{words.opening.text}</p>
        <progress className={`${folder['bar']} ${styles['bar']}`} aria-label={words.opening.title} max={1} value={opening.share} />
      </main>
    );
  }
  return (
    <main id="main" className={styles['screen']} tabIndex={-1}>
      <h1>{opening.state === 'missing' ? words.opening.missing : words.opening.failed}</h1>
      <p className={styles['path']}>{opening.path}</p>
      <p className={styles['text']} role={opening.state === 'failed' ? 'alert' : undefined}>
        {opening.state === 'missing' ? words.opening.missingText : tell(words, opening.failure)}
      </p>
      <Ways path={opening.path} missing={opening.state === 'missing'} />
    </main>
  );
}

/** What can be done where no library is open. */
function Ways({ path, missing }: { path: string; missing: boolean }) {
  const words = useWords();
  const { value: facts } = useAsk('folder', {});
  const [choosing, setChoosing] = useState(false);
  const [sure, setSure] = useState(false);
  const again = async () => {
    const reply = await ask('openAgain', {});
    if (!reply.ok) sayFailure(reply.failure);
  };
  const open = async (at: string, make: boolean) => {
    setChoosing(false);
    const reply = await ask('openLibrary', { path: at, make });
    // Where it went well the whole window begins anew.
    if (!reply.ok) sayFailure(reply.failure);
  };
  const known = facts?.known.filter(({ there }) => there) ?? [];
  return (
    <>
      <p className={styles['buttons']}>
        <button type="button" className={`${controls['button']} ${controls['primary']}`} onClick={() => void again()}>{words.opening.again}</button>
        <button type="button" className={controls['button']} aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>{words.folder.openOther}</button>
        {missing ? (
          <button type="button" className={controls['button']} onClick={() => (sure ? void open(path, true) : setSure(true))}>
            {sure ? words.opening.makeSure : words.opening.make}
          </button>
        ) : null}
      </p>
      {sure ? <p className={styles['text']} role="status">{words.opening.makeHint}</p> : null}
      {choosing ? <div className={styles['form']}><FolderForm act="open" canChoose={facts?.canChoose === true} run={(plan) => void open(plan.path, plan.act === 'open' && plan.made)} close={() => setChoosing(false)} /></div> : null}
      {known.length === 0 ? null : (
        <div className={styles['form']}>
          <h2>{words.folder.known}</h2>
          <ul className={folder['known']}>
            {known.map(({ path: at }) => (
              <li key={at}>
                <span className={`${styles['path']} ${folder['where']}`}>{at}</span>
                <button type="button" className={controls['button']} aria-label={words.folder.open(at)} onClick={() => void open(at, false)}>{words.folder.openNow}</button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** Over the panes while the folder of the open library is not there: what was loaded can still be read. */
export function GoneBar({ path, className }: { path: string; className: string | undefined }) {
  const words = useWords();
  const again = async () => {
    const reply = await ask('openAgain', {});
    if (!reply.ok) sayFailure(reply.failure);
  };
  return (
    <div className={`${className} ${styles['gone']}`} role="alert">
      <p>{words.opening.gone(path)}</p>
      <button type="button" className={controls['button']} onClick={() => void again()}>{words.opening.again}</button>
    </div>
  );
}
