import { ChevronRight, SlidersHorizontal } from 'lucide-react';
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState, type CSSProperties } from 'react';
import { useAsk } from '../ask.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { useTagMenu } from '../tags/TagMenu.tsx';
import { openPanel } from '../view.ts';
import { useWords } from '../words.ts';
import { useTagColours } from '../parts/tag-colours.ts';
import { NavItem } from './NavItem.tsx';
import { SectionHead } from './SectionHead.tsx';
import { branchesOf, firstOf, type Branch } from './branches.ts';
import styles from './TagTree.module.css';

/** Tags drawn at first, and twice as many more as often as the last of them comes near. */
const handful = 16;

/** The tags, nested by their slashes; a branch folds. */
export function TagTree() {
  const words = useWords();
  // Hundreds of tags are drawn in pieces, with what is read and pressed meanwhile before them.
  const tags = useDeferredValue(useAsk('tags', {}).value);
  const branches = useMemo(() => branchesOf(tags ?? []), [tags]);
  const [most, setMost] = useState(handful);
  const { first, left } = useMemo(() => firstOf(branches, most), [branches, most]);
  const { open, menu } = useTagMenu();
  if (tags === undefined) return null;
  return (
    <section aria-labelledby="tags-heading">
      <SectionHead id="tags-heading" title={words.sidebar.tags}>
        <IconButton icon={SlidersHorizontal} small label={words.tags.manage} onClick={() => openPanel('tags')} />
      </SectionHead>
      {tags.length === 0 ? <p className={styles.none}>{words.sidebar.noTags}</p> : (
        <ul>
          <Level branches={first} onMenu={open} />
          {left > 0 && <Rest key={most} left={left} onNear={() => setMost(most + 2 * handful)} />}
        </ul>
      )}
      {menu}
    </section>
  );
}

type OnMenu = ReturnType<typeof useTagMenu>['open'];

function Level({ branches, onMenu }: { branches: Branch[]; onMenu: OnMenu }) {
  return branches.map((branch) => <Twig key={branch.name} branch={branch} onMenu={onMenu} />);
}

/** The room of the tags that are not drawn yet; tells when it comes near what is seen. */
function Rest({ left, onNear }: { left: number; onNear: () => void }) {
  const room = useRef<HTMLLIElement>(null);
  const tell = useRef(onNear);
  useEffect(() => {
    if (room.current === null) return undefined;
    const observer = new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) tell.current();
    }, { root: room.current.closest('nav'), rootMargin: '100%' });
    observer.observe(room.current);
    return () => observer.disconnect();
  }, []);
  return <li ref={room} role="presentation" className={styles.rest} style={{ '--left': left } as CSSProperties} />;
}

const Twig = memo(function Twig({ branch, onMenu }: { branch: Branch; onMenu: OnMenu }) {
  const words = useWords();
  const [open, setOpen] = useState(true);
  const colourFor = useTagColours();
  // Not all of them need be drawn.
  const seat = { 'aria-posinset': branch.at + 1, 'aria-setsize': branch.of };
  const item = <NavItem where={{ list: 'tag', tag: branch.name }} label={branch.label} count={branch.count} colour={colourFor(branch.name)} onMenu={(event) => onMenu(branch.name, event)} {...(branch.children.length === 0 ? seat : {})} />;
  if (branch.children.length === 0) return item;
  return (
    <li className={styles.twig} {...seat}>
      <button
        type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}
        aria-label={words.sidebar.nested(branch.label)} style={colourFor(branch.name)}
      >
        <ChevronRight size={16} strokeWidth={1.5} aria-hidden />
      </button>
      <ul>{item}</ul>
      {open && <div className={styles.children}><ul><Level branches={branch.children} onMenu={onMenu} /></ul></div>}
    </li>
  );
});
