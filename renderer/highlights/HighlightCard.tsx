import { useEffect, useRef, useState } from 'react';
import type { Article } from '../../shared/article.ts';
import { highlightColours } from '../../shared/highlight.ts';
import { quoteWithSource } from '../../shared/highlight-markdown.ts';
import { act, say } from '../parts/toasts.ts';
import { Card } from '../reader/Card.tsx';
import type { FrameParts } from '../reader/frame-document.ts';
import { useWords } from '../words.ts';
import type { Shown } from './use-highlights.ts';

type Props = { parts: FrameParts; article: Article; highlight: Shown; range: Range; writing: boolean; onClose: () => void };

/** Takes a highlight away; the toast brings it back. */
export function removeHighlight({ article, id }: Pick<Shown, 'article' | 'id'>): void {
  void act('removeHighlights', { id: article, highlights: [id] }, (words) => words.highlights.removed);
}

/** Puts a quote with its source on the clipboard, as Markdown. */
export async function copyQuote(article: Pick<Article, 'title' | 'url'>, quote: string): Promise<void> {
  await navigator.clipboard.writeText(quoteWithSource(article, quote));
  say((words) => words.highlights.copied);
}

/** One highlight: its note, written where it stands and kept when it is left; its colour; copied or taken away. */
export function HighlightCard({ parts, article, highlight, range, writing, onClose }: Props) {
  const words = useWords().highlights;
  const app = useWords().app;
  const [note, setNote] = useState(highlight.note);
  const field = useRef<HTMLTextAreaElement>(null);
  const kept = useRef(highlight.note);
  const latest = useRef(note);
  useEffect(() => {
    latest.current = note;
  });
  useEffect(() => {
    if (writing) field.current?.focus({ preventScroll: true });
  }, [writing]);
  // Kept when the card goes, however it goes: nobody has to press a button for it.
  useEffect(() => () => {
    if (latest.current.trim() === kept.current.trim()) return;
    void act('changeHighlight', { id: highlight.article, highlight: highlight.id, note: latest.current }, null);
  }, [highlight.article, highlight.id]);
  return (
    <Card parts={parts} by={range} label={words.card} onClose={onClose}>
      <div className="colours" role="group" aria-label={words.colour}>
        {highlightColours.map((colour) => (
          <button
            key={colour} type="button" aria-pressed={colour === highlight.colour} aria-label={words.colours[colour]} title={words.colours[colour]}
            onClick={() => void act('changeHighlight', { id: highlight.article, highlight: highlight.id, colour }, null)}
          >
            <span className="swatch" data-colour={colour} />
          </button>
        ))}
      </div>
      <textarea
        ref={field} className="noted" aria-label={words.note} placeholder={words.notePlaceholder} value={note} maxLength={20_000}
        dir="auto" onChange={(event) => setNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onClose();
        }}
      />
      <p className="actions">
        <button type="button" className="link" onClick={onClose}>{app.done}</button>
        <button type="button" className="link" onClick={() => void copyQuote(article, highlight.anchor.quote)}>{words.copyQuote}</button>
        <button
          type="button" className="link"
          onClick={() => {
            onClose();
            removeHighlight(highlight);
          }}
        >
          {words.remove}
        </button>
      </p>
    </Card>
  );
}
