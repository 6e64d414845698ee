import { useState } from 'react';
import type { Tag } from '../../shared/tag.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { act } from '../parts/toasts.ts';
import { useWords } from '../words.ts';
import { keepTagsApart, mergeTags } from './tag-acts.ts';
import styles from './TagsPanel.module.css';

/**
 * Tags that seem to mean the same: the name that stays is chosen, and the others are merged into it in one act; or they
 * are kept apart, and can be pointed out again.
 */
export function Alike() {
  const words = useWords().tags;
  const { value: groups = [] } = useAsk('alikeTags', {});
  const { value: apart = [] } = useAsk('tagsApart', {});
  if (groups.length === 0 && apart.length === 0) return null;
  return (
    <section className={styles['alike']} aria-label={groups.length === 0 ? words.areApart(apart.length) : words.alike(groups.length)}>
      {groups.length > 0 && (
        <>
          <h3>{words.alike(groups.length)}</h3>
          <p className={controls['hint']}>{words.alikeHint}</p>
          <ul>
            {groups.map((group) => <Group key={group.map(({ name }) => name).join('\n')} group={group} />)}
          </ul>
        </>
      )}
      {apart.length > 0 && <Apart pairs={apart} />}
    </section>
  );
}

function Group({ group }: { group: Tag[] }) {
  const words = useWords();
  const [chosen, setChosen] = useState(group[0]?.name ?? '');
  const [busy, setBusy] = useState(false);
  const names = group.map(({ name }) => name);
  const doing = async (deed: Promise<boolean>) => {
    setBusy(true);
    if (!(await deed)) setBusy(false);
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
      <div className={styles['deeds']}>
        <button
          type="button" className={controls['button']} disabled={busy} aria-label={words.tags.keepTheseApart(names.join(', '))}
          onClick={() => void doing(keepTagsApart(names))}
        >
          {words.tags.keepApart}
        </button>
        <button
          type="button" className={controls['button']} disabled={busy} aria-label={words.tags.mergeInto(chosen)}
          onClick={() => void doing(mergeTags(names, chosen))}
        >
          {words.tags.doMerge}
        </button>
      </div>
    </li>
  );
}

/** What the reader keeps apart: out of the way, and to be had back. */
function Apart({ pairs }: { pairs: ReadonlyArray<[string, string]> }) {
  const words = useWords().tags;
  return (
    <details className={styles['apart']}>
      <summary>{words.areApart(pairs.length)}</summary>
      <ul>
        {pairs.map((pair) => (
          <li key={pair.join('\n')} className={styles['group']}>
            <span className={styles['choices']}>{pair.map((name) => <bdi key={name}>{name}</bdi>)}</span>
            <button
              type="button" className={controls['button']} aria-label={words.pointOutThese(pair.join(', '))}
              onClick={() => void act('keepTagsApart', { tags: pair, on: false }, null)}
            >
              {words.pointOut}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
