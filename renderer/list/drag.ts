import type { DragEvent } from 'react';
import { create } from 'zustand';
import type { Row } from '../../shared/article.ts';
import { spoken } from '../words.ts';
import { targets } from './current.ts';
import { useSelection, type Picked } from './selection.ts';
import type { Subject } from '../acts.ts';

/** The articles being dragged from a list, for the places that take them; null while none are. */
export const useDrag = create<{ dragged: readonly Subject[] | null }>(() => ({ dragged: null }));

/** Begins to drag a row, or with it everything that is selected. Other programs get the addresses. */
export function dragRow(event: DragEvent, row: Row): void {
  const { selected } = useSelection.getState();
  const rows: readonly Subject[] = selected.has(row.id) ? targets() : [row satisfies Picked];
  const links = rows.flatMap(({ url }) => (url === null ? [] : [url]));
  event.dataTransfer.effectAllowed = 'copyMove';
  if (links.length > 0) {
    event.dataTransfer.setData('text/uri-list', links.join('\r\n'));
    event.dataTransfer.setData('text/plain', links.join('\n'));
  }
  if (rows.length > 1) showCount(event.dataTransfer, rows.length);
  // After the drag has begun: what changes on the screen at once would end it.
  setTimeout(() => useDrag.setState({ dragged: rows }));
  document.addEventListener('dragend', () => useDrag.setState({ dragged: null }), { once: true });
}

/** Under the pointer: how many, in place of a picture of the one row. */
function showCount(data: DataTransfer, count: number): void {
  const { words } = spoken();
  const chip = document.createElement('div');
  chip.className = 'drag-count';
  chip.textContent = words.list.articles(count);
  document.body.append(chip);
  data.setDragImage(chip, -8, -8);
  setTimeout(() => chip.remove());
}
