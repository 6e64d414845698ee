import { useState, type KeyboardEvent } from 'react';
import { joinedNoteLimit } from '../../shared/note.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { useView, type Noting } from '../view.ts';
import { useWords } from '../words.ts';
import { writeNote } from './bookmark-acts.ts';
import styles from './NotePanel.module.css';

const close = () => useView.setState({ noting: null });

/** The reader's note on one article or bookmark. However it is closed, what was written is kept. Shown while `view.noting` is set. */
export function NotePanel({ noting }: { noting: Noting }) {
  const words = useWords();
  const { value: article } = useAsk('article', { id: noting.id });
  // A list knows only how a note begins.
  if (article === undefined) return null;
  return <Editor key={noting.id} id={noting.id} title={article.title === '' ? words.app.untitled : article.title} note={article.note} />;
}

function Editor({ id, title, note }: { id: string; title: string; note: string | null }) {
  const words = useWords();
  const [before] = useState(note);
  const [text, setText] = useState(note ?? '');
  const done = async () => {
    if (await writeNote(id, before, text)) close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void done();
  };
  return (
    <Panel title={words.note.of(title)} onClose={() => void done()} size="small" head={false}>
      <div className={styles.editor}>
        <p className={styles.title} aria-hidden>{words.note.of(title)}</p>
        <textarea
          data-first className={styles.area} aria-label={words.note.field} placeholder={words.note.placeholder} maxLength={joinedNoteLimit}
          value={text} onChange={(event) => setText(event.target.value)} onKeyDown={onKeyDown}
        />
        <footer className={styles.foot}>
          <p className={controls.hint}>{words.note.hint}</p>
          <button type="button" className={`${controls.button} ${controls.primary}`} onClick={() => void done()}>{words.app.done}</button>
        </footer>
      </div>
    </Panel>
  );
}
