import { normalTag } from '../../shared/tag-spelling.ts';

/** The text as a tag's name by the rules of `shared/tag.ts`, or null where it cannot be one. */
export function normalName(text: string): string | null {
  const name = normalTag(text);
  // oxlint-disable-next-line no-control-regex
  return name === '' || name.length > 100 || /[,\u0000-\u001f\u007f]/u.test(name) ? null : name;
}
