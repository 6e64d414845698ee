import { Search } from 'lucide-react';
import { useDeferredValue, useEffect, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useAsk } from '../ask.ts';
import { canRun, runCommand } from '../commands.ts';
import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { closePanel, openArticle, useView } from '../view.ts';
import { tell, useWords } from '../words.ts';
import { ChoiceLine } from './ChoiceLine.tsx';
import { commandsNamed, readField, textToFind, type Choice } from './choices.ts';
import { NoResults, Start } from './Guidance.tsx';
import { forgetSearches, rememberSearch, useRecent } from './recent.ts';
import styles from './Search.module.css';

/** Commands shown beneath the articles; all of them come with `>`. */
const COMMANDS_BESIDE = 4;
const HITS = 30;

/** Search and the commands in one palette: a field that keeps the keyboard, and a list it points into. */
export function SearchPanel() {
  const words = useWords();
  const listId = useId();
  const [text, setText] = useState('');
  const [pointed, setPointed] = useState<string | null>(null);
  const recent = useRecent((state) => state.queries);
  const asked = useMemo(() => readField(text), [text]);
  // Typing is painted first; the question follows, and only the newest question's answer is shown.
  const query = useDeferredValue(asked.mode === 'all' ? asked.query : null);
  const { value: answer, failure } = useAsk('search', query === null ? null : { query, count: HITS }, { keepLast: true });

  const articles: Choice[] = asked.mode !== 'all' ? [] : (answer?.hits ?? []).map((hit) => ({ kind: 'article', id: hit.id, hit }));
  const named = asked.mode === 'start' ? [] : commandsNamed(asked.mode === 'commands' ? asked.name : asked.query, words, canRun);
  const commands: Choice[] = (asked.mode === 'commands' ? named : named.slice(0, COMMANDS_BESIDE)).map((command) => ({
    kind: 'command',
    id: command.id,
    command,
  }));
  const recents: Choice[] = asked.mode === 'start' ? recent.map((each) => ({ kind: 'recent', id: `recent ${each}`, query: each })) : [];
  const choices = [...recents, ...articles, ...commands];
  const active = choices.find((choice) => choice.id === pointed) ?? (asked.mode === 'start' ? undefined : choices[0]);
  const idOf = (choice: Choice) => `${listId}-${choices.indexOf(choice)}`;
  const activeId = active === undefined ? undefined : idOf(active);

  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const type = (value: string) => {
    setText(value);
    setPointed(null);
  };
  const choose = (choice: Choice) => {
    switch (choice.kind) {
      case 'article':
        if (asked.mode === 'all') rememberSearch(asked.query);
        openArticle(choice.hit.id, asked.mode === 'all' ? { find: textToFind(asked.query) } : {});
        return;
      case 'command':
        runCommand(choice.command.id);
        if (useView.getState().panel === 'search') closePanel();
        return;
      case 'recent':
        type(choice.query);
        return;
      default:
        choice satisfies never;
    }
  };
  const step = (by: number) => {
    const at = active === undefined ? (by > 0 ? -1 : 0) : choices.indexOf(active);
    setPointed(choices[(at + by + choices.length) % choices.length]?.id ?? null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter' && active !== undefined) choose(active);
    else return;
    event.preventDefault();
  };

  const group = (name: string, members: Choice[], side?: React.ReactNode) =>
    members.length === 0 ? null : (
      <div role="group" aria-label={name} className={styles['group']}>
        <div className={styles['heading']} aria-hidden>
          {name} {side}
        </div>
        {members.map((choice) => (
          <ChoiceLine
            key={choice.id}
            choice={choice}
            id={idOf(choice)}
            active={choice === active}
            onPoint={() => setPointed(choice.id)}
            onChoose={() => choose(choice)}
          />
        ))}
      </div>
    );
  const answered = asked.mode !== 'all' || (answer !== undefined && query === asked.query);

  return (
    <Panel title={words.search.title} head={false} onClose={closePanel}>
      <div className={styles['field']}>
        <Search size={20} strokeWidth={1.5} aria-hidden />
        <input
          data-first=""
          type="text"
          role="combobox"
          aria-label={words.search.title}
          aria-expanded={choices.length > 0}
          aria-controls={listId}
          aria-activedescendant={activeId}
          aria-autocomplete="list"
          placeholder={words.search.placeholder}
          maxLength={500}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={styles['results']}>
        {failure === null || asked.mode !== 'all' ? null : (
          <p className={controls['alert']} role="alert">
            {tell(words, failure)}
          </p>
        )}
        <div id={listId} role="listbox" aria-label={words.search.results} hidden={choices.length === 0}>
          {group(words.search.recent, recents)}
          {group(words.search.articles, articles, <span className={styles['count']}>{answer?.total}</span>)}
          {group(words.search.commands, commands)}
        </div>
        {asked.mode === 'start' ? <Start onClear={recents.length > 0 ? forgetSearches : null} onTry={type} /> : null}
        {answered && choices.length === 0 && failure === null ? <NoResults asked={asked} onTry={type} /> : null}
        <p className="visually-hidden" aria-live="polite">
          {asked.mode === 'start' || !answered ? '' : words.search.live(choices.length)}
        </p>
      </div>
      <Hints />
    </Panel>
  );
}

function Hints() {
  const { hints } = useWords().search;
  const shown = [
    { caps: ['↑', '↓'], says: hints.move },
    { caps: ['↵'], says: hints.open },
    { caps: ['>'], says: hints.commands },
    { caps: ['Esc'], says: hints.close },
  ];
  return (
    <footer className={styles['hints']} aria-hidden>
      {shown.map(({ caps, says }) => (
        <span key={says}>
          {caps.map((cap) => (
            <kbd key={cap} className={controls['cap']}>
              {cap}
            </kbd>
          ))}
          {says}
        </span>
      ))}
    </footer>
  );
}
