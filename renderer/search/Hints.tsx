import controls from '../parts/controls.module.css';
import { useWords } from '../words.ts';
import styles from './Search.module.css';

/** The palette's keys, at its foot. */
export function Hints() {
  const { hints } = useWords().search;
  const shown = [
    { caps: ['↑', '↓'], says: hints.move },
    { caps: ['↵'], says: hints.open },
    { caps: ['Ctrl', '↵'], says: hints.all },
    { caps: ['Tab'], says: hints.complete },
    { caps: ['Esc'], says: hints.close },
  ];
  return (
    <footer className={styles['hints']} aria-hidden>
      {shown.map(({ caps, says }) => (
        <span key={says}>
          {caps.map((cap) => (
            <kbd key={cap} className={controls['cap']}>
              {cap}
            </kbd>
          ))}
          {says}
        </span>
      ))}
    </footer>
  );
}
