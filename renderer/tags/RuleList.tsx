import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { KeptRule } from '../../shared/tag-rule.ts';
import { ruleText } from '../../shared/rule-text.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { IconButton } from '../parts/IconButton.tsx';
import { act } from '../parts/toasts.ts';
import { tell, useLanguage, useWords } from '../words.ts';
import { RuleForm } from './RuleForm.tsx';
import styles from './Rules.module.css';

/** The reader's tag rules, and one at a time to be written. */
export function RuleList() {
  const words = useWords();
  const { value: rules, failure } = useAsk('tagRules', {});
  const [open, setOpen] = useState<KeptRule | 'new' | null>(null);
  if (open !== null) return <RuleForm kept={open === 'new' ? null : open} onClose={() => setOpen(null)} />;
  if (failure !== null && rules === undefined) return <p className={controls['alert']} role="alert">{tell(words, failure)}</p>;
  if (rules === undefined) return null;
  return (
    <>
      <p className={controls['hint']}>{words.tagRules.about}</p>
      {rules.length === 0 && <p className={styles['none']}>{words.tagRules.none}</p>}
      {rules.length > 0 && <ul className={styles['list']}>{rules.map((rule) => <Line key={rule.id} kept={rule} onOpen={() => setOpen(rule)} />)}</ul>}
      <p>
        <button type="button" className={controls['button']} onClick={() => setOpen('new')}>
          <Plus size={16} strokeWidth={1.5} aria-hidden />{words.tagRules.add}
        </button>
      </p>
    </>
  );
}

function Line({ kept: { id, rule }, onOpen }: { kept: KeptRule; onOpen: () => void }) {
  const words = useWords();
  const { when, deeds } = ruleText(words, useLanguage(), rule);
  return (
    <li className={styles['line']} data-off={!rule.on}>
      <input
        type="checkbox" role="switch" className={controls['switch']} checked={rule.on} aria-checked={rule.on} aria-label={words.tagRules.isOn(when)}
        onChange={() => void act('keepTagRule', { rule: id, value: { ...rule, on: !rule.on } }, null)}
      />
      <button type="button" className={styles['says']} onClick={onOpen}>
        <span>{when}</span>
        <span className={controls['hint']}>{words.tagRules.thenDoes(deeds)}</span>
      </button>
      <IconButton icon={Trash2} small label={words.tagRules.remove(when)} onClick={() => void act('keepTagRule', { rule: id, value: null }, (all) => all.tagRules.removed)} />
    </li>
  );
}
