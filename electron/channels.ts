/** The only three messages that cross between the window and the main process; none of them names a question. */
export const channels = {
  /** Window to main, answered: a question's name and its input. */
  ask: 'lectern:ask',
  /** Main to window: one piece of news. Window to main, once: "I am listening now". */
  news: 'lectern:news',
  /** Window to main: an address to be shown outside, and whether there was a click. */
  open: 'lectern:open',
} as const;

/** The app's own scheme and origin. A custom standard scheme keeps the window away from `file:` and from the network. */
export const scheme = 'lectern-app';
export const appOrigin = `${scheme}://app`;
