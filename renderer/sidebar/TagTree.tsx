import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useAsk } from '../ask.ts';
import { useWords } from '../words.ts';
import { useTagColours } from '../parts/tag-colours.ts';
import { NavItem } from './NavItem.tsx';
import { branchesOf, type Branch } from './branches.ts';
import styles from './TagTree.module.css';

/** The tags, nested by their slashes; a branch folds. */
export function TagTree() {
  const words = useWords();
  const { value: tags } = useAsk('tags', {});
  if (tags === undefined) return null;
  return (
    <section aria-labelledby="tags-heading" className={styles.tags}>
      <h2 id="tags-heading" className={styles.heading}>{words.sidebar.tags}</h2>
      {tags.length === 0 ? <p className={styles.none}>{words.sidebar.noTags}</p> : <Level branches={branchesOf(tags)} />}
    </section>
  );
}

function Level({ branches }: { branches: Branch[] }) {
  return <ul>{branches.map((branch) => <Twig key={branch.name} branch={branch} />)}</ul>;
}

function Twig({ branch }: { branch: Branch }) {
  const words = useWords();
  const [open, setOpen] = useState(true);
  const colourFor = useTagColours();
  const item = <NavItem where={{ list: 'tag', tag: branch.name }} label={branch.label} count={branch.count} colour={colourFor(branch.name)} />;
  if (branch.children.length === 0) return item;
  return (
    <li className={styles.twig}>
      <button
        type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}
        aria-label={words.sidebar.nested(branch.label)}
      >
        <ChevronRight size={16} strokeWidth={1.5} aria-hidden />
      </button>
      <ul>{item}</ul>
      {open && <div className={styles.children}><Level branches={branch.children} /></div>}
    </li>
  );
}
