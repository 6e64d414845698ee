import { ArrowDownWideNarrow, PanelLeft, RotateCw } from 'lucide-react';
import { sortsFor, type Where } from './sorts.ts';
import { erase, retry } from '../acts.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { useView } from '../view.ts';
import { useWords } from '../words.ts';
import { chooseSort, useSort } from './sort.ts';
import { SaveSearch } from '../search/SaveSearch.tsx';
import { useTotal } from './total.ts';
import styles from './ListHead.module.css';
import { placeTitle } from './place-title.ts';
import { useSelection } from './selection.ts';
import { SelectedHead } from './SelectedHead.tsx';
import { Sure } from './Sure.tsx';
import { ViewMenu } from './ViewMenu.tsx';

/** The list's name, how many it holds and their order; while some are selected, what can be done with them. */
export function ListHead({ where }: { where: Where }) {
  const count = useSelection((state) => state.selected.size);
  return count > 0 ? <SelectedHead where={where} /> : <Named where={where} />;
}

function Named({ where }: { where: Where }) {
  const words = useWords();
  const narrow = useView((view) => view.narrow);
  const sort = useSort(where) ?? 'newest';
  const total = useTotal(where, sort);
  return (
    <header className={styles.head}>
      {narrow && <IconButton icon={PanelLeft} label={words.sidebar.unfold} onClick={() => useView.setState({ drawer: true })} />}
      <div className={styles.name}>
        <h1 className={styles.title}>{placeTitle(words, where)}</h1>
        {total !== null && <span className={styles.count}>{where.list === 'bookmarks' ? words.bookmarks.count(total.total) : words.list.articles(total.total)}</span>}
        {total !== null && where.list !== 'bookmarks' && total.minutes > 0 && <span className={styles.count}>{words.list.time(total.minutes)}</span>}
      </div>
      {where.list === 'trash' && total !== null && total.total > 0 && (
        <Sure label={words.list.emptyTrash} sure={words.list.eraseSure(total.total)} onSure={() => void erase('all')} />
      )}
      {where.list === 'search' && <SaveSearch query={where.query} sort={sort} />}
      {where.list === 'failed' && total !== null && total.total > 0 && <RetryAll />}
      <span className={styles.sort} title={words.list.sort}>
        <ArrowDownWideNarrow size={20} strokeWidth={1.5} aria-hidden />
        <select aria-label={words.list.sort} value={sort} onChange={(event) => chooseSort(where, sortsFor(where).find((each) => each === event.target.value) ?? 'newest')}>
          {sortsFor(where).map((each) => <option key={each} value={each}>{words.list.sorts[each]}</option>)}
        </select>
      </span>
      <ViewMenu />
    </header>
  );
}

function RetryAll() {
  const words = useWords();
  return <IconButton icon={RotateCw} label={words.queue.retryAll} onClick={() => void retry('all')} />;
}
