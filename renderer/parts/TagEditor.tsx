import { Check, Minus, Plus } from 'lucide-react';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { changeTags } from '../acts.ts';
import { useAsk } from '../ask.ts';
import { useView, type Tagging } from '../view.ts';
import { useWords } from '../words.ts';
import { Panel } from './Panel.tsx';
import styles from './TagEditor.module.css';
import { useSounds } from './pinyin.ts';
import { useTagColours } from './tag-colours.ts';
import { differences, optionsFor, stateOf, type TagOption, type TagState } from './tagging.ts';

const none: string[] = [];
const close = () => useView.setState({ tagging: null });

/** The tags of one article or many: typed with completion, or checked in the list. Shown while `view.tagging` is set. */
export function TagEditor({ tagging }: { tagging: Tagging }) {
  const words = useWords();
  const listId = useId();
  const { value: known = [] } = useAsk('tags', {});
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  /** What the reader has set here, over what the articles have. */
  const [changes, setChanges] = useState<ReadonlyMap<string, boolean>>(new Map());
  const names = useMemo(() => known.map((tag) => tag.name), [known]);
  const sounds = useSounds(query, names);
  const colourFor = useTagColours();
  const [only] = tagging.ids;
  const { value: article } = useAsk('article', tagging.ids.length === 1 && only !== undefined ? { id: only } : null);
  const offered = article?.offeredTags ?? none;
  // The page's own words come before the tags of other articles, but only a few of them unasked.
  const options = useMemo(() => optionsFor(query, [...(query.trim() === '' ? offered.slice(0, 5) : offered), ...names], tagging, changes, sounds), [query, names, offered, tagging, changes, sounds]);
  const active = Math.min(at, options.length - 1);

  const done = () => {
    const { add, remove } = differences(tagging, changes);
    close();
    void changeTags(tagging.ids, add, remove);
  };
  const toggle = (option: TagOption | undefined) => {
    if (option === undefined || option.bad) return;
    const state = stateOf(option.name, tagging, changes);
    setChanges(new Map(changes).set(option.name, state !== 'all'));
    setQuery('');
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(options.length - 1, active + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, active - 1));
    else if (event.key === 'Enter' && (query.trim() === '' && at === 0 || event.ctrlKey || event.metaKey)) done();
    else if (event.key === 'Enter' || event.key === ',' || event.key === '，') toggle(options[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Panel title={words.list.tagsOf(tagging.ids.length)} onClose={done} size="small" head={false}>
      <div className={styles.editor}>
        <p className={styles.title} aria-hidden>{words.list.tagsOf(tagging.ids.length)}</p>
        <input
          data-first className={styles.field} role="combobox" aria-expanded="true" aria-controls={listId} aria-autocomplete="list"
          aria-activedescendant={options.length > 0 ? `${listId}-${active}` : undefined}
          aria-label={words.add.tagsPlaceholder} placeholder={words.add.tagsPlaceholder} maxLength={200} spellCheck={false}
          value={query} onKeyDown={onKeyDown}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
        />
        <div id={listId} role="listbox" aria-multiselectable aria-label={words.add.tagSuggestions} className={styles.options}>
          {options.map((option, index) => {
            const state = stateOf(option.name, tagging, changes);
            return (
              // The field above hears the keys for the whole list.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={option.name} id={`${listId}-${index}`} role="option" tabIndex={-1} aria-selected={state === 'all'} aria-disabled={option.bad}
                className={styles.option} data-active={index === active} data-state={state}
                ref={(element) => { if (index === active) element?.scrollIntoView({ block: 'nearest' }); }}
                onMouseDown={(event) => event.preventDefault()} onClick={() => toggle(option)}
              >
                <State state={option.fresh ? 'new' : state} />
                <span className={styles.name}>{option.bad ? words.add.badTag : option.fresh ? words.add.tagNew(option.name) : option.name}</span>
                {offered.includes(option.name) && !names.includes(option.name) && <span className={styles.from}>{words.tags.fromPage}</span>}
                {colourFor(option.name) !== undefined && <span className={styles.dot} style={colourFor(option.name)} aria-hidden />}
              </div>
            );
          })}
        </div>
        <p className={styles.hint}>{words.add.tagsHint}</p>
      </div>
    </Panel>
  );
}

function State({ state }: { state: TagState | 'new' }) {
  const Icon = { all: Check, some: Minus, none: null, new: Plus }[state];
  return <span className={styles.state} aria-hidden>{Icon !== null && <Icon size={16} strokeWidth={1.5} />}</span>;
}
