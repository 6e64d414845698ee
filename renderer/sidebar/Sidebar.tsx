import {
  Archive, Bookmark, BookOpen, ChartNoAxesColumn, Copy, Highlighter, Hourglass, House, Inbox, Layers, ListTodo, PanelLeftClose, Plus, Search, Settings, Star, Trash2, X, type LucideIcon,
} from 'lucide-react';
import { useAsk } from '../ask.ts';
import { useActivity } from '../activity.ts';
import { runCommand } from '../commands.ts';
import type { Place } from '../hash.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { openPanel, useView } from '../view.ts';
import { useWords } from '../words.ts';
import { NavItem } from './NavItem.tsx';
import { Searches } from './Searches.tsx';
import styles from './Sidebar.module.css';
import { StatusLine } from './StatusLine.tsx';
import { TagTree } from './TagTree.tsx';

type Fixed = Exclude<Place['list'], 'tag' | 'site' | 'search'>;
/** `filled`: shown while something is in it, or while it is being looked at. */
type Entry = { list: Fixed; icon: LucideIcon; filled?: true };

/** First what there is to read, then what was kept beside it, then what looks after the library. */
const groups: readonly Entry[][] = [
  [
    { list: 'home', icon: House },
    { list: 'inbox', icon: Inbox },
    { list: 'reading', icon: BookOpen },
    { list: 'favourites', icon: Star },
    { list: 'archive', icon: Archive },
    { list: 'all', icon: Layers },
  ],
  [
    { list: 'highlights', icon: Highlighter, filled: true },
    { list: 'bookmarks', icon: Bookmark, filled: true },
  ],
  [
    { list: 'duplicates', icon: Copy, filled: true },
    { list: 'forgotten', icon: Hourglass, filled: true },
    { list: 'queue', icon: ListTodo },
    { list: 'statistics', icon: ChartNoAxesColumn },
    { list: 'trash', icon: Trash2 },
  ],
];

/** Every place in the library, with how much is in it. */
export function Sidebar() {
  const words = useWords();
  const library = useAsk('library', {}).value;
  const highlights = useAsk('allHighlights', { count: 1 }).value?.highlights ?? [];
  const facts = useActivity((state) => state.facts);
  const narrow = useView((view) => view.narrow);
  const here = useView((view) => view.where.list);
  const left = facts === null ? 0 : facts.waiting + facts.working;
  const failed = library?.counts.failed ?? 0;
  const trouble = left === 0 && failed > 0 ? words.queue.failedCount(failed) : undefined;
  const countOf = (list: Fixed): number | undefined =>
    list === 'queue' ? left || failed : list === 'duplicates' ? library?.duplicates : list === 'home' || list === 'highlights' || list === 'statistics' ? undefined : library?.counts[list];
  const shown = ({ list, filled }: Entry) => filled === undefined || list === here || (list === 'highlights' ? highlights.length > 0 : (countOf(list) ?? 0) > 0);
  const progress = left > 0 && facts !== null && facts.total > 0 ? (facts.done + facts.failed) / facts.total : undefined;
  return (
    <div className={styles.sidebar}>
      <header className={styles.head}>
        <span className={styles.brand}>{words.app.name}</span>
        <IconButton icon={Plus} label={words.sidebar.add} hint="N" onClick={() => openPanel('add')} />
        {narrow ? (
          <IconButton icon={X} label={words.app.close} hint="Esc" onClick={() => useView.setState({ drawer: false })} />
        ) : (
          <IconButton icon={PanelLeftClose} label={words.sidebar.fold} hint="[" onClick={() => runCommand('sidebar.toggle')} />
        )}
      </header>
      <button type="button" className={styles.search} onClick={() => openPanel('search')}>
        <Search size={16} strokeWidth={1.5} aria-hidden />
        <span>{words.sidebar.search}</span>
        <kbd aria-hidden>/</kbd>
      </button>
      <nav className={styles.nav} aria-label={words.sidebar.label}>
        {groups.map((group) => group.filter(shown)).filter((group) => group.length > 0).map((group) => (
          <ul key={group[0]?.list} className={styles.group}>
            {group.map(({ list, icon }) => (
              <NavItem key={list} where={{ list }} icon={icon} label={words.sidebar[list]} count={countOf(list)} progress={list === 'queue' ? progress : undefined} trouble={list === 'queue' ? trouble : undefined} />
            ))}
          </ul>
        ))}
        <Searches />
        <TagTree />
      </nav>
      <footer className={styles.foot}>
        <StatusLine />
        <IconButton icon={Settings} label={words.sidebar.preferences} onClick={() => openPanel('preferences')} />
      </footer>
    </div>
  );
}
