/** The longest note an article or a bookmark may have, in characters. */
export const noteLimit = 20_000;
/** The longest one that may come of joining several, when articles are merged: nothing that was written is lost. */
export const joinedNoteLimit = 200_000;
