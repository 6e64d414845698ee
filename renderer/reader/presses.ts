import { useEffect, useMemo } from 'react';
import type { Article, ArticleId } from '../../shared/article.ts';
import { api } from '../api.ts';
import { useAsk } from '../ask.ts';
import { listenIn } from '../gestures.ts';
import type { Body } from './body.ts';
import type { FrameParts } from './frame-document.ts';
import { destinationOf, type Destination } from './links.ts';

type Ways = {
  /** A note, an article of the library or a place in this one was chosen by pressing `by`. */
  onInside: (destination: Exclude<Destination, { to: 'away' | 'nowhere' }>, by: Element) => void;
  onPicture: (at: number) => void;
};

/**
 * Listens to the frame for the window: presses never navigate, keys mean what they mean elsewhere, drops and pastes
 * are caught. Links lead where `destinationOf` says; out to the web only by a press of the reader's own.
 */
export function usePresses(
  parts: FrameParts, article: Article, body: Body | null, known: ReadonlyMap<string, ArticleId>, { onInside, onPicture }: Ways,
): void {
  useEffect(() => listenIn(parts.doc), [parts]);
  useEffect(() => {
    const { doc } = parts;
    const stop = new AbortController();
    const options = { signal: stop.signal };
    const press = (event: MouseEvent) => {
      const from = event.target as Element;
      const link = from.closest('a, area');
      if (link !== null) {
        event.preventDefault();
        if (!event.isTrusted || event.button > 1) return;
        const destination = destinationOf(link, article.url, known);
        if (destination.to === 'away') api.openExternal(destination.url);
        else if (destination.to !== 'nowhere') onInside(destination, link);
        return;
      }
      const picture = body?.pictures.indexOf(from as HTMLImageElement) ?? -1;
      if (picture >= 0 && event.button === 0) onPicture(picture);
    };
    doc.addEventListener('click', press, options);
    doc.addEventListener('auxclick', press, options);
    doc.addEventListener('submit', (event) => event.preventDefault(), options);
    doc.addEventListener('keydown', (event) => {
      const picture = body?.pictures.indexOf(event.target as HTMLImageElement) ?? -1;
      if (picture < 0 || (event.key !== 'Enter' && event.key !== ' ')) return;
      event.preventDefault();
      onPicture(picture);
    }, options);
    return () => stop.abort();
  }, [parts, article.url, body, known, onInside, onPicture]);
}

/** Which of the text's links lead to articles the library has, by address as written. */
export function useKnownLinks(body: Body | null): ReadonlyMap<string, ArticleId> {
  const urls = useMemo(() => {
    const links = body?.blocks.flatMap((block) => [...block.querySelectorAll('a[href^=http]')]) ?? [];
    return [...new Set(links.map((link) => link.getAttribute('href') ?? ''))].filter((url) => url.length < 8_000).slice(0, 10_000);
  }, [body]);
  const { value: ids } = useAsk('known', urls.length === 0 ? null : { urls });
  return useMemo(() => new Map(urls.flatMap((url, at): Array<[string, ArticleId]> => {
    const id = ids?.[at] ?? null;
    return id === null ? [] : [[url, id]];
  })), [urls, ids]);
}
