import { useId, type ReactNode } from 'react';
import { placePath, type Grouping, type Place } from '../hash.ts';
import { go } from '../view.ts';
import { useDates, useWords, type Dates, type Words } from '../words.ts';
import type { Span } from './flow.ts';
import styles from './Rows.module.css';

/** A group of rows under its heading, which stays in sight as long as one of them is. */
export function GroupSpan({ span, by, children }: { span: Span; by: Grouping; children: ReactNode }) {
  const words = useWords();
  const id = useId();
  return (
    <div
      role="rowgroup" aria-labelledby={id} className={styles.span}
      // By its place, not moved there: what stays in sight would be reckoned from where it was moved from.
      style={{ top: span.top, height: span.height }}
    >
      <div role="row" id={id} className={styles.heading}>
        <span role="rowheader" className={styles.label}><Name by={by} group={span.key} /></span>
        <span role="gridcell" className={styles.sum}>{words.list.sum(span.count, span.minutes)}</span>
      </div>
      {children}
    </div>
  );
}

/** A tag and a site lead to their own lists, where an article is that stands under another tag here. */
function Name({ by, group }: { by: Grouping; group: string }) {
  const words = useWords();
  const dates = useDates();
  const name = <bdi>{groupName(words, dates, by, group)}</bdi>;
  if (by === 'day' || group === '') return name;
  const where: Place = by === 'tag' ? { list: 'tag', tag: group } : { list: 'site', host: group };
  return (
    <a
      href={`#/${placePath(where)}`} title={words.list.allOf(group)} draggable={false}
      onClick={(event) => {
        event.preventDefault();
        go(where);
      }}
    >
      {name}
    </a>
  );
}

/** What a group is called: a day by its date, what has no site or tag by that. */
export function groupName(words: Words, dates: Dates, by: Grouping, key: string): string {
  switch (by) {
    case 'day':
      return dates.calendarDay(key);
    case 'site':
      return key === '' ? words.list.noSite : key;
    case 'tag':
      return key === '' ? words.list.noTag : key;
    default:
      return by satisfies never;
  }
}
