/** The text as a tag's name by the rules of `shared/tag.ts`, or null where it cannot be one. */
export function normalName(text: string): string | null {
  const name = text
    .normalize('NFC').replace(/\s+/gu, ' ').split('/').map((level) => level.trim()).filter((level) => level !== '').join('/');
  // oxlint-disable-next-line no-control-regex
  return name === '' || name.length > 100 || /[,\u0000-\u001f\u007f]/u.test(name) ? null : name;
}
