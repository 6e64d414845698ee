import { Download, ListPlus, ListX } from 'lucide-react';
import type { TagPage } from '../../shared/shelf.ts';
import { useAsk } from '../ask.ts';
import { placePath, type Place } from '../hash.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { act } from '../parts/toasts.ts';
import { exportArticles, go } from '../view.ts';
import { useWords } from '../words.ts';
import { Description } from './Description.tsx';
import styles from './TagHead.module.css';

/** So many sites are named; the others are found by searching. */
const SITES = 6;

/** What a tag's page shows above its list: what it is about, how much there is to read, its sites, and the tags in it. */
export function TagHead({ tag }: { tag: string }) {
  const words = useWords();
  const { value: page } = useAsk('tagPage', { tag });
  if (page === undefined) return <div className={styles.head} aria-busy />;
  const { sites, children } = page;
  return (
    <div className={styles.head}>
      <Description key={tag} tag={tag} text={page.description} />
      <div className={styles.line}>
        <p className={styles.facts}>{words.tagPage.unread(page.unread)}</p>
        <ShelfSwitch page={page} />
        <IconButton
          icon={Download} small label={words.exporting.menu}
          onClick={() => exportArticles({ where: { list: 'tag', tag }, sort: page.order }, tag)}
        />
      </div>
      {children.length > 0 && (
        <ul className={styles.chips} aria-label={words.tagPage.children}>
          {children.map((child) => (
            <li key={child.tag}><Link where={{ list: 'tag', tag: child.tag }} name={child.tag.slice(tag.length + 1)} count={child.count} /></li>
          ))}
        </ul>
      )}
      {sites.length > 0 && (
        <ul className={styles.chips} aria-label={words.tagPage.sites}>
          {sites.slice(0, SITES).map(({ host, count }) => (
            <li key={host}><Link where={{ list: 'site', host }} name={host} count={count} /></li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Link({ where, name, count }: { where: Place; name: string; count: number }) {
  return (
    <a
      className={styles.link} href={`#/${placePath(where)}`}
      onClick={(event) => {
        event.preventDefault();
        go(where);
      }}
    >
      <bdi>{name}</bdi> <span>{count}</span>
    </a>
  );
}

/** Puts the tag's shelf on Home, or takes it off. */
function ShelfSwitch({ page: { tag, shelved } }: { page: TagPage }) {
  const words = useWords();
  const shelves = useAsk('home', { rows: 8 }).value?.shelves.map((shelf) => shelf.tag);
  const shown = shelved || (shelves?.includes(tag) ?? false);
  return (
    <IconButton
      icon={shown ? ListX : ListPlus} small label={shown ? words.home.removeShelf : words.tagPage.putOnHome} disabled={shelves === undefined}
      onClick={() => {
        const tags = shelves ?? [];
        void act('shelves', { tags: shown ? tags.filter((each) => each !== tag) : [...tags, tag] }, (all) => (shown ? all.home.shelfRemoved : all.tagPage.onHome)(tag));
      }}
    />
  );
}
