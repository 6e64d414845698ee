import type { Refused } from '../../shared/recognise.ts';
import { useWords } from '../words.ts';
import styles from './Add.module.css';

/** What is left out, each with where it stands and why; `place` says where. */
export function RefusedLines({ refused, place }: { refused: readonly Refused[]; place: (number: number) => string }) {
  const { refusals } = useWords().add;
  return (
    <ul className={styles['refused']}>
      {refused.map(({ line, text, why }) => (
        <li key={line}>
          <span>{place(line)}</span>
          <code>{text}</code>
          <span>{refusals[why]}</span>
        </li>
      ))}
    </ul>
  );
}
