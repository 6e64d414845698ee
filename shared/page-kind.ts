/** Whether a page is something to read or only a list of links to it. */
export const pageKinds = ['article', 'list'] as const;
export type PageKind = (typeof pageKinds)[number];
