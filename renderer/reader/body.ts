import { useLayoutEffect, useState } from 'react';
import type { Article } from '../../shared/article.ts';
import { arrange, type Arranged } from './arrange.ts';
import type { FrameParts } from './frame-document.ts';
import { setHtml } from './set-html.ts';

/** A body on the page, and whose it is. */
export type Body = Arranged & { id: string; html: string };

/** Puts the article's text into the frame, before the next paint, and again only when the text itself has changed. */
export function useBody(parts: FrameParts | null, article: Article): Body | null {
  const [body, setBody] = useState<Body | null>(null);
  // A list page is shown as its checklist; what its body says is the same over again.
  const { id, pictures, html } = article.links === null ? article : { ...article, html: '' };
  useLayoutEffect(() => {
    if (parts === null) return;
    const found: { arranged: Arranged | null } = { arranged: null };
    setHtml(parts.body, html, (root) => {
      found.arranged = arrange(root, pictures);
    });
    if (found.arranged !== null) setBody({ ...found.arranged, id, html });
    // `pictures` belongs to `html`: what is missing is written in it, and both change together.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [parts, id, html]);
  return body?.id === id ? body : null;
}
