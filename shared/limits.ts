/*
 * Lengths that both sides keep to: apart from the schemas, which the window's code does without.
 */

/** The longest description a tag may have, in characters. */
export const descriptionLimit = 2_000;
/** The most titles a shelf may show. */
export const mostTitles = 20;
