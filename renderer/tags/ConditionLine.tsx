import { languageName } from '../../shared/rule-text.ts';
import { X } from 'lucide-react';
import { useId } from 'react';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { IconButton } from '../parts/IconButton.tsx';
import { useLanguage, useWords } from '../words.ts';
import { conditionKinds, languagesOffered, type DraftCondition } from './rule-draft.ts';
import styles from './Rules.module.css';

type Props = { line: DraftCondition; number: number; onChange: (line: DraftCondition) => void; onRemove: (() => void) | null };

/** One condition: of what, and its value. */
export function ConditionLine({ line, number, onChange, onRemove }: Props) {
  const words = useWords().tagRules;
  return (
    <div role="group" aria-label={words.condition(number)} className={styles['condition']}>
      <select
        className={controls['select']} aria-label={words.subject} value={line.by}
        onChange={(event) => {
          const by = conditionKinds.find((each) => each === event.target.value) ?? line.by;
          // A text for a text stays; for a number or a language it makes no sense.
          const plain = ['site', 'title', 'author', 'address', 'tag'];
          onChange({ ...line, by, value: plain.includes(by) && plain.includes(line.by) ? line.value : by === 'language' ? (languagesOffered[0] ?? '') : by === 'longer' ? '20' : by === 'shorter' ? '3' : '' });
        }}
      >
        {conditionKinds.map((by) => <option key={by} value={by}>{words.by[by]}</option>)}
      </select>
      <Value line={line} onChange={(value) => onChange({ ...line, value })} />
      {onRemove !== null && <IconButton icon={X} small label={words.removeCondition(number)} onClick={onRemove} />}
    </div>
  );
}

function Value({ line: { by, value }, onChange }: { line: DraftCondition; onChange: (value: string) => void }) {
  const words = useWords().tagRules;
  const language = useLanguage();
  const id = useId();
  const { value: tags = [] } = useAsk('tags', by === 'tag' ? {} : null);
  if (by === 'language') {
    return (
      <select className={controls['select']} aria-label={words.by[by]} value={value} onChange={(event) => onChange(event.target.value)}>
        {[...new Set([...languagesOffered, value])].map((code) => <option key={code} value={code}>{languageName(code, language)}</option>)}
      </select>
    );
  }
  if (by === 'longer' || by === 'shorter') {
    return (
      <label className={styles['minutes']}>
        <input type="number" className={controls['field']} aria-label={words.by[by]} min={1} max={9_999} value={value} onChange={(event) => onChange(event.target.value)} />
        {words.minutes}
      </label>
    );
  }
  return (
    <>
      <input
        type="text" className={controls['field']} aria-label={words.by[by]} placeholder={words.examples[by]} maxLength={200} spellCheck={false} autoCapitalize="off"
        list={by === 'tag' ? `${id}-tags` : undefined} value={value} onChange={(event) => onChange(event.target.value)}
      />
      {by === 'tag' && <datalist id={`${id}-tags`}>{tags.map(({ name }) => <option key={name} value={name}>{name}</option>)}</datalist>}
    </>
  );
}
