import styles from './TagNames.module.css';
import { useTagColours } from './tag-colours.ts';

/** An article's tags in one line, each by its innermost level, its sign in the tag's colour. */
export function TagNames({ tags }: { tags: readonly string[] }) {
  const colourFor = useTagColours();
  return tags.map((tag) => (
    <span key={tag} className={styles['tag']} style={colourFor(tag)}><span>#</span>{`${tag.split('/').at(-1) ?? tag} `}</span>
  ));
}
