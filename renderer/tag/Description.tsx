import { useEffect, useRef, useState } from 'react';
import { descriptionLimit } from '../../shared/limits.ts';
import controls from '../parts/controls.module.css';
import { act } from '../parts/toasts.ts';
import { useWords } from '../words.ts';
import styles from './TagHead.module.css';

/** What a tag is about, in the reader's words: pressed to be written, kept with the button or Ctrl+Enter, left with Escape. */
export function Description({ tag, text }: { tag: string; text: string | null }) {
  const words = useWords();
  const [draft, setDraft] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const writing = draft !== null;
  const wrote = useRef(false);
  useEffect(() => {
    if (writing) field.current?.focus();
    else if (wrote.current) button.current?.focus();
    wrote.current = writing;
  }, [writing]);
  const keep = async () => {
    if (draft === null) return;
    const next = draft.trim();
    if (next === (text ?? '') || (await act('setTag', { tag, description: next === '' ? null : next }, (all) => all.tagPage.described(tag)))) setDraft(null);
  };
  if (draft === null) {
    return (
      <button
        ref={button} type="button" className={styles.description} data-empty={text === null} title={text === null ? undefined : words.tagPage.edit}
        onClick={() => setDraft(text ?? '')}
      >
        {text === null ? words.tagPage.describe : <span dir="auto">{text}</span>}
      </button>
    );
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <textarea
        ref={field} className={controls['field']} aria-label={words.tagPage.description} rows={3} maxLength={descriptionLimit} dir="auto" value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') setDraft(null);
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void keep();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <div className={styles.buttons}>
        <button type="button" className={controls['button']} onClick={() => setDraft(null)}>{words.app.cancel}</button>
        <button type="submit" className={`${controls['button']} ${controls['primary']}`}>{words.app.save}</button>
      </div>
    </form>
  );
}
