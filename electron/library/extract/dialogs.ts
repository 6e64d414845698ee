import { rawText, setAttr, type Element } from './tree.ts';

/** Boxes that wait to be opened, by the names that Bootstrap and its kind give them. */
const names = /(?:^|\s)(?:modal|modal-dialog|modal-content|lightbox-?modal)(?=\s|$)/i;
/** A dialog that holds more of the page's text than this is how the page shows its article. */
const most = 0.3;

/** Marks what a reader would only see after a press (sign-in windows, helps, cookie settings) as hidden. */
export function hideDialogs(all: Element[]): void {
  const dialogs = all.filter(isDialog);
  if (dialogs.length === 0) return;
  const body = all.find(({ tagName }) => tagName === 'body');
  const total = body === undefined ? 0 : rawText(body).length;
  for (const dialog of dialogs) if (rawText(dialog).length < total * most) setAttr(dialog, 'hidden', '');
}

function isDialog(element: Element): boolean {
  return element.attrs.some(({ name, value }) => (name === 'role' ? /^(?:alert)?dialog$/.test(value) : name === 'aria-modal' ? value === 'true' : name === 'class' && names.test(value))) && element.tagName !== 'body' && element.tagName !== 'html';
}
