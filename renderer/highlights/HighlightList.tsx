import { Copy, Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Article } from '../../shared/article.ts';
import { highlightColours, type HighlightColour } from '../../shared/highlight.ts';
import { ask } from '../ask.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { say, sayFailure } from '../parts/toasts.ts';
import { useWords } from '../words.ts';
import { copyQuote, removeHighlight } from './HighlightCard.tsx';
import styles from './Highlights.module.css';
import type { Shown } from './use-highlights.ts';

/** Puts highlights as Markdown on the clipboard: an article's, or all of them. */
export async function copyHighlights(id: Article['id'] | null): Promise<void> {
  const reply = await ask('exportHighlights', { id });
  if (!reply.ok) return sayFailure(reply.failure);
  await navigator.clipboard.writeText(reply.value.text);
  say((words) => words.highlights.exported(reply.value.count));
}

type Props = { article: Article; shown: readonly Shown[]; onGo: (id: string) => void; onPlace: (id: string) => void };

/** An article's highlights in the order of its text, and those that have no place in it any more. */
export function HighlightList({ article, shown, onGo, onPlace }: Props) {
  const words = useWords().highlights;
  const [colour, setColour] = useState<HighlightColour | null>(null);
  const present = highlightColours.filter((each) => shown.some((one) => one.colour === each));
  const listed = shown.filter((one) => colour === null || one.colour === colour);
  const [found, orphans] = [listed.filter(({ at }) => at !== null), listed.filter(({ at }) => at === null)];
  if (shown.length === 0) return <p className={styles.hint}>{words.none}</p>;
  const item = (one: Shown, orphan: boolean) => (
    <li key={one.id} className={styles.item} data-colour={one.colour}>
      <button type="button" className={styles.go} lang={article.lang ?? undefined} dir={article.dir} onClick={() => (orphan ? onPlace(one.id) : onGo(one.id))}>
        <span className="visually-hidden">{words.colours[one.colour]}: </span>
        <span className={styles.quote}>{one.anchor.quote}</span>
        {orphan && <span className={styles.put}>{words.putBack}</span>}
      </button>
      {one.note !== '' && <p className={styles.note} dir="auto">{one.note}</p>}
      <span className={styles.tools}>
        <IconButton icon={Copy} small label={words.copyQuote} onClick={() => void copyQuote(article, one.anchor.quote)} />
        <IconButton icon={Trash2} small label={words.remove} onClick={() => removeHighlight(one)} />
      </span>
    </li>
  );
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        {present.length > 1 && <ColourFilter colours={present} value={colour} onChoose={setColour} />}
        <IconButton icon={Download} small label={words.exportOne} onClick={() => void copyHighlights(article.id)} />
      </div>
      <ol>{found.map((one) => item(one, false))}</ol>
      {orphans.length > 0 && (
        <section aria-label={words.orphans(orphans.length)}>
          <h3 className={styles.head}>{words.orphans(orphans.length)}</h3>
          <p className={styles.hint}>{words.orphansWhy}</p>
          <ol>{orphans.map((one) => item(one, true))}</ol>
        </section>
      )}
    </div>
  );
}

/** Colours to narrow a list of highlights by; pressed again, one is let go. */
export function ColourFilter({ colours, value, onChoose }: { colours: readonly HighlightColour[]; value: HighlightColour | null; onChoose: (colour: HighlightColour | null) => void }) {
  const words = useWords().highlights;
  return (
    <div className={styles.colours} role="group" aria-label={words.filter}>
      {colours.map((each) => (
        <button key={each} type="button" aria-pressed={each === value} aria-label={words.colours[each]} title={words.colours[each]} onClick={() => onChoose(each === value ? null : each)}>
          <span className={styles.swatch} data-colour={each} />
        </button>
      ))}
    </div>
  );
}
