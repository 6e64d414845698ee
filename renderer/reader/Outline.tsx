import { memo } from 'react';
import { useWords } from '../words.ts';
import type { Heading } from './outline.ts';
import styles from './Outline.module.css';

type Props = { outline: readonly Heading[]; current: number; onGo: (block: number) => void; shape: 'margin' | 'list' };

/** The article's headings, the one being read marked: at the margin of a wide window, or as a list in a popover. */
export const Outline = memo(function Outline({ outline, current, onGo, shape }: Props) {
  const words = useWords();
  return (
    <nav className={styles[shape]} aria-label={words.reader.outline}>
      <ol className={styles.list}>
        {outline.map((heading, at) => (
          <li key={heading.block}>
            <button
              ref={at === current ? keepInView : null}
              type="button" className={styles.heading} data-depth={Math.min(heading.depth, 3)}
              aria-current={at === current ? 'location' : undefined} onClick={() => onGo(heading.block)}
            >
              {heading.text}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
});

/** Scrolls only the outline itself, never what is around it. */
function keepInView(heading: HTMLElement | null): void {
  const box = heading?.closest('nav');
  if (heading === null || !box) return;
  const [inside, around] = [heading.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inside.top < around.top) box.scrollTop += inside.top - around.top;
  else if (inside.bottom > around.bottom) box.scrollTop += inside.bottom - around.bottom;
}
