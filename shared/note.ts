/** The longest note an article or a bookmark may have, in characters. */
export const noteLimit = 20_000;
