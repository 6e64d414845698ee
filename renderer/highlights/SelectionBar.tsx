import { BookA, Copy, Languages, MessageSquarePlus, Search } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { highlightColours, type HighlightColour } from '../../shared/highlight.ts';
import { putBeside } from '../reader/beside.ts';
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
  useLayoutEffect(() => {
    if (bar.current !== null) putBeside(parts, bar.current, range, 'over');
    // What is on it changes how large it is.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [parts, range, placing, byKeys]);
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
    parts.doc.body,
  );
}
