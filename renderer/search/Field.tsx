import { CircleQuestionMark, Search } from 'lucide-react';
import { useLayoutEffect, useRef, type InputHTMLAttributes, type ReactNode, type RefObject } from 'react';
import type { QueryProblem } from '../../shared/query.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { useWords } from '../words.ts';
import styles from './Search.module.css';

type Props = {
  field: RefObject<HTMLInputElement | null>;
  input: InputHTMLAttributes<HTMLInputElement> & { value: string };
  problems: readonly QueryProblem[];
  help: boolean;
  onHelp: () => void;
};

/** The search box: what is not understood in it is underlined where it stands. */
export function Field({ field, input, problems, help, onHelp }: Props) {
  const words = useWords();
  const ghost = useRef<HTMLDivElement>(null);
  const follow = () => {
    if (ghost.current !== null && field.current !== null) ghost.current.scrollLeft = field.current.scrollLeft;
  };
  useLayoutEffect(follow);
  return (
    <div className={styles['field']}>
      <Search size={20} strokeWidth={1.5} aria-hidden />
      <div className={styles['box']}>
        <div ref={ghost} className={styles['ghost']} aria-hidden>{underlined(input.value, problems)}</div>
        <input ref={field} data-first="" type="text" spellCheck={false} autoComplete="off" onScroll={follow} {...input} />
      </div>
      <IconButton icon={CircleQuestionMark} label={words.search.help} aria-expanded={help} onClick={onHelp} />
    </div>
  );
}

function underlined(text: string, problems: readonly QueryProblem[]): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { from, to } of problems.toSorted((a, b) => a.from - b.from)) {
    if (from < at) continue;
    parts.push(text.slice(at, from), <u key={from}>{text.slice(from, to)}</u>);
    at = to;
  }
  return [...parts, text.slice(at)];
}
