import { Tags } from 'lucide-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { TagField } from '../add/TagField.tsx';
import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { useWords } from '../words.ts';
import styles from './LinkTags.module.css';

/** The tags that go on every link saved: shown on the page, changed in a panel over the window, where typing belongs. */
export function LinkTags({ tags, onChange }: { tags: string[]; onChange: (tags: string[]) => void }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Tags size={16} strokeWidth={1.5} aria-hidden />
        {tags.length === 0 ? words.reader.linkNoTags : <bdi>{words.reader.linkTagged(tags)}</bdi>}
      </button>
      {open && createPortal(
        <Panel title={words.reader.linkTags} size="small" onClose={close}>
          <div className={styles['body']}>
            <p className={controls['hint']}>{words.reader.linkTagsHint}</p>
            <TagField tags={tags} onChange={onChange} first />
            <p className={styles['feet']}>
              <button type="button" className={`${controls['button']} ${controls['primary']}`} onClick={close}>{words.reader.linkTagsDone}</button>
            </p>
          </div>
        </Panel>,
        document.body,
      )}
    </>
  );
}
