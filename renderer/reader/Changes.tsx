import type { Moment } from '../../shared/article.ts';
import type { BlockChange, FactChange, Trial } from '../../shared/trial.ts';
import { useDates, useWords } from '../words.ts';
import styles from './Changes.module.css';

/** What differs between an article and the same page extracted again: facts first, then the text block by block. */
export function Changes({ trial }: { trial: Trial }) {
  const words = useWords();
  return (
    <div lang={trial.lang ?? undefined}>
      {trial.facts.length > 0 && (
        <dl className={styles.facts}>{trial.facts.map((change) => <Fact key={change.fact} change={change} />)}</dl>
      )}
      {trial.added + trial.removed > 0 && (
        <BlockChanges changes={trial.changes} unshown={trial.unshown} dir={trial.dir} lang={trial.lang} removed={words.again.removed} added={words.again.added} />
      )}
    </div>
  );
}

/** With `seen` the names stand over each change, and nothing is struck out: neither of the two is the former. */
type Names = { removed: string; added: string; seen?: boolean };

/** A text against another, block by block; `removed` and `added` say in words what each sort of change is. */
export function BlockChanges({ changes, unshown, dir, lang, ...names }: Names & { changes: readonly BlockChange[]; unshown: number; dir: 'ltr' | 'rtl'; lang: string | null }) {
  const words = useWords();
  return (
    <div lang={lang ?? undefined}>
      <ol className={styles.blocks} aria-label={words.again.changes}>
        {changes.map((change, at) => <Block key={`${at} ${change.did}`} change={change} dir={dir} names={names} />)}
      </ol>
      {unshown > 0 && <p className={styles.kept}>{words.again.unshown(unshown)}</p>}
    </div>
  );
}

function Block({ change, dir, names }: { change: BlockChange; dir: 'ltr' | 'rtl'; names: Names }) {
  const words = useWords();
  if (change.did === 'kept') return <li className={styles.kept}>{words.again.keptBlocks(change.count)}</li>;
  return (
    <li dir={dir}>
      <span className={names.seen === true ? styles.name : 'visually-hidden'}>{names[change.did]}{names.seen === true ? '' : ': '}</span>
      {names.seen === true ? <p className={change.did === 'added' ? styles.added : styles.other}>{change.text}</p> : change.did === 'added' ? <ins className={styles.added}>{change.text}</ins> : <del className={styles.removed}>{change.text}</del>}
    </li>
  );
}

function Fact({ change }: { change: FactChange }) {
  const words = useWords();
  const dates = useDates();
  const written = (value: string | Moment | null) =>
    change.fact === 'kind' ? words.again.kinds[value === change.before ? change.before : change.after] : value === null ? words.again.nothing : typeof value === 'string' ? value : dates.moment(value);
  return (
    <>
      <dt>{words.again.facts[change.fact]}</dt>
      <dd>
        <span className="visually-hidden">{words.again.removed}: </span>
        <del className={styles.removed}><bdi>{written(change.before)}</bdi></del>
        <span className="visually-hidden">{words.again.added}: </span>
        <ins className={styles.added}><bdi>{written(change.after)}</bdi></ins>
      </dd>
    </>
  );
}
