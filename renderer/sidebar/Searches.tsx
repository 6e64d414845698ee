import { ArrowDown, ArrowUp, ListFilter, Pencil, Trash2 } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { SavedSearch } from '../../shared/search-questions.ts';
import { useAsk } from '../ask.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { Panel } from '../parts/Panel.tsx';
import { act } from '../parts/toasts.ts';
import { useWords } from '../words.ts';
import { useCounts } from './counts.ts';
import { NavItem } from './NavItem.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './Searches.module.css';

const none: SavedSearch[] = [];

/** The searches kept, each a list with how much it finds. */
export function Searches() {
  const words = useWords();
  const searches = useAsk('searches', {}).value ?? none;
  const counts = useCounts(searches);
  const [editing, setEditing] = useState(false);
  if (searches.length === 0) return null;
  return (
    <section aria-labelledby="searches-heading">
      <SectionHead id="searches-heading" title={words.sidebar.searches}>
        <IconButton icon={Pencil} small label={words.sidebar.editSearches} onClick={() => setEditing(true)} />
      </SectionHead>
      <ul>
        {searches.map(({ id, name, query }) => {
          const count = counts.get(query);
          return <NavItem key={id} where={{ list: 'search', query }} icon={ListFilter} label={name} count={count?.count} more={count?.more ?? false} />;
        })}
      </ul>
      {editing && <Editor searches={searches} onClose={() => setEditing(false)} />}
    </section>
  );
}

/** Names, order, and which are kept at all. A button that has come to the end stays where the focus is. */
function Editor({ searches, onClose }: { searches: readonly SavedSearch[]; onClose: () => void }) {
  const words = useWords();
  return (
    <Panel title={words.sidebar.editSearches} onClose={onClose} size="small">
      <ul className={styles.editor}>
        {searches.map((search, at) => (
          <li key={search.id}>
            <NameField search={search} />
            <IconButton
              icon={ArrowUp} label={words.sidebar.searchUp(search.name)} aria-disabled={at === 0}
              onClick={() => at > 0 && void act('moveSearch', { id: search.id, before: searches[at - 1]?.id ?? null }, null)}
            />
            <IconButton
              icon={ArrowDown} label={words.sidebar.searchDown(search.name)} aria-disabled={at === searches.length - 1}
              onClick={() => at < searches.length - 1 && void act('moveSearch', { id: search.id, before: searches[at + 2]?.id ?? null }, null)}
            />
            <IconButton
              icon={Trash2} label={words.sidebar.searchForget(search.name)}
              onClick={() => {
                if (searches.length === 1) onClose();
                void act('forgetSearch', { id: search.id }, (each) => each.toast.searchForgotten(search.name));
              }}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function NameField({ search }: { search: SavedSearch }) {
  const words = useWords();
  const [name, setName] = useState(search.name);
  const keep = () => {
    const wanted = name.trim().slice(0, 100);
    if (wanted === '') setName(search.name);
    else if (wanted !== search.name) void act('keepSearch', { ...search, name: wanted }, null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== 'Enter') return;
    event.preventDefault();
    keep();
  };
  return (
    <label className={styles.field}>
      <span className="visually-hidden">{words.sidebar.searchName(search.name)}</span>
      <input type="text" value={name} maxLength={100} onChange={(event) => setName(event.target.value)} onBlur={keep} onKeyDown={onKeyDown} />
      <code title={search.query}>{search.query}</code>
    </label>
  );
}
