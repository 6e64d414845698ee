import { useWords } from '../words.ts';
import type { Where } from '../../shared/contract.ts';
import { placeTitle } from './place-title.ts';
import { ListHead } from './ListHead.tsx';
import { Rows } from './Rows.tsx';
import { placePath } from '../hash.ts';
import { useView } from '../view.ts';
import styles from './ListPane.module.css';

/** One list: its heading with the order, the acts on a selection, and its rows. */
export function ListPane({ where }: { where: Where }) {
  const words = useWords();
  const sort = useView((view) => view.sort);
  return (
    <section className={styles.pane} aria-label={placeTitle(words, where)}>
      <ListHead where={where} />
      <Rows key={`${placePath(where)} ${sort}`} where={where} sort={sort} />
    </section>
  );
}
