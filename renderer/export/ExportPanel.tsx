import { Download } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { ListFormat } from '../../shared/export.ts';
import type { Failure } from '../../shared/failure.ts';
import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { say } from '../parts/toasts.ts';
import { useView, type Exporting } from '../view.ts';
import { tell, useWords } from '../words.ts';
import styles from './ExportPanel.module.css';
import { handOut } from './hand-out.ts';

/** Written out here because the contract's schemas would come along with the value. */
const formats: readonly ListFormat[] = ['html', 'markdown', 'opml', 'bookmarks'];
const withTexts: ReadonlySet<ListFormat> = new Set(['html', 'markdown']);

/** Hands a list, or chosen articles, out as one file. */
export function ExportPanel({ exporting }: { exporting: Exporting }) {
  const words = useWords();
  const id = useId();
  const [as, setAs] = useState<ListFormat>('html');
  const [texts, setTexts] = useState(false);
  const [done, setDone] = useState<{ done: number; of: number } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  const close = () => useView.setState({ exporting: null });
  const run = async () => {
    setFailure(null);
    setDone({ done: 0, of: 1 });
    const { what, title } = exporting;
    const trouble = await handOut({ what, as, title, texts: texts && withTexts.has(as) }, {
      progress: (count, of) => setDone({ done: count, of }),
      stopped: () => gone.current,
    });
    if (gone.current) return;
    setDone(null);
    setFailure(trouble);
    if (trouble !== null) return;
    close();
    say((all) => all.toast.exported(title));
  };
  return (
    <Panel title={words.exporting.title(exporting.title)} onClose={close} size="small">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <fieldset className={styles.formats} disabled={done !== null}>
          <legend className="visually-hidden">{words.exporting.format}</legend>
          {formats.map((format, at) => (
            <div key={format} className={styles.format}>
              <input
                type="radio" name="format" id={`${id}-${format}`} aria-describedby={`${id}-${format}-what`} checked={as === format}
                onChange={() => setAs(format)} data-first={at === 0 ? '' : undefined}
              />
              <label htmlFor={`${id}-${format}`}>
                <strong>{words.exporting.formats[format].name}</strong>
                <span id={`${id}-${format}-what`}>{words.exporting.formats[format].what}</span>
              </label>
            </div>
          ))}
        </fieldset>
        <label className={styles.texts} data-off={!withTexts.has(as)}>
          <input type="checkbox" checked={texts && withTexts.has(as)} disabled={!withTexts.has(as) || done !== null} onChange={(event) => setTexts(event.target.checked)} />
          {words.exporting.texts}
        </label>
        {failure !== null && <p className={controls['alert']} role="alert">{tell(words, failure)}</p>}
        <footer className={styles.foot}>
          <progress aria-label={words.exporting.working} max={done?.of || 1} value={done?.done ?? 0} data-shown={done !== null} />
          <button type="button" className={controls['button']} onClick={close}>{words.app.cancel}</button>
          <button type="submit" className={`${controls['button']} ${controls['primary']}`} disabled={done !== null}>
            <Download size={16} strokeWidth={1.5} aria-hidden />{words.exporting.run}
          </button>
        </footer>
      </form>
    </Panel>
  );
}
