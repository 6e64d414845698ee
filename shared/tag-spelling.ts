/** The one spelling of a tag: NFC, white space folded, no empty levels. Apart from its schema, so that the window need not load one. */
export function normalTag(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .split('/')
    .map((level) => level.trim())
    .filter((level) => level !== '')
    .join('/');
}

/** The longest name a tag may have, its levels and slashes included. */
export const longestTag = 100;
