import type { CSSProperties } from 'react';
import { colourOf, type TagColour } from '../../shared/tag-colour.ts';
import type { Tag } from '../../shared/tag.ts';
import { useAsk } from '../ask.ts';

const known = new WeakMap<readonly Tag[], ReadonlyMap<string, TagColour>>();
const none: ReadonlyMap<string, TagColour> = new Map();

function coloursIn(tags: readonly Tag[]): ReadonlyMap<string, TagColour> {
  let colours = known.get(tags);
  if (colours === undefined) known.set(tags, (colours = new Map(tags.flatMap(({ name, colour }) => (colour === null ? [] : [[name, colour] as const])))));
  return colours;
}

/** The colour each tag is shown in, as a style that sets `--tag`; undefined for one without. */
export function useTagColours(): (tag: string) => CSSProperties | undefined {
  const { value } = useAsk('tags', {});
  const colours = value === undefined ? none : coloursIn(value);
  return (tag) => colourStyle(colourOf(tag, colours));
}

/** A style that sets `--tag` to a colour of `tokens.css`. */
export function colourStyle(colour: TagColour | null): CSSProperties | undefined {
  return colour === null ? undefined : ({ '--tag': `var(--tag-${colour})` } as CSSProperties);
}
