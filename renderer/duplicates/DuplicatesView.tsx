import { useState, type ReactNode } from 'react';
import type { Row } from '../../shared/article.ts';
import type { DuplicateGroup, SameBy } from '../../shared/duplicate.ts';
import type { Words } from '../../shared/words/words.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { Nothing } from '../parts/Nothing.tsx';
import { PlaceFrame } from '../parts/PlaceFrame.tsx';
import { SiteIcon } from '../parts/SiteIcon.tsx';
import { compareArticles, openArticle } from '../view.ts';
import { tell, useDates, useWords } from '../words.ts';
import styles from './Duplicates.module.css';
import { bestOf, keepApart, mergeInto, whyIn } from './duplicate-acts.ts';

/** Groups drawn at first, and with each press more. */
const STEP = 30;

/** Why two are taken for the same, in words. */
export function whyText(words: Words, same: SameBy): string {
  return same.why === 'near' ? words.duplicates.near(Math.floor(same.share * 100)) : words.duplicates.why[same.why];
}

/** Everything that the library seems to have more than once, group by group. */
export function DuplicatesView() {
  const words = useWords();
  const [count, setCount] = useState(STEP);
  const { value: found, failure } = useAsk('duplicates', { count: Math.min(count, 200) }, { keepLast: true });
  return (
    <PlaceFrame
      title={words.sidebar.duplicates} about={found !== undefined && found.total > 0 ? words.duplicates.about : undefined}
      side={found !== undefined && found.total > 0 && <p className={controls.hint} role="status">{words.duplicates.groups(found.total)}</p>}
    >
        {failure !== null && <p className={controls.alert} role="alert">{tell(words, failure)}</p>}
        {found !== undefined && found.total === 0 && <Nothing says={words.duplicates.empty} hint={words.duplicates.emptyHint} />}
        {found !== undefined && found.total > 0 && (
          <>
            <ol className={styles.groups}>
              {found.groups.map((group) => <Group key={group.rows.map(({ id }) => id).join(' ')} group={group} />)}
            </ol>
            {found.total > found.groups.length && count < 200 && (
              <button type="button" className={controls.button} onClick={() => setCount(count + STEP)}>{words.app.more}</button>
            )}
          </>
        )}
    </PlaceFrame>
  );
}

function Group({ group }: { group: DuplicateGroup }) {
  const words = useWords();
  const { rows } = group;
  const [chosen, setChosen] = useState<string | null>(null);
  const kept = rows.find(({ id }) => id === chosen) ?? bestOf(rows);
  if (kept === undefined) return null;
  const others = rows.filter(({ id }) => id !== kept.id).map(({ id }) => id);
  const title = kept.title === '' ? words.app.untitled : kept.title;
  return (
    <li className={styles.group}>
      <fieldset className={styles.rows}>
        <legend className="visually-hidden">{words.duplicates.of(title)}</legend>
        {rows.map((row) => {
          const why = whyIn(group, row.id);
          return (
            <Line key={row.id} row={row} name={`keep ${rows[0]?.id ?? ''}`} kept={row === kept} why={why === undefined ? '' : whyText(words, why)} onKeep={() => setChosen(row.id)}>
              {row !== kept && (
                <>
                  <button type="button" className={`${controls.button} ${controls.quiet}`} onClick={() => compareArticles(kept.id, row.id)}>{words.duplicates.compare}</button>
                  <button
                    type="button" className={`${controls.button} ${controls.quiet}`}
                    onClick={() => void keepApart(row.id, rows.filter(({ id }) => id !== row.id).map(({ id }) => id))}
                  >
                    {words.duplicates.notSame}
                  </button>
                </>
              )}
            </Line>
          );
        })}
      </fieldset>
      <button type="button" className={controls.button} onClick={() => void mergeInto(kept.id, others)}>{words.duplicates.merge(rows.length)}</button>
    </li>
  );
}

type LineProps = { row: Row; name: string; kept: boolean; why: string; onKeep: () => void; children: ReactNode };

function Line({ row, name, kept, why, onKeep, children }: LineProps) {
  const words = useWords();
  const dates = useDates();
  const title = row.title === '' ? words.app.untitled : row.title;
  const site = row.site ?? row.host;
  const amount = row.stage.state === 'ready' ? words.list.minutes(row.minutes) : row.stage.state === 'bookmark' ? words.bookmarks.one : words.queue.groups[row.stage.state];
  return (
    <div className={styles.line} data-kept={kept || undefined}>
      <label className={styles.keep} title={words.duplicates.keep}>
        <input type="radio" name={name} checked={kept} onChange={onKeep} aria-label={words.duplicates.keepOf(title, site ?? '')} />
      </label>
      <div className={styles.text}>
        <button type="button" className={styles.title} lang={row.lang ?? undefined} dir={row.dir} onClick={() => openArticle(row.id)}>{title}</button>
        <p className={styles.facts}>
          <SiteIcon file={row.icon} />
          {site !== null && <span className={styles.site}>{site}</span>}
          <time dateTime={row.addedAt}>{dates.day(row.addedAt)}</time>
          <span>{amount}</span>
          {row.note !== null && <span>{words.note.has}</span>}
          {row.favourite && <span>{words.reader.favourite}</span>}
          {row.tags.length > 0 && <span className={styles.site}>{row.tags.map((tag) => `#${tag}`).join(' ')}</span>}
        </p>
        <p className={styles.facts}>{kept ? <strong>{words.duplicates.kept}</strong> : <span>{why}</span>}</p>
      </div>
      <div className={styles.acts}>{children}</div>
    </div>
  );
}
