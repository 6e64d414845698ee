import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { useAsk } from '../ask.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { useWords } from '../words.ts';
import controls from '../parts/controls.module.css';
import styles from './ShelfEditor.module.css';
import { keepShelves as keep } from './shelf-acts.ts';
import { moved, shelved } from './shelf-order.ts';

/** From so many tags on they can be looked for. */
const MANY = 12;
/** The most that are offered at once; the others are found by name. */
const SHOWN = 60;

/**
 * Which tags have a shelf, and in which order: checks and arrows, so that the keyboard does it all. `shown` are the
 * shelves on Home now: until some are chosen they are the fullest tags, and it is with these that choosing begins.
 */
export function ShelfEditor({ shown, onDone }: { shown: readonly string[]; onDone: () => void }) {
  const words = useWords();
  const { value: tags = [] } = useAsk('tags', {});
  const chosen = shelved(tags);
  const order = chosen.length > 0 ? chosen : [...shown];
  const [find, setFind] = useState('');
  const free = tags.map((tag) => tag.name).filter((name) => !order.includes(name));
  const rest = free.filter((name) => name.toLocaleLowerCase().includes(find.trim().toLocaleLowerCase())).slice(0, SHOWN);
  return (
    <section className={styles.editor} aria-labelledby="shelves-title">
      <header className={styles.head}>
        <h2 id="shelves-title">{words.home.editShelves}</h2>
        <button type="button" className={controls.button} onClick={onDone}>{words.app.done}</button>
      </header>
      {tags.length === 0 && <p className={styles.none}>{words.home.noShelves}</p>}
      <div className={styles.columns}>
        <ul>
          {order.map((tag, at) => (
            <li key={tag} className={styles.line}>
              <label><input type="checkbox" checked onChange={() => void keep(order.filter((each) => each !== tag))} />{tag}</label>
              <IconButton
                icon={ArrowUp} small label={words.home.shelfUp(tag)} aria-disabled={at === 0}
                onClick={() => void keep(moved(order, at, -1))}
              />
              <IconButton
                icon={ArrowDown} small label={words.home.shelfDown(tag)} aria-disabled={at === order.length - 1}
                onClick={() => void keep(moved(order, at, 1))}
              />
            </li>
          ))}
        </ul>
        <div>
          {free.length >= MANY && (
            <input
              type="search" className={controls.field} aria-label={words.home.findTag} placeholder={words.home.findTag} value={find}
              onChange={(event) => setFind(event.target.value)}
            />
          )}
          <ul>
            {rest.map((tag) => (
              <li key={tag} className={styles.line}>
                <label><input type="checkbox" checked={false} onChange={() => void keep([...order, tag])} />{tag}</label>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}
