import type { CSSProperties, ReactNode } from 'react';
import type { ReadFor, Statistics } from '../../shared/statistics.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { PlaceFrame } from '../parts/PlaceFrame.tsx';
import { useSettings } from '../preferences/change-settings.ts';
import { go, type Place } from '../view.ts';
import { tell, useDates, useWords } from '../words.ts';
import { levelOf, weeksOf, type Week } from './weeks.ts';
import styles from './Statistics.module.css';

const WEEKS = 53;
const RECENT = 12;

/** What was read, when and of what: counted on this computer, as pictures and as a table. */
export function StatisticsView() {
  const words = useWords();
  const { value: found, failure } = useAsk('statistics', {});
  const { settings, change } = useSettings();
  return (
    <PlaceFrame title={words.sidebar.statistics} about={words.statistics.about} busy={found === undefined && failure === null}>
      <div>
        {failure !== null && found === undefined && <p role="alert">{tell(words, failure)}</p>}
        {found !== undefined && <Found found={found} />}
        {settings !== undefined && (
          <label className={styles.choice}>
            <span>{words.statistics.count}<small>{words.statistics.countAbout}</small></span>
            <input
              type="checkbox" role="switch" className={controls['switch']} checked={settings.countReading} aria-checked={settings.countReading}
              onChange={(event) => change({ countReading: event.target.checked })}
            />
          </label>
        )}
      </div>
    </PlaceFrame>
  );
}

function Found({ found }: { found: Statistics }) {
  const words = useWords();
  const weeks = weeksOf(found.days, found.today, WEEKS);
  const today = found.days.find(({ day }) => day === found.today)?.seconds ?? 0;
  const last = weeks.at(-1)?.seconds ?? 0;
  const year = weeks.reduce((sum, week) => sum + week.seconds, 0);
  const time = words.statistics.read;
  return (
    <>
      <dl className={styles.figures}>
        <Figure name={words.statistics.streak} value={words.statistics.days(found.streak.now)} more={words.statistics.best(found.streak.best)} />
        <Figure name={words.statistics.today} value={time(today)} more={words.statistics.thisWeek(time(last))} />
        <Figure name={words.statistics.year} value={time(year)} more={words.statistics.everRead(time(found.all.seconds))} />
        <Figure name={words.statistics.finished} value={words.list.articles(found.all.finished)} more={words.statistics.ofSaved(found.all.saved)} />
      </dl>
      {year === 0 && found.all.finished === 0 && <p className={styles.about}>{words.statistics.nothing}</p>}
      <Part title={words.statistics.strip}><Strip weeks={weeks} /></Part>
      <Part title={words.statistics.flow}><Flow weeks={weeks.slice(-RECENT)} /></Part>
      <details className={styles.table}>
        <summary>{words.statistics.asTable}</summary>
        <Table weeks={weeks} />
      </details>
      <div className={styles.lists}>
        {found.sites.length > 0 && <Part title={words.statistics.sites}><Bars found={found.sites} placeOf={(host) => ({ list: 'site', host })} /></Part>}
        {found.tags.length > 0 && <Part title={words.statistics.tags}><Bars found={found.tags} placeOf={(tag) => ({ list: 'tag', tag })} /></Part>}
      </div>
    </>
  );
}

function Figure({ name, value, more }: { name: string; value: string; more: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={styles.value}>{value}</dd>
      <dd className={styles.more}>{more}</dd>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** One square a day, one column a week: the last ones where there is no room for all. What it shows is in the table too. */
function Strip({ weeks }: { weeks: Week[] }) {
  const words = useWords();
  const dates = useDates();
  const read = weeks.flatMap((week) => week.days).filter((day) => (day?.seconds ?? 0) >= 60).length;
  return (
    <div className={styles.strip} role="img" aria-label={words.statistics.stripSays(read)}>
      {weeks.map((week) => (
        <div key={week.from} className={styles.week}>
          {week.days.map((day, at) => (
            <i
              key={day?.day ?? at} data-level={day === null ? 'none' : levelOf(day.seconds)}
              title={day === null ? undefined : `${dates.day(`${day.day}T12:00:00`)}: ${words.statistics.read(day.seconds)}`}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** What came and what went, week by week. */
function Flow({ weeks }: { weeks: Week[] }) {
  const words = useWords();
  const most = Math.max(1, ...weeks.flatMap(({ saved, finished }) => [saved, finished]));
  const sum = (of: 'saved' | 'finished') => weeks.reduce((all, week) => all + week[of], 0);
  return (
    <figure className={styles.flow}>
      <div className={styles.bars} role="img" aria-label={words.statistics.flowSays(sum('saved'), sum('finished'))}>
        {weeks.map((week) => (
          <div key={week.from} className={styles.pair} title={words.statistics.flowSays(week.saved, week.finished)}>
            <i data-of="saved" style={{ '--part': week.saved / most } as CSSProperties} />
            <i data-of="finished" style={{ '--part': week.finished / most } as CSSProperties} />
          </div>
        ))}
      </div>
      <figcaption>
        <span data-of="saved">{words.statistics.savedCount(sum('saved'))}</span>
        <span data-of="finished">{words.statistics.finishedCount(sum('finished'))}</span>
      </figcaption>
    </figure>
  );
}

function Table({ weeks }: { weeks: Week[] }) {
  const words = useWords();
  const dates = useDates();
  const shown = weeks.filter(({ seconds, saved, finished }) => seconds + saved + finished > 0).toReversed();
  return (
    <table>
      <thead>
        <tr>{[words.statistics.weekOf, words.statistics.time, words.statistics.saved, words.statistics.finished].map((name) => <th key={name} scope="col">{name}</th>)}</tr>
      </thead>
      <tbody>
        {shown.map((week) => (
          <tr key={week.from}>
            <th scope="row">{dates.day(`${week.from}T12:00:00`)}</th>
            <td>{words.statistics.read(week.seconds)}</td><td>{week.saved}</td><td>{week.finished}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bars({ found, placeOf }: { found: ReadFor[]; placeOf: (name: string) => Place }) {
  const words = useWords();
  const most = Math.max(1, ...found.map(({ seconds }) => seconds));
  return (
    <ol className={styles.ranks}>
      {found.map(({ name, seconds }) => (
        <li key={name}>
          <button type="button" onClick={() => go(placeOf(name))} style={{ '--part': seconds / most } as CSSProperties}>
            <bdi>{name}</bdi>
            <span>{words.statistics.read(seconds)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
