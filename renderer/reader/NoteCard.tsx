import { useLayoutEffect, useRef } from 'react';
import { useWords } from '../words.ts';
import { Card } from './Card.tsx';
import type { FrameParts } from './frame-document.ts';

type Props = { parts: FrameParts; by: Element; note: Element; onClose: () => void; onShow: () => void };

/** A footnote shown where it is called: a copy of the note's own elements, which are clean already. */
export function NoteCard({ parts, by, note, onClose, onShow }: Props) {
  const words = useWords();
  return (
    <Card parts={parts} by={by} label={words.reader.note} onClose={onClose}>
      <NoteText parts={parts} note={note} />
      <p className="actions">
        <button type="button" className="link" onClick={onShow}>{words.reader.showNote}</button>
        <button type="button" className="link" onClick={onClose}>{words.reader.closeNote}</button>
      </p>
    </Card>
  );
}

/** The note's own elements; inside the card, so that they are there when it looks for room. */
function NoteText({ parts, note }: Pick<Props, 'parts' | 'note'>) {
  const text = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const copy = note.cloneNode(true) as Element;
    for (const marked of copy.querySelectorAll('[id]')) marked.removeAttribute('id');
    // The arrow back is of no use where one has not left.
    for (const link of copy.querySelectorAll('a')) {
      if (/^(?:↩|↑|\^|⏎|↵)?\uFE0E?$/u.test((link.textContent ?? '').trim())) link.remove();
    }
    text.current?.replaceChildren(...copy.childNodes);
  }, [note]);
  return <div ref={text} className="note" lang={parts.body.lang} dir={parts.body.dir} />;
}
