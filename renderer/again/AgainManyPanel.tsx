import { useId, useState } from 'react';
import { explain } from '../../shared/words/explain.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { Changes } from '../reader/Changes.tsx';
import { useView } from '../view.ts';
import { tell, useWords } from '../words.ts';
import styles from './AgainMany.module.css';
import { choose, forgetRun, replaceChosen, stop, useRun, type Run, type Tried } from './run.ts';

/** Lines that are drawn; those beyond are chosen and replaced all the same. */
const SHOWN = 300;

/** Closing it stops nothing; when there is nothing left to be done, the run is forgotten. */
function close(): void {
  useView.setState({ againMany: false });
  const { doing, changed } = useRun.getState();
  if (doing === 'choosing' && changed.length === 0) forgetRun();
}

/** Extracting many articles again: what it would come to, which of them to replace. Shown while `view.againMany` is set. */
export function AgainManyPanel() {
  const words = useWords();
  const run = useRun();
  const { value: library } = useAsk('library', {});
  const readOnly = library?.readOnly ?? null;
  const { doing, chosen } = run;
  const busy = doing === 'trying' || doing === 'replacing';
  return (
    <Panel title={words.againMany.title} onClose={close} size="wide">
      <div className={styles['body']} aria-busy={busy}>
        <p className={controls['hint']} data-first="" tabIndex={-1}>{words.againMany.about}</p>
        <Progress run={run} />
        {readOnly === null ? null : <p className={controls['alert']} role="alert">{tell(words, { kind: 'read-only', why: readOnly })}</p>}
        <Failed run={run} />
        <Changed run={run} />
      </div>
      <footer className={controls['feet']}>
        {busy ? <button type="button" className={controls['button']} onClick={stop}>{words.againMany.stop}</button> : null}
        <button type="button" className={controls['button']} onClick={close}>{words.app.close}</button>
        <button
          type="button" className={`${controls['button']} ${controls['primary']}`}
          disabled={doing !== 'choosing' || chosen.size === 0 || readOnly !== null} onClick={() => void replaceChosen()}
        >
          {words.againMany.replace(chosen.size)}
        </button>
      </footer>
    </Panel>
  );
}

function Progress({ run }: { run: Run }) {
  const words = useWords().againMany;
  const { doing, done, of, unchanged, unready, changed } = run;
  const text = doing === 'replacing' ? words.replacing(done, of) : doing === 'trying' ? words.trying(done, of) : words.tried(run.ids.length === 0 ? 0 : unchanged + changed.length + run.failed.length, changed.length);
  return (
    <div className={styles['progress']}>
      <p className={styles['told']}>{text}</p>
      {doing === 'choosing' ? null : <progress max={of} value={done} aria-label={text} />}
      {/* Each article would be a flood: only that a step is over is read out. */}
      <p className="visually-hidden" role="status">{doing === 'choosing' ? text : ''}</p>
      {unchanged === 0 || (doing === 'choosing' && changed.length === 0) ? null : <p className={controls['hint']}>{words.unchanged(unchanged)}</p>}
      {unready === 0 ? null : <p className={controls['hint']}>{words.unready(unready)}</p>}
    </div>
  );
}

function Failed({ run: { failed } }: { run: Run }) {
  const words = useWords();
  if (failed.length === 0) return null;
  const reasons = new Map<string, number>();
  for (const { failure } of failed) {
    const { what } = explain(words, failure);
    reasons.set(what, (reasons.get(what) ?? 0) + 1);
  }
  return (
    <div className={controls['alert']}>
      <p>{words.againMany.failed(failed.length)}</p>
      <ul className={styles['reasons']}>
        {[...reasons].map(([what, count]) => <li key={what}>{what} <span className={styles['count']}>{count}</span></li>)}
      </ul>
    </div>
  );
}

/** Those that would change, the ones to be looked at first. */
function Changed({ run: { changed, chosen, doing } }: { run: Run }) {
  const words = useWords().againMany;
  const label = useId();
  if (changed.length === 0) return null;
  const ordered = changed.toSorted((a, b) => Number(b.worse) - Number(a.worse));
  const worse = ordered.filter((each) => each.worse).length;
  const all = chosen.size === changed.length;
  return (
    <section aria-labelledby={label}>
      <header className={styles['heading']}>
        <h3 id={label}>{words.changed(changed.length)}</h3>
        {worse === 0 ? null : <span className={styles['worse']}>{words.worse(worse)}</span>}
        <button
          type="button" className={`${controls['button']} ${controls['quiet']}`} disabled={doing === 'replacing'}
          onClick={() => choose(changed.map(({ id }) => id), !all)}
        >
          {all ? words.chooseNone : words.chooseAll}
        </button>
      </header>
      <ul className={styles['lines']}>
        {ordered.slice(0, SHOWN).map((tried) => <Line key={tried.id} tried={tried} chosen={chosen.has(tried.id)} />)}
      </ul>
      {ordered.length > SHOWN ? <p className={controls['hint']}>{words.more(ordered.length - SHOWN)}</p> : null}
    </section>
  );
}

function Line({ tried, chosen }: { tried: Tried; chosen: boolean }) {
  const words = useWords();
  const label = useId();
  const [open, setOpen] = useState(false);
  const { characters, pictures } = tried.amount;
  const came = tried.added + tried.removed > 0 ? words.again.summary(tried.kept, tried.added, tried.removed) : tried.reshaped ? words.again.reshaped : words.againMany.onlyFacts;
  const loss = characters.after < characters.before
    ? words.againMany.shorter(Math.round((100 * (characters.before - characters.after)) / characters.before))
    : words.againMany.fewerPictures(pictures.before, pictures.after);
  return (
    <li className={styles['line']}>
      <div className={styles['choice']}>
        <input id={label} type="checkbox" checked={chosen} onChange={(event) => choose([tried.id], event.target.checked)} />
        <label htmlFor={label} className={styles['title']} lang={tried.lang ?? undefined}><bdi>{tried.title === '' ? words.app.untitled : tried.title}</bdi></label>
      </div>
      <details className={styles['details']} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {came}{tried.worse ? <span className={styles['worse']}> · {loss}</span> : null}
        </summary>
        {open ? <Difference tried={tried} /> : null}
      </details>
    </li>
  );
}

/** The difference itself, asked for when it is opened: a thousand of them at once would be a flood. */
function Difference({ tried }: { tried: Tried }) {
  const words = useWords();
  const { value, failure } = useAsk('tryExtract', { id: tried.id });
  if (failure !== null) return <p className={controls['alert']}>{tell(words, failure)}</p>;
  return value === undefined ? <p className={controls['hint']}>{words.again.reading}</p> : <Changes trial={value} />;
}
