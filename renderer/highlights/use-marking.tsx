import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Article } from '../../shared/article.ts';
import { highlightColours, longestQuote, type HighlightColour } from '../../shared/highlight.ts';
import type { Settings } from '../../shared/settings.ts';
import { translateAddress } from '../../shared/translate-site.ts';
import { api } from '../api.ts';
import { ask } from '../ask.ts';
import { lookUpSelected } from '../dictionary/look-up.ts';
import { act, offerUndo, say, sayFailure } from '../parts/toasts.ts';
import type { Body } from '../reader/body.ts';
import type { FrameParts } from '../reader/frame-document.ts';
import type { Spot } from '../reader/place.ts';
import { searchFor, useView } from '../view.ts';
import { useLanguage } from '../words.ts';
import { offerMarking } from './current.ts';
import { anchorOf, signsBefore, spotOf } from './frame-text.ts';
import { HighlightCard } from './HighlightCard.tsx';
import { HighlightList } from './HighlightList.tsx';
import { Markers } from './Markers.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { useSelected } from './selecting.ts';
import { useSelectKeys, type SelectKeys } from './select-keys.ts';
import { useHighlights, type Shown } from './use-highlights.ts';

type Input = { parts: FrameParts; body: Body | null; article: Article; settings: Settings; lang: string; jump: (spot: Spot) => Spot };

