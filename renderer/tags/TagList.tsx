import { Ellipsis, House } from 'lucide-react';
import { useState } from 'react';
import type { Tag } from '../../shared/tag.ts';
import { countText } from '../../shared/words/numbers.ts';
import { useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { IconButton } from '../parts/IconButton.tsx';
import { useSounds } from '../parts/pinyin.ts';
import { useTagColours } from '../parts/tag-colours.ts';
import { fitting } from '../parts/tagging.ts';
import { go } from '../view.ts';
import { useLanguage, useWords } from '../words.ts';
import { Alike } from './Alike.tsx';
import { useTagMenu } from './TagMenu.tsx';
import styles from './TagsPanel.module.css';

/** All tags, found by name or sound, each with its menu; above them those that look alike. */
export function TagList() {
  const words = useWords();
  const { value: tags } = useAsk('tags', {});
  const [typed, setTyped] = useState('');
  const { open, menu } = useTagMenu();
  const names = tags?.map(({ name }) => name) ?? [];
  const sounds = useSounds(typed, names);
  if (tags === undefined) return null;
  if (tags.length === 0) return <p className={styles['none']}>{words.tags.none}</p>;
  const byName = new Map(tags.map((tag) => [tag.name, tag]));
  const shown = typed.trim() === '' ? tags : fitting(names, typed, sounds).flatMap((name) => byName.get(name) ?? []);
  return (
    <>
      <input
        type="search" data-first className={controls['field']} aria-label={words.tags.find} placeholder={words.tags.find} value={typed} spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
      />
      {typed === '' && <Alike />}
      <p className={typed !== '' && shown.length === 0 ? styles['none'] : 'visually-hidden'} role="status">
        {shown.length === 0 ? words.tags.noneFound(typed) : words.tags.listed(shown.length)}
      </p>
      <ul className={styles['list']}>
        {shown.map((tag) => <Line key={tag.name} tag={tag} onMenu={open} />)}
      </ul>
      {menu}
    </>
  );
}

function Line({ tag, onMenu }: { tag: Tag; onMenu: ReturnType<typeof useTagMenu>['open'] }) {
  const words = useWords();
  const language = useLanguage();
  const colourFor = useTagColours();
  const cut = tag.name.lastIndexOf('/') + 1;
  return (
    <li className={styles['line']}>
      <button type="button" className={styles['tag']} onContextMenu={(event) => onMenu(tag.name, event)} onClick={() => go({ list: 'tag', tag: tag.name })}>
        <span className={styles['dot']} style={colourFor(tag.name)} aria-hidden />
        <span className={styles['name']}><span>{tag.name.slice(0, cut)}</span>{tag.name.slice(cut)}</span>
        {tag.position !== null && <House size={16} strokeWidth={1.5} role="img" aria-label={words.tags.onHome} />}
        <span className={styles['count']} aria-hidden>{countText(tag.count, language)}</span>
        <span className="visually-hidden">{words.list.articles(tag.count)}</span>
      </button>
      <IconButton icon={Ellipsis} small label={words.tags.menuOf(tag.name)} aria-haspopup="menu" onClick={(event) => onMenu(tag.name, event)} />
    </li>
  );
}
