import { useId } from 'react';
import type { ImportFacts as Facts } from '../../shared/import.ts';
import controls from '../parts/controls.module.css';
import { useDates, useWords } from '../words.ts';
import styles from './Add.module.css';
import type { Bringing } from './bring.ts';
import { RefusedLines } from './RefusedLines.tsx';

type Found = Bringing & { state: 'found' };

/** What an export holds, said before anything is taken over, and what is to become of it. */
export function ImportFacts({ bringing, onChange }: { bringing: Found; onChange: (to: Partial<Pick<Found, 'folders' | 'bookmarks'>>) => void }) {
  const { facts, folders, bookmarks } = bringing;
  const words = useWords();
  const { bring } = words;
  const dates = useDates();
  const hint = useId();
  const counts = countsOf(facts).filter(([count]) => count > 0).map(([count, name]) => bring[name](count));
  const tags = facts.tags.slice(0, 8).map(({ tag }) => tag);
  return (
    <div className={styles['brought']}>
      {counts.length === 0 ? null : <p>{counts.join(' · ')}</p>}
      {facts.from === null || facts.to === null ? null : <p className={controls['hint']}>{bring.between(dates.month(facts.from), dates.month(facts.to))}</p>}
      {tags.length === 0 ? null : (
        <p className={controls['hint']}>
          {bring.tagsNamed(facts.allTags)}<bdi>{bring.tagNames(tags)}</bdi>{facts.allTags > tags.length ? bring.otherTags(facts.allTags - tags.length) : null}
        </p>
      )}
      {facts.texts === 0 || bookmarks ? null : <p className={controls['hint']}>{bring.texts(facts.texts, facts.links)}</p>}
      {facts.known === 0 ? null : <p className={controls['hint']}>{bring.known(facts.known)}</p>}
      {facts.left === 0 ? null : <LeftOut facts={facts} />}
      {facts.foldered === 0 ? null : (
        <label className={styles['choice']}>
          <input type="checkbox" checked={folders} onChange={(event) => onChange({ folders: event.target.checked })} />
          <span>{bring.folders(facts.foldered)}</span>
        </label>
      )}
      <label className={styles['choice']}>
        <input type="checkbox" checked={bookmarks} aria-describedby={bookmarks ? hint : undefined} onChange={(event) => onChange({ bookmarks: event.target.checked })} />
        <span>
          {bring.bookmarks}
          {bookmarks ? <span id={hint} className={controls['hint']}>{bring.bookmarksHint}</span> : null}
        </span>
      </label>
    </div>
  );
}

const countsOf = (facts: Facts) => [[facts.archived, 'archived'], [facts.favourites, 'favourites'], [facts.finished, 'finished'], [facts.notes, 'notes'], [facts.highlights, 'highlights']] as const;

function LeftOut({ facts }: { facts: Facts }) {
  const { bring } = useWords();
  return (
    <details>
      <summary>{bring.left(facts.left)}</summary>
      <RefusedLines refused={facts.refused} place={bring.entry} />
    </details>
  );
}
