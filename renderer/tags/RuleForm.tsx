import { ArrowLeft, Plus } from 'lucide-react';
import { useId, useState } from 'react';
import type { KeptRule, TagRule } from '../../shared/tag-rule.ts';
import type { Failure } from '../../shared/failure.ts';
import { TagField } from '../add/TagField.tsx';
import { ask } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { offerUndo, say } from '../parts/toasts.ts';
import { tell, useWords } from '../words.ts';
import { ConditionLine } from './ConditionLine.tsx';
import { draftOf, ruleOf, type DraftCondition, type RuleDraft } from './rule-draft.ts';
import styles from './Rules.module.css';
import { useTrial } from './use-trial.ts';

const MOST = 20;

/** One rule: what must hold, what is then done, and what it would change of the articles here, seen before it does. */
export function RuleForm({ kept, onClose }: { kept: KeptRule | null; onClose: () => void }) {
  const words = useWords();
  const id = useId();
  const [draft, setDraft] = useState<RuleDraft>(() => draftOf(kept?.rule ?? null));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const rule = ruleOf(draft);
  const trial = useTrial(rule);
  const change = (facts: Partial<RuleDraft>) => setDraft({ ...draft, ...facts });
  const setLine = (line: DraftCondition) => change({ when: draft.when.map((each) => (each.key === line.key ? line : each)) });
  const addLine = () => change({ when: [...draft.when, { key: 1 + Math.max(0, ...draft.when.map(({ key }) => key)), by: 'title', value: '' }] });

  const keep = async (value: TagRule, apply: boolean) => {
    setBusy(true);
    const saved = await ask('keepTagRule', { rule: kept?.id ?? null, value });
    const applied = saved.ok && apply ? await ask('applyTagRule', { rule: value }) : null;
    setBusy(false);
    if (!saved.ok) return setFailure(saved.failure);
    if (applied?.ok === false) return setFailure(applied.failure);
    if (applied?.ok === true && applied.value.undo !== null) {
      const { undo, count } = applied.value;
      offerUndo('applyTagRule', [], undo, (all) => all.tagRules.applied(count));
    } else say((all) => all.tagRules.saved);
    onClose();
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (rule !== null && !busy) void keep(rule, false);
      }}
    >
      <button type="button" className={`${controls['button']} ${controls['quiet']} ${styles['back']}`} onClick={onClose}>
        <ArrowLeft size={16} strokeWidth={1.5} aria-hidden />{words.tagRules.back}
      </button>
      <fieldset className={styles['part']}>
        <legend className="visually-hidden">{words.tagRules.when}</legend>
        <select
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the list that had the focus is gone
          autoFocus className={controls['select']} aria-label={words.tagRules.match} value={draft.match}
          onChange={(event) => change({ match: event.target.value === 'any' ? 'any' : 'all' })}
        >
          {(['all', 'any'] as const).map((match) => <option key={match} value={match}>{words.tagRules.matches[match]}</option>)}
        </select>
        {draft.when.map((line, index) => (
          <ConditionLine
            key={line.key} line={line} number={index + 1} onChange={setLine}
            onRemove={draft.when.length > 1 ? () => change({ when: draft.when.filter((each) => each !== line) }) : null}
          />
        ))}
        {draft.when.length < MOST && (
          <button type="button" className={`${controls['button']} ${controls['quiet']} ${styles['back']}`} onClick={addLine}>
            <Plus size={16} strokeWidth={1.5} aria-hidden />{words.tagRules.addCondition}
          </button>
        )}
      </fieldset>
      <fieldset className={styles['part']}>
        <legend>{words.tagRules.does}</legend>
        <TagField tags={draft.add} onChange={(add) => change({ add: add.slice(0, MOST) })} />
        <label className={styles['check']}>
          <input type="checkbox" checked={draft.favourite} onChange={(event) => change({ favourite: event.target.checked })} />{words.tagRules.favourite}
        </label>
        <label className={styles['check']}>
          <input type="checkbox" checked={draft.archive} onChange={(event) => change({ archive: event.target.checked })} />{words.tagRules.archive}
        </label>
      </fieldset>
      <section className={styles['preview']} aria-labelledby={`${id}-preview`}>
        <h3 id={`${id}-preview`}>{words.tagRules.preview}</h3>
        <p role="status" className={controls['hint']}>
          {rule === null ? words.tagRules.incomplete : trial === null ? words.tagRules.looking : trial.failure !== null ? tell(words, trial.failure) : words.tagRules.wouldChange(trial.total)}
        </p>
        {rule !== null && trial !== null && trial.rows.length > 0 && (
          <ul>
            {trial.rows.map((row) => (
              <li key={row.id} className={styles['row']} lang={row.lang ?? undefined}>
                <bdi>{row.title === '' ? words.app.untitled : row.title}</bdi>
                <span className={controls['hint']}>{row.site ?? row.host}</span>
              </li>
            ))}
            {trial.total > trial.rows.length && <li className={controls['hint']}>{words.tagRules.andMore(trial.total - trial.rows.length)}</li>}
          </ul>
        )}
      </section>
      {failure !== null && <p className={controls['alert']} role="alert">{tell(words, failure)}</p>}
      <p className={styles['feet']}>
        {rule !== null && trial !== null && trial.total > 0 && (
          <button type="button" className={controls['button']} disabled={busy} onClick={() => void keep(rule, true)}>{words.tagRules.saveAndApply(trial.total)}</button>
        )}
        <button type="submit" className={`${controls['button']} ${controls['primary']}`} disabled={rule === null || busy}>{words.tagRules.save}</button>
      </p>
    </form>
  );
}
