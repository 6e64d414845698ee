import { X } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { normalTag } from '../../shared/tag-spelling.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { useSounds, type SoundsLike } from '../parts/pinyin.ts';
import { fitting } from '../parts/tagging.ts';
import { useWords } from '../words.ts';
import styles from './Add.module.css';

const OFFERED = 6;

/** Known tags that go with what is typed, the best first; without those chosen already. */
export function offeredTags(known: readonly string[], typed: string, chosen: readonly string[], sounds: SoundsLike): string[] {
  const free = known.filter((name) => !chosen.includes(name));
  const wanted = normalTag(typed);
  return (wanted === '' ? free : fitting(free, wanted, sounds)).slice(0, OFFERED);
}

/** Tags to put on everything that is added: typed with completion, or chosen from those offered below the field. */
export function TagField({ tags, onChange, first = false }: { tags: string[]; onChange: (tags: string[]) => void; first?: boolean }) {
  const words = useWords().add;
  const id = useId();
  const { value: known = [] } = useAsk('tags', {});
  const [typed, setTyped] = useState('');
  const [pointed, setPointed] = useState(-1);
  const byUse = known.toSorted((a, b) => b.count - a.count).map((tag) => tag.name);
  const sounds = useSounds(typed, byUse);
  const offered = offeredTags(byUse, typed, tags, sounds);
  const bad = normalTag(typed).length > 100;

  const add = (text: string) => {
    const names = text.split(/[,，]/u).map(normalTag).filter((name) => name !== '' && name.length <= 100);
    if (names.length === 0) return;
    onChange([...new Set([...tags, ...names])].slice(0, 100));
    setTyped('');
    setPointed(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const choice = offered[pointed];
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && (typed.trim() !== '' || choice !== undefined)) {
      if (!bad) add(choice ?? typed);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const by = event.key === 'ArrowDown' ? 1 : -1;
      // One place before the first offer is the field itself.
      setPointed(((pointed + 1 + by + offered.length + 1) % (offered.length + 1)) - 1);
    } else if (event.key === 'Backspace' && typed === '' && tags.length > 0) {
      onChange(tags.slice(0, -1));
      return;
    } else if (event.key === 'Escape' && (typed !== '' || pointed >= 0)) {
      setTyped('');
      setPointed(-1);
    } else return;
    event.preventDefault();
  };

  return (
    <div className={styles['labelled']}>
      <label htmlFor={id}>{words.tags}</label>
      <div className={`${controls['field']} ${styles['tags']}`}>
        {tags.map((tag) => (
          <span key={tag} className={styles['tag']}>
            {tag}
            <button type="button" aria-label={words.tagRemove(tag)} onClick={() => onChange(tags.filter((each) => each !== tag))}>
              <X size={12} strokeWidth={2} aria-hidden />
            </button>
          </span>
        ))}
        <input
          id={id}
          data-first={first || undefined}
          type="text"
          role="combobox"
          aria-expanded={offered.length > 0}
          aria-controls={`${id}-offers`}
          aria-activedescendant={pointed < 0 ? undefined : `${id}-${pointed}`}
          aria-autocomplete="list"
          aria-describedby={`${id}-hint`}
          aria-invalid={bad}
          autoComplete="off"
          spellCheck={false}
          placeholder={words.tagsPlaceholder}
          value={typed}
          onChange={(event) => {
            setPointed(-1);
            if (/[,，]/u.test(event.target.value)) add(event.target.value);
            else setTyped(event.target.value);
          }}
          onBlur={() => {
            if (!bad) add(typed);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={`${id}-offers`} role="listbox" aria-label={words.tagSuggestions} className={styles['offers']}>
        {offered.map((name, index) => (
          // The field above hears the keys for the whole list.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={name}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === pointed}
            className={styles['offer']}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => add(name)}
          >
            {name}
          </div>
        ))}
      </div>
      <p id={`${id}-hint`} className={bad ? controls['alert'] : 'visually-hidden'}>
        {bad ? words.badTag : words.tagsHint}
      </p>
    </div>
  );
}
