import { useState } from 'react';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { tell, useWords } from '../words.ts';
import styles from './LookUp.module.css';
import { closeLookUp } from './look-up.ts';

/** What the reader's dictionaries say of a word; another can be typed in its place. */
export function LookUpPanel({ text, lang }: { text: string; lang: string | null }) {
  const words = useWords();
  const [wanted, setWanted] = useState(text);
  const asked = wanted.trim();
  const { value, failure } = useAsk('lookUp', asked === '' ? null : { text: asked }, { keepLast: true });
  const { value: known } = useAsk('dictionaries', value?.count === 0 ? {} : null);
  return (
    <Panel title={words.dictionary.title} onClose={closeLookUp} size="small">
      <div className={styles['body']}>
        <input
          data-first className={controls['field']} type="text" enterKeyHint="search" value={wanted} lang={lang ?? undefined} aria-label={words.dictionary.word}
          onChange={(event) => setWanted(event.target.value)}
        />
        {failure !== null && <p className={controls['alert']} role="alert">{tell(words, failure)}</p>}
        <p className="visually-hidden" role="status">{value === undefined ? '' : words.dictionary.found(value.entries.length)}</p>
        {value !== undefined && value.count > 0 && value.entries.length === 0 && <p className={controls['hint']}>{words.dictionary.nothing}</p>}
        {value?.count === 0 && (
          <>
            <p className={controls['hint']}>{words.dictionary.none}</p>
            {known !== undefined && <p className={styles['path']}><bdi>{known.path}</bdi></p>}
          </>
        )}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
        {value !== undefined && value.entries.length > 0 && <ul className={styles['entries']} aria-label={words.dictionary.entries} tabIndex={0}>
          {value.entries.map(({ dictionary, word, text: says }, at) => (
            <li key={`${at} ${dictionary} ${word}`}>
              <h3 lang={lang ?? undefined}><bdi>{word}</bdi></h3>
              <p className={styles['says']}><bdi>{says}</bdi></p>
              <p className={controls['hint']}><bdi>{dictionary}</bdi></p>
            </li>
          ))}
        </ul>}
      </div>
    </Panel>
  );
}
