import { useState } from 'react';
import { pageKinds, type PageKind } from '../../shared/page-kind.ts';
import type { Failure } from '../../shared/failure.ts';
import { encodings, isSame, type Trial } from '../../shared/trial.ts';
import { explain } from '../../shared/words/explain.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { act } from '../parts/toasts.ts';
import { useView, type Again } from '../view.ts';
import { useWords } from '../words.ts';
import styles from './AgainPanel.module.css';
import { Changes } from './Changes.tsx';
import { LeftOut } from './LeftOut.tsx';

const close = () => useView.setState({ again: null });

/** What extracting an article again would change, by any encoding, before it is replaced. Shown while `view.again` is set. */
export function AgainPanel({ again }: { again: Again }) {
  const words = useWords();
  const { value: library } = useAsk('library', {});
  const [encoding, setEncoding] = useState<string | null>(null);
  const [kind, setKind] = useState<PageKind | 'auto' | null>(null);
  const { value: trial, failure, loading } = useAsk('tryExtract', { id: again.id, encoding, kind }, { keepLast: true });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);
  const readOnly: Failure | null = library?.readOnly ? { kind: 'read-only', why: library.readOnly } : null;
  const shown = failure === null ? trial : undefined;
  const ready = shown !== undefined && !loading && !busy && readOnly === null && !isSame(shown);

  const replace = async () => {
    setBusy(true);
    setRefused(null);
    const done = await act('reextract', { id: again.id, encoding, kind }, (all) => all.toast.extractedAgain, setRefused);
    setBusy(false);
    if (done) close();
  };
  return (
    <Panel title={again.first === 'encoding' ? words.again.titleEncoding : words.again.title} onClose={close}>
      <div className={styles.body} aria-busy={loading}>
        <p className={controls.hint}>{words.again.about}</p>
        <EncodingChoice trial={trial} encoding={encoding} onChoose={setEncoding} />
        {again.first === 'changes' && <KindChoice trial={trial} kind={kind} onChoose={setKind} />}
        <p className={styles.told} role="status">
          {loading && shown === undefined ? words.again.reading : shown === undefined ? '' : sayWhole(shown, words)}
        </p>
        {shown !== undefined && shown.highlights.lost > 0 && <p className={controls.hint} role="status">{words.highlights.wouldLose(shown.highlights.lost, shown.highlights.of)}</p>}
        {[failure, refused, readOnly].filter((each) => each !== null).map((each) => <Trouble key={each.kind} failure={each} />)}
        {shown !== undefined && (
          <div className={styles.found} data-old={loading || undefined}>
            <section aria-label={words.again.preview}>
              <h3 className={styles.small}>{words.again.preview}</h3>
              <div className={styles.page} lang={shown.lang ?? undefined} dir={shown.dir}>
                <p className={styles.title}><bdi>{shown.title}</bdi></p>
                {shown.opening.map((text, at) => <p key={`${at} ${text}`}>{text}</p>)}
              </div>
            </section>
            {!isSame(shown) && (
              <details className={styles.changes} open={again.first === 'changes'}>
                <summary>{words.again.changes}</summary>
                <Changes trial={shown} />
              </details>
            )}
            {shown.explanation !== null && (
              <details className={styles.changes}>
                <summary>{words.explanation.title}</summary>
                <LeftOut explanation={shown.explanation} lang={shown.lang} />
              </details>
            )}
          </div>
        )}
      </div>
      <footer className={styles.feet}>
        <button type="button" className={controls.button} onClick={close}>{words.app.cancel}</button>
        <button type="button" className={`${controls.button} ${controls.primary}`} disabled={!ready} onClick={() => void replace()}>
          {busy ? words.again.replacing : words.again.replace}
        </button>
      </footer>
    </Panel>
  );
}

/** The encodings as a list that the arrow keys go through; each choice is tried at once. */
function EncodingChoice({ trial, encoding, onChoose }: { trial: Trial | undefined; encoding: string | null; onChoose: (encoding: string) => void }) {
  const words = useWords();
  const kept = trial?.encoding.chosen === true ? trial.encoding.after : 'auto';
  const value = encoding ?? kept;
  const found = trial !== undefined && !trial.encoding.chosen ? trial.encoding.after : null;
  const names: readonly string[] = encodings;
  return (
    <label className={styles.choice}>
      <span>{words.again.encoding}</span>
      <select data-first className={controls.select} value={value} onChange={(event) => onChoose(event.target.value)}>
        <option value="auto">{words.again.auto(found)}</option>
        {value !== 'auto' && !names.includes(value) && <option value={value}>{value}</option>}
        {encodings.map((each) => <option key={each} value={each}>{words.again.encodings[each]}</option>)}
      </select>
    </label>
  );
}

/** Whether to keep the page as an article or as a list of links. */
function KindChoice({ trial, kind, onChoose }: { trial: Trial | undefined; kind: PageKind | 'auto' | null; onChoose: (kind: PageKind | 'auto') => void }) {
  const words = useWords();
  const value = kind ?? (trial?.kind.chosen === true ? trial.kind.after : 'auto');
  return (
    <label className={styles.choice}>
      <span>{words.again.kind}</span>
      <select className={controls.select} value={value} onChange={(event) => onChoose(pageKinds.find((each) => each === event.target.value) ?? 'auto')}>
        <option value="auto">{words.again.autoKind}</option>
        {pageKinds.map((each) => <option key={each} value={each}>{words.again.kinds[each]}</option>)}
      </select>
    </label>
  );
}

function sayWhole(trial: Trial, words: ReturnType<typeof useWords>): string {
  if (isSame(trial)) return words.again.same;
  if (trial.reshaped) return words.again.reshaped;
  return words.again.summary(trial.kept, trial.added, trial.removed);
}

function Trouble({ failure }: { failure: Failure }) {
  const words = useWords();
  const { what, todo } = explain(words, failure);
  return (
    <div className={controls.alert} role="alert">
      <p>{what}</p>
      <p className={controls.hint}>{todo}</p>
    </div>
  );
}
