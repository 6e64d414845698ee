import { Clock, CornerDownLeft, FileText, ListFilter, TextCursorInput } from 'lucide-react';
import type { ReactNode } from 'react';
import { Keys } from '../preferences/ShortcutsPanel.tsx';
import { useWords } from '../words.ts';
import { commandName, type Choice } from './choices.ts';
import { Marked } from './Marked.tsx';
import styles from './Search.module.css';

type Props = { choice: Choice; id: string; active: boolean; onPoint: () => void; onChoose: () => void };

/** One line of the palette. */
export function ChoiceLine({ choice, id, active, onPoint, onChoose }: Props) {
  return (
    // The field keeps the keyboard and points here; the mouse may choose too.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      className={styles['choice']}
      onPointerMove={active ? undefined : onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Content choice={choice} />
    </div>
  );
}

function Content({ choice }: { choice: Choice }): ReactNode {
  const words = useWords();
  switch (choice.kind) {
    case 'article': {
      const { hit } = choice;
      return (
        <>
          <FileText size={16} strokeWidth={1.5} aria-hidden />
          <span className={styles['text']}>
            <span className={styles['top']}>
              <span className={styles['title']} lang={hit.lang ?? undefined}>
                {hit.title === '' ? words.app.untitled : <Marked text={hit.title} marks={hit.titleMarks} />}
              </span>
              <span className={styles['side']}>{hit.site ?? hit.host}</span>
            </span>
            {hit.snippet === '' ? null : (
              <span className={styles['snippet']} lang={hit.lang ?? undefined}>
                <Marked text={hit.snippet} marks={hit.snippetMarks} />
              </span>
            )}
          </span>
        </>
      );
    }
    case 'completion':
      return (
        <>
          <TextCursorInput size={16} strokeWidth={1.5} aria-hidden />
          <code className={styles['operator']}>{choice.completion.label}</code>
          <span className={styles['says']}>{choice.completion.says}</span>
        </>
      );
    case 'all':
      return (
        <>
          <ListFilter size={16} strokeWidth={1.5} aria-hidden />
          <span className={styles['name']}>{words.search.showAll(choice.total === null ? null : words.search.counted(choice.total, choice.more))}</span>
        </>
      );
    case 'command':
      return (
        <>
          <CornerDownLeft size={16} strokeWidth={1.5} aria-hidden />
          <span className={styles['name']}>{commandName(choice.command, words)}</span>
          <Keys command={choice.command} />
        </>
      );
    case 'recent':
      return (
        <>
          <Clock size={16} strokeWidth={1.5} aria-hidden />
          <span className={styles['name']}>{choice.query}</span>
        </>
      );
    default:
      return choice satisfies never;
  }
}
