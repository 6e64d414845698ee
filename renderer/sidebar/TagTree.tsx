import { ChevronRight, SlidersHorizontal } from 'lucide-react';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { useAsk } from '../ask.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { useTagMenu } from '../tags/TagMenu.tsx';
import { openPanel } from '../view.ts';
import { useWords } from '../words.ts';
import { useTagColours } from '../parts/tag-colours.ts';
import { NavItem } from './NavItem.tsx';
import { branchesOf, type Branch } from './branches.ts';
import styles from './TagTree.module.css';

/** The tags, nested by their slashes; a branch folds. */
export function TagTree() {
  const words = useWords();
  // Hundreds of tags are drawn in pieces, with what is read and pressed meanwhile before them.
  const tags = useDeferredValue(useAsk('tags', {}).value);
  const branches = useMemo(() => branchesOf(tags ?? []), [tags]);
  const { open, menu } = useTagMenu();
  if (tags === undefined) return null;
  return (
    <section aria-labelledby="tags-heading" className={styles.tags}>
      <header className={styles.head}>
        <h2 id="tags-heading" className={styles.heading}>{words.sidebar.tags}</h2>
        <IconButton icon={SlidersHorizontal} small label={words.tags.manage} onClick={() => openPanel('tags')} />
      </header>
      {tags.length === 0 ? <p className={styles.none}>{words.sidebar.noTags}</p> : <Level branches={branches} onMenu={open} />}
      {menu}
    </section>
  );
}

type OnMenu = ReturnType<typeof useTagMenu>['open'];

function Level({ branches, onMenu }: { branches: Branch[]; onMenu: OnMenu }) {
  return <ul>{branches.map((branch) => <Twig key={branch.name} branch={branch} onMenu={onMenu} />)}</ul>;
}

const Twig = memo(function Twig({ branch, onMenu }: { branch: Branch; onMenu: OnMenu }) {
  const words = useWords();
  const [open, setOpen] = useState(true);
  const colourFor = useTagColours();
  const item = <NavItem where={{ list: 'tag', tag: branch.name }} label={branch.label} count={branch.count} colour={colourFor(branch.name)} onMenu={(event) => onMenu(branch.name, event)} />;
  if (branch.children.length === 0) return item;
  return (
    <li className={styles.twig}>
      <button
        type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}
        aria-label={words.sidebar.nested(branch.label)} style={colourFor(branch.name)}
      >
        <ChevronRight size={16} strokeWidth={1.5} aria-hidden />
      </button>
      <ul>{item}</ul>
      {open && <div className={styles.children}><Level branches={branch.children} onMenu={onMenu} /></div>}
    </li>
  );
});
