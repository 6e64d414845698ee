import { useDeferredValue, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { parseQuery } from '../../shared/query.ts';
import { useAsk } from '../ask.ts';
import { canRun, runCommand } from '../commands.ts';
import controls from '../parts/controls.module.css';
import { Panel } from '../parts/Panel.tsx';
import { closePanel, go, openArticle, useView } from '../view.ts';
import { tell, useWords } from '../words.ts';
import { ChoiceLine } from './ChoiceLine.tsx';
import { commandsNamed, readField, type Choice } from './choices.ts';
import { completionsOf, typedAt } from './completions.ts';
import { Field } from './Field.tsx';
import { Help, NoResults, Problems, Start } from './Guidance.tsx';
import { Hints } from './Hints.tsx';
import { forgetSearches, rememberSearch, useRecent } from './recent.ts';
import styles from './Search.module.css';
import { useSearch } from './use-search.ts';

/** Commands shown beneath the articles; all of them come with `>`. */
const COMMANDS_BESIDE = 4;
const HITS = 30;
const NO_NAMES: string[] = [];

/** Search and the commands in one palette: a field that keeps the keyboard, and a list it points into. */
export function SearchPanel() {
  const words = useWords();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  // Opened over a search's list, it goes on with that search.
  const [text, setText] = useState(() => {
    const { where, seek } = useView.getState();
    return seek !== '' ? seek : where.list === 'search' ? where.query : '';
  });
  const [caret, setCaret] = useState(text.length);
  const [help, setHelp] = useState(false);
  const [now] = useState(() => new Date());
  const [pointed, setPointed] = useState<string | null>(null);
  const recent = useRecent((state) => state.queries);
  const asked = useMemo(() => readField(text), [text]);
  const parsed = useMemo(() => parseQuery(text), [text]);
  // Typing is painted first; the question follows, and only the newest question's answer is shown.
  const query = useDeferredValue(asked.mode === 'all' ? asked.query : null);
  const { value: answer, failure, asked: answered, counted } = useSearch(query, HITS);
  const isAnswered = asked.mode !== 'all' || (answer !== undefined && answered === asked.query);

  const typed = useMemo(() => (asked.mode === 'all' ? typedAt(text, caret) : null), [asked, text, caret]);
  const tags = useAsk('tags', asked.mode === 'all' && /[:：]/u.test(text) ? {} : null).value;
  const hosts = useAsk('hosts', typed?.operator === 'site' ? { begin: typed.value } : null, { keepLast: true }).value ?? NO_NAMES;
  const completions: Choice[] = useMemo(
    () => (typed === null ? [] : completionsOf(typed, { tags: tags?.map(({ name }) => name) ?? [], hosts }, words, now).map((completion) => ({ kind: 'completion', id: `completion ${completion.label}`, completion }))),
    [typed, tags, hosts, words, now],
  );
  const shift = text.length - text.trimStart().length;
  const problems = asked.mode !== 'all' ? [] : [
    ...parsed.problems,
    ...(isAnswered ? (answer?.problems ?? []).filter(({ kind, to }) => kind === 'unknown-tag' && to + shift < text.length).map((each) => ({ ...each, from: each.from + shift, to: each.to + shift })) : []),
  ];

  const articles: Choice[] = asked.mode !== 'all' ? [] : (answer?.hits ?? []).map((hit) => ({ kind: 'article', id: hit.id, hit }));
  const all: Choice[] = asked.mode !== 'all' || articles.length === 0 ? [] : [{ kind: 'all', id: 'all', total: counted ? (answer?.total ?? 0) : null, more: answer?.more ?? false }];
  const named = asked.mode === 'start' ? [] : commandsNamed(asked.mode === 'commands' ? asked.name : asked.query, words, canRun);
  const commands: Choice[] = (asked.mode === 'commands' ? named : named.slice(0, COMMANDS_BESIDE)).map((command) => ({ kind: 'command', id: command.id, command }));
  const recents: Choice[] = asked.mode === 'start' ? recent.map((each) => ({ kind: 'recent', id: `recent ${each}`, query: each })) : [];
  const choices = [...recents, ...completions, ...articles, ...all, ...commands];
  // A value being written is completed by Enter; while it is only a word, Enter opens what was found by it.
  const usual = typed?.operator === null ? (articles[0] ?? choices[0]) : choices[0];
  const active = choices.find((choice) => choice.id === pointed) ?? (asked.mode === 'start' ? undefined : usual);
  const idOf = (choice: Choice) => `${listId}-${choices.indexOf(choice)}`;
  const activeId = active === undefined ? undefined : idOf(active);

  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  useEffect(() => field.current?.select(), []);

  const type = (value: string, at = value.length) => {
    setText(value);
    setCaret(at);
    setPointed(null);
  };
  const fill = (value: string, at = value.length) => {
    type(value, at);
    setHelp(false);
    field.current?.focus();
    requestAnimationFrame(() => field.current?.setSelectionRange(at, at));
  };
  const showAll = () => {
    if (asked.mode !== 'all') return;
    rememberSearch(asked.query);
    go({ list: 'search', query: asked.query.trim() });
  };
  const choose = (choice: Choice) => {
    switch (choice.kind) {
      case 'article':
        if (asked.mode === 'all') rememberSearch(asked.query);
        openArticle(choice.hit.id, asked.mode === 'all' ? { find: asked.query.trim() } : {});
        return;
      case 'completion': {
        const { from, to, insert } = choice.completion;
        fill(text.slice(0, from) + insert + text.slice(to).replace(/^ /u, insert.endsWith(' ') ? '' : ' '), from + insert.length);
        return;
      }
      case 'all':
        showAll();
        return;
      case 'command':
        runCommand(choice.command.id);
        if (useView.getState().panel === 'search') closePanel();
        return;
      case 'recent':
        fill(choice.query);
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
    const completion = active?.kind === 'completion' ? active : completions[0];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) showAll();
    else if (event.key === 'Enter' && active !== undefined) choose(active);
    else if (event.key === 'Tab' && !event.shiftKey && completion !== undefined) choose(completion);
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
            key={choice.id} choice={choice} id={idOf(choice)} active={choice === active}
            onPoint={() => setPointed(choice.id)} onChoose={() => choose(choice)}
          />
        ))}
      </div>
    );
  const count = answer === undefined || !counted ? null : <span className={styles['count']}>{words.search.counted(answer.total, answer.more)}</span>;

  return (
    <Panel title={words.search.title} head={false} onClose={closePanel}>
      <Field
        field={field} problems={problems} help={help} onHelp={() => setHelp(!help)}
        input={{
          role: 'combobox', 'aria-label': words.search.title, 'aria-expanded': choices.length > 0, 'aria-controls': listId,
          'aria-activedescendant': activeId, 'aria-autocomplete': 'list', 'aria-describedby': `${listId}-problems`,
          placeholder: words.search.placeholder, maxLength: 500, value: text,
          onChange: (event) => type(event.target.value, event.target.selectionStart ?? event.target.value.length),
          onSelect: (event) => setCaret(event.currentTarget.selectionStart ?? text.length),
          onKeyDown,
        }}
      />
      <div className={styles['results']}>
        <Problems id={`${listId}-problems`} problems={problems} />
        {failure === null || asked.mode !== 'all' ? null : (
          <p className={controls['alert']} role="alert">
            {tell(words, failure)}
          </p>
        )}
        {asked.mode === 'all' && (answer?.lacking ?? 0) > 20 ? <p className={styles['lacking']}>{words.search.lacking(answer?.lacking ?? 0)}</p> : null}
        {help ? <Help onTry={fill} /> : null}
        <div id={listId} role="listbox" aria-label={words.search.results} hidden={choices.length === 0 || help}>
          {group(words.search.recent, recents)}
          {group(words.search.completions, completions)}
          {group(words.search.articles, [...articles, ...all], count)}
          {group(words.search.commands, commands)}
        </div>
        {asked.mode === 'start' && !help ? <Start onClear={recents.length > 0 ? forgetSearches : null} onTry={fill} /> : null}
        {isAnswered && choices.length === 0 && failure === null && !help ? <NoResults asked={asked} onTry={fill} /> : null}
        <p className="visually-hidden" aria-live="polite">
          {asked.mode === 'start' || !isAnswered ? '' : words.search.live(articles.length + commands.length)}
        </p>
      </div>
      <Hints />
    </Panel>
  );
}
