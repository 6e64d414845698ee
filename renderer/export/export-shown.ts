import type { Where } from '../../shared/contract.ts';
import { isList } from '../hash.ts';
import { placeTitle } from '../list/place-title.ts';
import { useSelection } from '../list/selection.ts';
import { shownSort } from '../list/sort.ts';
import { exportArticles, useView } from '../view.ts';
import { spoken } from '../words.ts';

/** Begins to hand out what is selected, else the list on the screen; a screen that is no list stands for all there is. */
export function exportShown(): void {
  const { where } = useView.getState();
  const { selected } = useSelection.getState();
  const { words } = spoken();
  if (selected.size > 0) {
    exportArticles({ ids: [...selected.keys()] }, words.exporting.selection(selected.size));
    return;
  }
  const list: Where = isList(where) ? where : { list: 'all' };
  exportArticles({ where: list, sort: shownSort(list) }, placeTitle(words, list));
}