/** Everything about highlights on an article's page: `list` for the toolbar's panel, `count` of them, and what floats on the page. */
export function useMarking({ parts, body, article, settings, lang, jump }: Input): { list: ReactNode; count: number; page: ReactNode } {
  const language = useLanguage();
  const { shown, textNow } = useHighlights(parts, body, article.id);
  const selected = useSelected(parts);
  const [card, setCard] = useState<{ id: string; writing: boolean } | null>(null);
  const [byKeys, setByKeys] = useState(false);
  const [placing, setPlacing] = useState<string | null>(null);
  const [last, setLast] = useState<HighlightColour>('yellow');
  const all = useMemo(() => shown ?? [], [shown]);
  const { doc } = parts;

  const letGo = useCallback(() => {
    setByKeys(false);
    doc.getSelection()?.removeAllRanges();
  }, [doc]);

  const take = useCallback(() => {
    const selection = doc.getSelection();
    const frame = textNow();
    if (selection === null || selection.rangeCount === 0 || frame === null) return null;
    const taken = anchorOf(frame, selection.getRangeAt(0));
    if (taken !== null && taken.anchor.quote.length > longestQuote) {
      say((words) => words.highlights.tooLong);
      return null;
    }
    return taken;
  }, [doc, textNow]);

  const mark = useCallback(async (colour: HighlightColour, writing: boolean) => {
    const taken = take();
    if (taken === null) return;
    setLast(colour);
    letGo();
    const reply = await ask('highlight', { id: article.id, anchor: taken.anchor, colour });
    if (!reply.ok) return sayFailure(reply.failure);
    // What was marked is seen; only the way back is kept.
    if (reply.value.undo !== null) offerUndo('highlight', [article.id], reply.value.undo, null);
    if (writing) setCard({ id: reply.value.highlight, writing: true });
  }, [article.id, take, letGo]);

  const copy = useCallback(async () => {
    const text = doc.getSelection()?.toString() ?? '';
    letGo();
    await navigator.clipboard.writeText(text);
    say((words) => words.highlights.copied);
  }, [doc, letGo]);

  const place = useCallback(async () => {
    const taken = take();
    if (taken === null || placing === null) return;
    letGo();
    setPlacing(null);
    await act('changeHighlight', { id: article.id, highlight: placing, anchor: taken.anchor }, (words) => words.highlights.placed);
  }, [article.id, placing, take, letGo]);

  const go = useCallback((id: string, open = true) => {
    const one = all.find((each) => each.id === id);
    const frame = textNow();
    if (one === undefined || one.at === null || frame === null) return;
    jump(spotOf(frame, one.at.start));
    if (open) setCard({ id, writing: false });
  }, [all, textNow, jump]);

  const keys: SelectKeys = useMemo(() => ({
    mark: (at) => void (placing === null ? mark(at === null ? last : (highlightColours[at] ?? last), false) : place()),
    note: () => void mark(last, true),
    copy: () => void copy(),
    leave: letGo,
  }), [mark, place, placing, last, copy, letGo]);
  useSelectKeys(parts, body, lang, byKeys, keys);

  // A press on what is highlighted opens its card; a link or a button there goes before.
  useEffect(() => {
    const stop = new AbortController();
    doc.addEventListener('click', (event) => {
      if (event.defaultPrevented || event.button !== 0 || doc.getSelection()?.isCollapsed === false) return;
      if ((event.target as Element).closest('a, button, img, summary, .card, .marking') !== null) return;
      const hit = hitAt(doc, all, textNow, event.clientX, event.clientY);
      if (hit !== null) setCard({ id: hit.id, writing: false });
    }, { signal: stop.signal });
    return () => stop.abort();
  }, [doc, all, textNow]);

  const stepped = useRef<string | null>(null);
  useEffect(() => offerMarking({
    mark: () => {
      if (doc.getSelection()?.isCollapsed === false) keys.mark(null);
      else setByKeys(true);
    },
    list: () => document.getElementById('highlights-panel')?.togglePopover(),
    step: (by) => {
      const found = all.filter(({ at }) => at !== null);
      const now = found.findIndex(({ id }) => id === stepped.current);
      const next = found[now < 0 ? (by === 1 ? 0 : found.length - 1) : (now + by + found.length) % found.length];
      if (next === undefined) return say((words) => words.highlights.none);
      stepped.current = next.id;
      go(next.id);
    },
  }), [doc, all, go, keys]);

  // An address that names a highlight leads to it, once it is found.
  const wanted = useView((view) => view.mark);
  const went = useRef<string | null>(null);
  useEffect(() => {
    if (wanted === null || shown === null || went.current === wanted) return undefined;
    const one = shown.find(({ id }) => id === wanted);
    if (one === undefined) return undefined;
    const frame = parts.view.requestAnimationFrame(() => {
      went.current = wanted;
      if (one.at !== null) go(wanted);
      else document.getElementById('highlights-panel')?.showPopover();
    });
    return () => parts.view.cancelAnimationFrame(frame);
  }, [parts, wanted, shown, go]);

  const open = card === null ? undefined : all.find(({ id }) => id === card.id);
  const translated = selected === null ? null : translateAddress(settings.translateSite, selected.toString(), language);
  const page = (
    <>
      {shown !== null && <Markers parts={parts} shown={all} onOpen={(id) => setCard({ id, writing: false })} />}
      {selected !== null && card === null && (
        <SelectionBar
          parts={parts} range={selected} last={last} placing={placing !== null} byKeys={byKeys}
          onMark={(colour) => void mark(colour, false)} onNote={() => void mark(last, true)} onCopy={() => void copy()} onPlace={() => void place()}
          onLookUp={lookUpSelected}
          onSearch={() => searchFor(selected.toString().replace(/\s+/g, ' ').trim().slice(0, 200))}
          onTranslate={translated === null ? null : () => api.openExternal(translated)}
        />
      )}
      {open !== undefined && open.range !== null && card !== null && (
        <HighlightCard key={open.id} parts={parts} article={article} highlight={open} range={open.range} writing={card.writing} onClose={() => setCard(null)} />
      )}
      <p className="visually-hidden" role="status">{byKeys && selected !== null ? selected.toString().slice(0, 400) : ''}</p>
    </>
  );
  const list = (
    <HighlightList
      article={article} shown={all}
      onGo={(id) => {
        document.getElementById('highlights-panel')?.hidePopover();
        go(id);
      }}
      onPlace={(id) => {
        document.getElementById('highlights-panel')?.hidePopover();
        setPlacing(id);
        say((words) => words.highlights.selectPlace);
      }}
    />
  );
  return { list, count: all.length, page };
}

/** The shortest highlight at a point of the frame's window. */
function hitAt(doc: Document, all: readonly Shown[], textNow: () => ReturnType<ReturnType<typeof useHighlights>['textNow']>, x: number, y: number): Shown | null {
  if (all.length === 0) return null;
  const caret = doc.caretPositionFromPoint(x, y);
  const frame = caret === null ? null : textNow();
  if (caret === null || frame === null) return null;
  const at = signsBefore(frame, caret.offsetNode, caret.offset);
  const hits = all.filter((one) => one.at !== null && one.at.start <= at && at <= one.at.end && [...(one.range?.getClientRects() ?? [])].some((box) => x >= box.left - 2 && x <= box.right + 2 && y >= box.top - 2 && y <= box.bottom + 2));
  return hits.toSorted((a, b) => (a.at?.end ?? 0) - (a.at?.start ?? 0) - ((b.at?.end ?? 0) - (b.at?.start ?? 0)))[0] ?? null;
}
