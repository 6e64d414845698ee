import { FolderOpen } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState, type ClipboardEvent, type DragEvent, type FormEvent, type KeyboardEvent } from 'react';
import { recognise } from '../../shared/recognise.ts';
import { useActivity } from '../activity.ts';
import controls from '../parts/controls.module.css';
import { say } from '../parts/toasts.ts';
import { closePanel, go } from '../view.ts';
import { tell, useWords } from '../words.ts';
import styles from './Add.module.css';
import { BookmarkChoice } from './BookmarkChoice.tsx';
import { addFiles, useDraft } from './draft.ts';
import { FileLines } from './FileLines.tsx';
import { acceptedFiles } from './files.ts';
import { countOf, saveDraft, type Outcome } from './save-draft.ts';
import { TagField } from './TagField.tsx';
import { Understanding } from './Understanding.tsx';

/** Takes the files of a paste or drop, if there are any. */
function takeFiles(event: ClipboardEvent | DragEvent, data: DataTransfer | null): void {
  if (data === null || data.files.length === 0) return;
  event.preventDefault();
  addFiles([...data.files]);
}

/** The field, what was understood of it, files and tags, and Save. */
export function AddForm() {
  const words = useWords();
  const form = useRef<HTMLFormElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const { text, tags, files, offered, bookmark } = useDraft();
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<Outcome['failed']>([]);
  const facts = useActivity((state) => state.facts);
  // Typing and pasting are painted first; hundreds of lines are taken apart after.
  const settled = useDeferredValue(text);
  const understood = useMemo(() => recognise(settled), [settled]);
  const count = countOf(understood, files);
  const looking = files.some(({ bringing }) => bringing?.state === 'handing');
  const left = facts === null ? 0 : facts.waiting + facts.working;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (saving || looking) return;
    const now = recognise(useDraft.getState().text);
    if (countOf(now, files) === 0) return;
    setSaving(true);
    const alone = bookmark && now.kind === 'addresses' && files.length === 0;
    const outcome = await saveDraft(now);
    setSaving(false);
    setFailed(outcome.failed);
    if (outcome.failed.length > 0) return;
    // Nothing is being fetched that one would want to watch.
    if (alone) {
      const known = outcome.saved.filter((one) => one.outcome === 'known').length;
      say((told) => told.bookmarks.added(outcome.saved.length - known, known));
      closePanel();
    } else if (outcome.saved.length > 0) useDraft.setState({ saved: outcome.saved });
    // An export alone: what came of it has been said, and the queue shows how it goes on.
    else closePanel();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    // One address and Enter is the whole of the usual way to save; a text or a list goes on in the next line.
    const one = understood.kind === 'addresses' && !text.trimEnd().includes('\n');
    if (!one && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };

  return (
    // What is dropped or pasted beside the field counts as put into it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      className={styles['form']}
      onSubmit={(event) => void save(event)}
      onPaste={(event) => takeFiles(event, event.clipboardData)}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('Files')) event.preventDefault();
      }}
      onDrop={(event) => takeFiles(event, event.dataTransfer)}
    >
      <div className={styles['body']}>
        {offered !== null && offered === text ? <p className={controls['alert']}>{words.add.offered}</p> : null}
        <textarea
          data-first=""
          className={`${controls['field']} ${styles['area']}`}
          aria-label={words.add.field}
          placeholder={words.add.placeholder}
          spellCheck={false}
          value={text}
          onChange={(event) => useDraft.setState({ text: event.target.value })}
          onKeyDown={onKeyDown}
        />
        <div aria-live="polite" className={styles['understood']}>
          <Understanding understood={understood} />
        </div>
        {understood.kind === 'addresses' && understood.addresses.length > 0 ? <BookmarkChoice addresses={understood.addresses.length} /> : null}
        <FileLines files={files} failed={failed} />
        {count === 0 && files.length === 0 ? (
          <p className={controls['hint']}>{words.add.hint}</p>
        ) : (
          <TagField tags={tags} onChange={(next) => useDraft.setState({ tags: next })} />
        )}
        {failed.map(({ file, failure }) =>
          file === null ? (
            <p key={failure.kind} className={controls['alert']} role="alert">
              {tell(words, failure)}
            </p>
          ) : null,
        )}
      </div>
      <footer className={styles['foot']}>
        <button type="button" className={`${controls['button']} ${controls['quiet']}`} onClick={() => chooser.current?.click()}>
          <FolderOpen size={16} strokeWidth={1.5} aria-hidden />
          {words.add.chooseFiles}
        </button>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          accept={acceptedFiles}
          aria-label={words.add.chooseFiles}
          onChange={(event) => {
            addFiles([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <p className={controls['hint']}>
          {left === 0 ? null : (
            <button type="button" className={controls['link']} onClick={() => go({ list: 'queue' })}>
              {words.add.stillWorking(left)}
            </button>
          )}
        </p>
        <button type="submit" className={`${controls['button']} ${controls['primary']}`} disabled={count === 0 || saving || looking}>
          {saving ? words.add.saving : bookmark && understood.kind === 'addresses' && files.length === 0 ? (count > 1 ? words.bookmarks.addMany(count) : words.bookmarks.add) : count > 1 ? words.add.saveMany(count) : words.add.save}
        </button>
      </footer>
    </form>
  );
}
