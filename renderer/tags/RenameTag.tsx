import { useId, useState, type KeyboardEvent } from 'react';
import { longestTag, normalTag } from '../../shared/tag-spelling.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { useSounds } from '../parts/pinyin.ts';
import { normalName } from '../parts/tag-name.ts';
import { fitting } from '../parts/tagging.ts';
import { useView, type Retagging } from '../view.ts';
import { useWords } from '../words.ts';
import styles from './RenameTag.module.css';
import { mergeTags, renameTag } from './tag-acts.ts';

const OFFERED = 8;
const close = () => useView.setState({ retagging: null });

/** Asks for a tag's new name, or for the tag it is to be merged into. Shown while `view.retagging` is set. */
export function RenameTag({ retagging: { tag, how } }: { retagging: Retagging }) {
  const words = useWords();
  const id = useId();
  const { value: tags = [] } = useAsk('tags', {});
  const [typed, setTyped] = useState(how === 'rename' ? tag : '');
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const names = tags.map(({ name }) => name).filter((name) => name !== tag);
  const sounds = useSounds(typed, names);
  const offered = how === 'rename' ? [] : (normalTag(typed) === '' ? byUse(tags, tag) : fitting(names, typed, sounds)).slice(0, OFFERED);
  const merging = how === 'merge';
  const name = merging ? (offered[Math.min(at, offered.length - 1)] ?? null) : normalName(typed);
  const inside = tags.map((each) => each.name).filter((each) => each.startsWith(`${tag}/`));
  const there = !merging && name !== tag ? tags.find((each) => each.name === name) : undefined;
  const tooLong = name !== null && inside.some((each) => name.length + each.length - tag.length > longestTag);
  const ready = name !== null && name !== tag && !tooLong && !busy;

  const run = async (to: string | null) => {
    if (to === null || to === tag || tooLong || busy) return;
    setBusy(true);
    if (await (merging || there !== undefined ? mergeTags([tag], to) : renameTag(tag, to))) close();
    else setBusy(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || offered.length === 0) return;
    if (event.key === 'ArrowDown') setAt((at + 1) % offered.length);
    else if (event.key === 'ArrowUp') setAt((at + offered.length - 1) % offered.length);
    else return;
    event.preventDefault();
  };
  const title = merging ? words.tags.mergeTitle(tag) : words.tags.renameTitle(tag);
  return (
    <Panel title={title} size="small" onClose={close}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void run(name);
        }}
      >
        <label htmlFor={id}>{merging ? words.tags.into : words.tags.newName}</label>
        <input
          id={id} data-first className={controls['field']} value={typed} maxLength={200} spellCheck={false} autoComplete="off" aria-describedby={`${id}-told`}
          aria-invalid={typed !== '' && (name === null || tooLong)} onFocus={(event) => event.target.select()} onKeyDown={onKeyDown}
          {...(merging ? { role: 'combobox', 'aria-expanded': true, 'aria-controls': `${id}-offers`, 'aria-autocomplete': 'list', 'aria-activedescendant': offered.length > 0 ? `${id}-${Math.min(at, offered.length - 1)}` : undefined } as const : {})}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
        />
        {merging && (
          <div id={`${id}-offers`} role="listbox" aria-label={words.tags.into} className={styles['offers']}>
            {offered.map((each, index) => (
              // The field above hears the keys for the whole list.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={each} id={`${id}-${index}`} role="option" tabIndex={-1} aria-selected={each === name} className={styles['offer']}
                onMouseDown={(event) => event.preventDefault()} onClick={() => setAt(index)} onDoubleClick={() => void run(each)}
              >
                {each}
              </div>
            ))}
          </div>
        )}
        <p id={`${id}-told`} className={controls['hint']} role="status">
          {busy ? words.tags.working : tooLong || (!merging && name === null) ? words.add.badTag
            : merging && name === null ? words.tags.noneFound(typed)
            : there !== undefined ? words.tags.there(there.name, there.count)
            : inside.length > 0 ? words.tags.insideToo(inside.length)
            : merging ? words.tags.mergeHint : words.tags.renameHint}
        </p>
        <p className={styles['feet']}>
          <button type="button" className={controls['button']} onClick={close}>{words.app.cancel}</button>
          <button type="submit" className={`${controls['button']} ${controls['primary']}`} disabled={!ready}>
            {merging || there !== undefined ? words.tags.doMerge : words.tags.doRename}
          </button>
        </p>
      </form>
    </Panel>
  );
}

function byUse(tags: ReadonlyArray<{ name: string; count: number }>, not: string): string[] {
  return tags.filter(({ name }) => name !== not).toSorted((a, b) => b.count - a.count).map(({ name }) => name);
}
