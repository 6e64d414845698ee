import { noteLimit } from '../../shared/note.ts';
import controls from '../parts/controls.module.css';
import { useWords } from '../words.ts';
import styles from './Add.module.css';
import { useDraft } from './draft.ts';

/** Whether only the addresses are to be kept; of a single one also what it is called and what is to be remembered of it. */
export function BookmarkChoice({ addresses }: { addresses: number }) {
  const words = useWords();
  const { bookmark, title, note } = useDraft();
  return (
    <>
      <label className={styles['choice']}>
        <input type="checkbox" checked={bookmark} onChange={(event) => useDraft.setState({ bookmark: event.target.checked })} />
        <span>
          {addresses === 1 ? words.bookmarks.choice : words.bring.bookmarks}
          {bookmark ? <span className={controls['hint']}>{words.bookmarks.choiceHint}</span> : null}
        </span>
      </label>
      {bookmark && addresses === 1 ? (
        <>
          <label className={styles['labelled']}>
            <span>{words.add.articleTitle}</span>
            <input
              type="text" className={controls['field']} maxLength={500} placeholder={words.bookmarks.titleHint}
              value={title} onChange={(event) => useDraft.setState({ title: event.target.value })}
            />
          </label>
          <label className={styles['labelled']}>
            <span>{words.note.field}</span>
            <textarea
              className={`${controls['field']} ${styles['note']}`} maxLength={noteLimit} rows={2} placeholder={words.note.placeholder}
              value={note} onChange={(event) => useDraft.setState({ note: event.target.value })}
            />
          </label>
        </>
      ) : null}
    </>
  );
}
