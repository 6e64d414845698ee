import {
  Archive, Bookmark, BookOpen, ChartNoAxesColumn, CircleAlert, Copy, Highlighter, Hourglass, House, Inbox, Layers, ListTodo, PanelLeftClose, Plus, Search, Settings, Star, Trash2, X, type LucideIcon,
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

type Fixed = Exclude<Place['list'], 'tag' | 'site' | 'search' | 'home' | 'queue' | 'duplicates' | 'statistics' | 'highlights' | 'failed' | 'forgotten'>;
const lists: Array<{ list: Fixed; icon: LucideIcon }> = [
  { list: 'inbox', icon: Inbox },
  { list: 'reading', icon: BookOpen },
  { list: 'favourites', icon: Star },
  { list: 'archive', icon: Archive },
  { list: 'bookmarks', icon: Bookmark },
  { list: 'all', icon: Layers },
  { list: 'trash', icon: Trash2 },
];

/** Every place in the library, with how much is in it. */
export function Sidebar() {
  const words = useWords();
  const library = useAsk('library', {}).value;
  const counts = library?.counts;
  const facts = useActivity((state) => state.facts);
  const narrow = useView((view) => view.narrow);
  const left = facts === null ? 0 : facts.waiting + facts.working;
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
        <ul>
          <NavItem where={{ list: 'home' }} icon={House} label={words.sidebar.home} />
          {lists.map(({ list, icon }) => (
            <NavItem key={list} where={{ list }} icon={icon} label={words.sidebar[list]} count={counts?.[list]} />
          ))}
          {(counts?.failed ?? 0) > 0 && (
            <NavItem where={{ list: 'failed' }} icon={CircleAlert} label={words.sidebar.failed} count={counts?.failed} />
          )}
          {(counts?.forgotten ?? 0) > 0 && (
            <NavItem where={{ list: 'forgotten' }} icon={Hourglass} label={words.sidebar.forgotten} count={counts?.forgotten} />
          )}
          <NavItem where={{ list: 'highlights' }} icon={Highlighter} label={words.sidebar.highlights} />
          {(library?.duplicates ?? 0) > 0 && (
            <NavItem where={{ list: 'duplicates' }} icon={Copy} label={words.sidebar.duplicates} count={library?.duplicates} />
          )}
          <NavItem
            where={{ list: 'queue' }} icon={ListTodo} label={words.sidebar.queue} count={left > 0 ? left : undefined}
            progress={left > 0 && facts !== null && facts.total > 0 ? (facts.done + facts.failed) / facts.total : undefined}
          />
          <NavItem where={{ list: 'statistics' }} icon={ChartNoAxesColumn} label={words.sidebar.statistics} />
        </ul>
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
