/**
 * What people bring from elsewhere: the export of a reading or bookmarking service, a browser's bookmarks (`bookmarks`), a
 * list of feeds or links in OPML, or any table or JSON that has addresses in it (`table`).
 */
export const importFormats = [
  'pocket', 'instapaper', 'omnivore', 'wallabag', 'readwise', 'raindrop', 'karakeep', 'linkwarden', 'linkding', 'matter', 'goodlinks',
  'readeck', 'pinboard', 'cubox', 'mymind', 'bookmarks', 'opml', 'table',
] as const;
export type ImportFormat = (typeof importFormats)[number];

/** The largest part of a file that is handed over in one piece, in bytes. */
export const importPart = 6_000_000;
/** The largest file that is taken, in bytes. */
export const largestImport = 2_000_000_000;
