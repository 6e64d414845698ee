import createPurify from 'dompurify';
import { allowedAttributes, allowedElements, allowedMath } from './allowed.ts';

/**
 * DOMPurify for engines without `Element.setHTML`: a string in, clean nodes owned by `owner` out. Only the lists of
 * `allowed.ts` pass; its output never goes through a second string parse.
 */
export function purify(html: string, owner: Document): DocumentFragment {
  const clean = createPurify(window).sanitize(html, {
    ALLOWED_TAGS: [...allowedElements, ...allowedMath, '#text'],
    ALLOWED_ATTR: [...allowedAttributes],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#|\/files\/|data:image\/)/i,
    SANITIZE_DOM: true,
    RETURN_DOM_FRAGMENT: true,
  });
  return owner.importNode(clean, true);
}
