import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Article, ArticleId } from '../../shared/article.ts';
import { api } from '../api.ts';
import { ask } from '../ask.ts';
import { say, sayFailure } from '../parts/toasts.ts';
import { useWords } from '../words.ts';
import { putBeside } from './beside.ts';
import type { FrameParts } from './frame-document.ts';
import { destinationOf, type Destination } from './links.ts';

type Leads = Extract<Destination, { to: 'article' | 'away' }>;
type Pointed = { link: Element; leads: Leads; touched: boolean };
type Props = { parts: FrameParts; article: Article; known: ReadonlyMap<string, ArticleId> };

/** How long a link is pointed at before it tells where it leads, and how long that stays when the pointer has gone, in milliseconds. */
const [before, after] = [350, 300];

/**
 * Where a link of the text leads, told beside it while it is pointed at or has the focus, with an offer to save it for later.
 * It lies over the text and moves nothing.
 */
export function LinkHint({ parts, article, known }: Props) {
  const { reader } = useWords();
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const card = useRef<HTMLElement>(null);
  const { doc } = parts;

  const save = useCallback(async ({ leads }: Pointed) => {
    if (leads.to === 'article') return;
    setPointed(null);
    const reply = await ask('save', { urls: [leads.url], tags: [], typed: false });
    if (!reply.ok) return sayFailure(reply.failure);
    say((words) => (reply.value[0]?.outcome === 'new' ? words.reader.linkSaved : words.reader.linkKnown));
  }, []);

  useEffect(() => {
    const stop = new AbortController();
    const options = { signal: stop.signal };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (then: () => void, wait: number): void => {
      clearTimeout(timer);
      timer = setTimeout(then, wait);
    };
    const leadsOf = (target: EventTarget | null): Omit<Pointed, 'touched'> | null => {
      const link = (target as Element | null)?.closest?.('#body a[href]') ?? null;
      const leads = link === null ? null : destinationOf(link, article.url, known);
      return link !== null && (leads?.to === 'away' || leads?.to === 'article') ? { link, leads } : null;
    };
    const show = (found: Omit<Pointed, 'touched'> | null, touched = false) => setPointed(found === null ? null : { ...found, touched });
    doc.addEventListener('pointerover', (event) => {
      if (event.pointerType === 'touch') return;
      if (card.current?.contains(event.target as Node) === true) return clearTimeout(timer);
      const found = leadsOf(event.target);
      if (found === null) soon(() => show(null), after);
      else soon(() => show(found), before);
    }, options);
    doc.addEventListener('focusin', (event) => {
      if (card.current?.contains(event.target as Node) === true) return;
      const found = leadsOf(event.target);
      // A press focuses as well, and does what it does.
      if (found === null || found.link.matches(':focus-visible')) show(found);
    }, options);
    doc.addEventListener('focusout', (event) => {
      if (card.current?.contains(event.relatedTarget as Node | null) !== true) show(null);
    }, options);
    for (const kind of ['scroll', 'pointerdown'] as const) {
      doc.addEventListener(kind, (event) => {
        if (card.current?.contains(event.target as Node) !== true) soon(() => show(null), 0);
      }, { ...options, passive: true });
    }
    // A finger does not hover: its press asks first, before the browser is opened.
    doc.addEventListener('click', (event) => {
      if ((event as PointerEvent).pointerType !== 'touch') return;
      const found = leadsOf(event.target);
      if (found?.leads.to !== 'away') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      soon(() => show(found, true), 0);
    }, { ...options, capture: true });
    doc.addEventListener('keydown', (event) => {
      const found = event.key === 'Enter' && event.shiftKey ? leadsOf(event.target) : null;
      if (found?.leads.to !== 'away') return;
      event.preventDefault();
      void save({ ...found, touched: false });
    }, options);
    doc.documentElement.addEventListener('pointerleave', () => soon(() => show(null), after), options);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [doc, article.url, known, save]);

  useLayoutEffect(() => {
    const element = card.current;
    if (element === null || pointed === null) return undefined;
    putBeside(parts, element, pointed.link, 'under');
    pointed.link.setAttribute('aria-describedby', 'link-hint');
    return () => pointed.link.removeAttribute('aria-describedby');
  }, [pointed, parts]);

  if (pointed === null) return null;
  const { leads, touched } = pointed;
  const { host } = new URL(leads.url);
  return createPortal(
    <aside ref={card} className="link-hint" aria-label={reader.linkLeads}>
      <span id="link-hint"><bdi>{host}</bdi>{leads.to === 'article' && <span className="known">{reader.linkKnown}</span>}</span>
      {leads.to === 'away' && <button type="button" className="link" title="⇧↵" onClick={() => void save(pointed)}>{reader.saveLink}</button>}
      {touched && (
        <button
          type="button" className="link"
          onClick={() => {
            setPointed(null);
            api.openExternal(leads.url);
          }}
        >
          {reader.openLink}
        </button>
      )}
    </aside>,
    doc.body,
  );
}
