import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from '../parts/IconButton.tsx';
import { useWords } from '../words.ts';
import styles from './PageBar.module.css';

type Props = { turn: number; turns: number; columns: number; leftward: boolean; onTurn: (by: 1 | -1) => void };

/** Which page is shown of how many, and the way to the next and the one before. */
export function PageBar({ turn, turns, columns, leftward, onTurn }: Props) {
  const { reader } = useWords();
  const first = turn * columns + 1;
  const back = <IconButton key="back" icon={leftward ? ChevronRight : ChevronLeft} small label={reader.pageBack} aria-disabled={turn === 0} onClick={() => onTurn(-1)} />;
  const on = <IconButton key="on" icon={leftward ? ChevronLeft : ChevronRight} small label={reader.pageOn} aria-disabled={turn >= turns - 1} onClick={() => onTurn(1)} />;
  return (
    <nav className={styles.bar} aria-label={reader.pages}>
      {leftward ? on : back}
      <output className={styles.number} aria-live="off">{reader.pageOf(first, turns * columns)}</output>
      {leftward ? back : on}
    </nav>
  );
}
