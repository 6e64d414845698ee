import type { Where } from '../../shared/contract.ts';
import { ListHead } from './ListHead.tsx';
import { TagHead } from '../tag/TagHead.tsx';
import { Rows } from './Rows.tsx';
import { placePath } from '../hash.ts';
import { useAsk } from '../ask.ts';
import { useView } from '../view.ts';
import { useSort } from './sort.ts';
import styles from './ListPane.module.css';

/** One list: its heading with the order, the acts on a selection, and its rows. */
export function ListPane({ where }: { where: Where }) {
  const sort = useSort(where);
  const group = useView((view) => view.group);
  const settings = useAsk('settings', {}).value;
  return (
    <div className={styles.pane}>
      <ListHead where={where} />
      {where.list === 'tag' && <TagHead tag={where.tag} />}
      {sort !== null && (
        <Rows
          key={`${placePath(where)} ${sort} ${group ?? ''}`} where={where} sort={sort} group={group}
          density={settings?.density ?? 'comfortable'} thumbs={settings?.thumbnails ?? true}
        />
      )}
    </div>
  );
}
