import { useState } from 'react';
import type { Tag } from '../../shared/tag.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { useWords } from '../words.ts';
import { mergeTags } from './tag-acts.ts';
import styles from './TagsPanel.module.css';

/** Tags that seem to mean the same: the name that stays is chosen, and the others are merged into it in one act. */
export function Alike() {
  const words = useWords().tags;
  const { value: groups = [] } = useAsk('alikeTags', {});
  if (groups.length === 0) return null;
  return (
    <section className={styles['alike']} aria-labelledby="alike-tags">
      <h3 id="alike-tags">{words.alike(groups.length)}</h3>
      <p className={controls['hint']}>{words.alikeHint}</p>
      <ul>
        {groups.map((group) => <Group key={group.map(({ name }) => name).join('\n')} group={group} />)}
      </ul>
    </section>
  );
}

function Group({ group }: { group: Tag[] }) {
  const words = useWords();
  const [chosen, setChosen] = useState(group[0]?.name ?? '');
  const [busy, setBusy] = useState(false);
  const names = group.map(({ name }) => name);
  const merge = async () => {
    setBusy(true);
    if (!(await mergeTags(names, chosen))) setBusy(false);
  };
  return (
    <li className={styles['group']}>
      <div role="radiogroup" aria-label={words.tags.stays} className={styles['choices']}>
        {group.map(({ name, count }) => (
          <label key={name}>
            <input type="radio" name={names.join('\n')} checked={chosen === name} onChange={() => setChosen(name)} />
            <bdi>{name}</bdi>
            <span className={controls['hint']}>{words.list.articles(count)}</span>
          </label>
        ))}
      </div>
      <button type="button" className={controls['button']} disabled={busy} aria-label={words.tags.mergeInto(chosen)} onClick={() => void merge()}>{words.tags.doMerge}</button>
    </li>
  );
}
