import { useEffect, useRef } from 'react';
import type { ArticleId } from '../../shared/article.ts';
import { isTyping } from '../keyboard.ts';
import { useView } from '../view.ts';
import type { FrameParts } from './frame-document.ts';

/**
 * Puts the focus on the title of an article that was opened to be read, or was stepped to from inside another's text:
 * the scrolling keys then move the text, and a screen reader begins at its first heading.
 */
export function useEnter(parts: FrameParts, id: ArticleId, shown: boolean): void {
  const entering = useView((view) => view.entering === id);
  const begun = useRef(false);
  useEffect(() => {
    if (!shown) return;
    const stepped = !begun.current && document.activeElement === parts.view.frameElement;
    begun.current = true;
    if (!entering && !stepped) return;
    if (entering) useView.setState({ entering: null });
    // An article may become readable long after it was opened: whoever has gone on to something else is left alone.
    if (document.querySelector('dialog[open]') !== null || isTyping(document.activeElement)) return;
    parts.head.querySelector('h1')?.focus({ preventScroll: true });
  }, [parts, shown, entering]);
}
