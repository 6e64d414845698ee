/** The colours a tag can have, in the order in which they are offered; `tokens.css` has each for every theme. */
export const tagColours = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'grey'] as const;
export type TagColour = (typeof tagColours)[number];

/** The colour in a kept fact; null where there is none, or one that only a later Lectern knows. */
export function readColour(value: string | null | undefined): TagColour | null {
  return tagColours.find((colour) => colour === value) ?? null;
}

/** The colour a tag is shown in: its own, else that of the nearest tag around it. */
export function colourOf(tag: string, colours: ReadonlyMap<string, TagColour>): TagColour | null {
  for (let level = tag; level !== ''; level = level.slice(0, Math.max(0, level.lastIndexOf('/')))) {
    const colour = colours.get(level);
    if (colour !== undefined) return colour;
  }
  return null;
}
