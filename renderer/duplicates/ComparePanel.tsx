import { useState } from 'react';
import type { Side } from '../../shared/duplicate.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { SiteIcon } from '../parts/SiteIcon.tsx';
import { BlockChanges } from '../reader/Changes.tsx';
import { useView, type Comparing } from '../view.ts';
import { tell, useDates, useWords } from '../words.ts';
import styles from './Duplicates.module.css';
import { bestOf, keepApart, mergeInto } from './duplicate-acts.ts';
import { whyText } from './DuplicatesView.tsx';

const close = () => useView.setState({ comparing: null });

/** Two articles side by side, what differs between their texts, and what is to become of them. Shown while `view.comparing` is set. */
export function ComparePanel({ comparing }: { comparing: Comparing }) {
  const words = useWords();
  const { value: found, failure } = useAsk('compare', comparing);
  const [chosen, setChosen] = useState<string | null>(null);
  const kept = chosen ?? (found && bestOf(found.sides.map(({ row }) => row))?.id) ?? comparing.one;
  const other = kept === comparing.one ? comparing.other : comparing.one;
  const finish = async (doing: Promise<boolean>) => {
    if (await doing) close();
  };
  return (
    <Panel title={words.duplicates.compareTitle} onClose={close} size="wide">
      <div className={styles.body}>
        {failure !== null && <p className={controls.alert} role="alert">{tell(words, failure)}</p>}
        {found !== undefined && (
          <>
            <p className={controls.hint}>{found.same === null ? words.duplicates.notAlike : whyText(words, found.same)}</p>
            <fieldset className={styles.sides}>
              <legend className="visually-hidden">{words.duplicates.keep}</legend>
              {found.sides.map((side) => <SideFacts key={side.row.id} side={side} kept={kept === side.row.id} onKeep={() => setChosen(side.row.id)} />)}
            </fieldset>
            <section aria-label={words.duplicates.texts}>
              <h3 className={styles.small}>{words.duplicates.texts}</h3>
              {found.added + found.removed === 0 ? (
                <p className={controls.hint}>{found.kept === 0 ? words.duplicates.noText : words.duplicates.sameText}</p>
              ) : (
                <BlockChanges
                  changes={found.changes} unshown={found.unshown} dir={found.sides[0].row.dir} lang={found.sides[0].row.lang}
                  removed={words.duplicates.onlyFirst} added={words.duplicates.onlySecond} seen
                />
              )}
            </section>
          </>
        )}
      </div>
      <footer className={controls['feet']}>
        <button type="button" className={controls.button} onClick={close}>{words.app.cancel}</button>
        <button type="button" className={controls.button} disabled={found === undefined} onClick={() => void finish(keepApart(comparing.one, [comparing.other]))}>{words.duplicates.notSame}</button>
        <button type="button" className={`${controls.button} ${controls.primary}`} disabled={found === undefined} onClick={() => void finish(mergeInto(kept, [other]))}>
          {words.duplicates.merge(2)}
        </button>
      </footer>
    </Panel>
  );
}

function SideFacts({ side: { row, words: count, pictures, note, highlights }, kept, onKeep }: { side: Side; kept: boolean; onKeep: () => void }) {
  const words = useWords();
  const dates = useDates();
  const title = row.title === '' ? words.app.untitled : row.title;
  const site = row.site ?? row.host;
  return (
    <div className={styles.side}>
      <label className={styles.choose}>
        <input type="radio" name="compare" data-first={kept || undefined} checked={kept} onChange={onKeep} />
        {words.duplicates.keep}
      </label>
      <p className={styles.name} lang={row.lang ?? undefined} dir={row.dir}>{title}</p>
      <dl className={styles.list}>
        {site !== null && <><dt>{words.duplicates.facts.site}</dt><dd><SiteIcon file={row.icon} /> {site}</dd></>}
        {row.url !== null && <><dt>{words.duplicates.facts.address}</dt><dd><bdi>{row.url}</bdi></dd></>}
        <dt>{words.duplicates.facts.saved}</dt><dd>{dates.day(row.addedAt)}</dd>
        {row.publishedAt !== null && <><dt>{words.duplicates.facts.published}</dt><dd>{dates.moment(row.publishedAt)}</dd></>}
        <dt>{words.duplicates.facts.length}</dt><dd>{words.duplicates.words(count)}</dd>
        <dt>{words.duplicates.facts.pictures}</dt><dd>{words.duplicates.pictures(pictures.stored, pictures.of)}</dd>
        {row.progress > 0 && <><dt>{words.duplicates.facts.read}</dt><dd>{words.list.progress(Math.round(row.progress * 100))}</dd></>}
        {row.tags.length > 0 && <><dt>{words.reader.tags}</dt><dd>{row.tags.map((tag) => `#${tag}`).join(' ')}</dd></>}
        {highlights > 0 && <><dt>{words.duplicates.facts.highlights}</dt><dd>{highlights}</dd></>}
        {note !== null && <><dt>{words.note.field}</dt><dd className={styles.note}>{note}</dd></>}
      </dl>
    </div>
  );
}
