import { BookA, Copy, Languages, MessageSquarePlus, Search } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { highlightColours, type HighlightColour } from '../../shared/highlight.ts';
import type { FrameParts } from '../reader/frame-document.ts';
import { useWords } from '../words.ts';

type Props = {
  parts: FrameParts;
  range: Range;
  last: HighlightColour;
  /** An orphan is being put back: only that is offered. */
  placing: boolean;
  /** The selection is made by keys: they are told. */
  byKeys: boolean;
  onMark: (colour: HighlightColour) => void;
  onNote: () => void;
  onCopy: () => void;
  onLookUp: () => void;
  onSearch: () => void;
  onTranslate: (() => void) | null;
  onPlace: () => void;
};

/** What can be done with a selected text, beside it on the page; pressing takes neither the focus nor the selection away. */
export function SelectionBar({ parts, range, last, placing, byKeys, onMark, onNote, onCopy, onLookUp, onSearch, onTranslate, onPlace }: Props) {
  const words = useWords().highlights;
  const bar = useRef<HTMLDivElement>(null);
  const { doc, view } = parts;
  useLayoutEffect(() => {
    const element = bar.current;
    if (element === null) return;
    const rects = range.getClientRects();
    const [first, end] = [rects[0] ?? range.getBoundingClientRect(), rects[rects.length - 1] ?? range.getBoundingClientRect()];
    const { offsetWidth: width, offsetHeight: height } = element;
    // Above its first line; under its last where the window's own tools are in the way.
    const above = first.top - height - 10;
    const top = above >= 56 ? above : Math.min(end.bottom + 10, view.innerHeight - height - 10);
    const at = above >= 56 ? first : end;
    const left = Math.max(8, Math.min(at.left + at.width / 2 - width / 2, doc.documentElement.clientWidth - width - 8));
    element.style.top = `${top + view.scrollY}px`;
    element.style.left = `${left + view.scrollX}px`;
    // What is on it changes how large it is.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [range, doc, view, placing, byKeys]);
  return createPortal(
    <div ref={bar} className="marking" role="toolbar" aria-label={words.tools} onPointerDown={(event) => event.preventDefault()}>
      {placing ? (
        <button type="button" className="wide" onClick={onPlace}>{words.placeHere}</button>
      ) : (
        <>
          {highlightColours.map((colour) => (
            <button key={colour} type="button" aria-label={words.markIn(words.colours[colour])} title={words.colours[colour]} aria-pressed={colour === last} onClick={() => onMark(colour)}>
              <span className="swatch" data-colour={colour} />
            </button>
          ))}
          <button type="button" aria-label={words.addNote} title={words.addNote} onClick={onNote}><MessageSquarePlus size={16} strokeWidth={1.5} aria-hidden /></button>
          <button type="button" aria-label={words.copy} title={words.copy} onClick={onCopy}><Copy size={16} strokeWidth={1.5} aria-hidden /></button>
          <button type="button" aria-label={words.lookUp} title={words.lookUp} onClick={onLookUp}><BookA size={16} strokeWidth={1.5} aria-hidden /></button>
          <button type="button" aria-label={words.search} title={words.search} onClick={onSearch}><Search size={16} strokeWidth={1.5} aria-hidden /></button>
          {onTranslate !== null && (
            <button type="button" aria-label={words.translate} title={words.translate} onClick={onTranslate}><Languages size={16} strokeWidth={1.5} aria-hidden /></button>
          )}
        </>
      )}
      {byKeys && <span className="keys">{words.keys}</span>}
    </div>,
    doc.body,
  );
}
