/**
 * The index's shape, as an append-only list whose length is its `user_version`. A released entry is never edited.
 * `articles.lists` has one bit for each fixed list the article stands in (see `membership.ts`); `seat` is its number in
 * the search index, higher for newer ones; `seats` repeats `lists` by seat, because joining every hit of a common word
 * with the wide `articles` would cost twenty times the search itself.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE journals (
    device TEXT PRIMARY KEY, segment INTEGER NOT NULL, offset INTEGER NOT NULL, sum TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE clocks (
    article TEXT NOT NULL, field TEXT NOT NULL, clock TEXT NOT NULL, PRIMARY KEY (article, field)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE erased (article TEXT PRIMARY KEY, clock TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE articles (
    seat INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    saved INTEGER NOT NULL DEFAULT 0,
    saved_url TEXT, page_url TEXT, url TEXT, key TEXT, host TEXT,
    name TEXT NOT NULL DEFAULT '',
    job TEXT NOT NULL DEFAULT 'null',
    added_at TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'waiting',
    failure TEXT,
    folder TEXT, sums TEXT,
    own_title TEXT, page_title TEXT,
    title TEXT NOT NULL DEFAULT '', title_key TEXT NOT NULL DEFAULT '',
    site TEXT, byline TEXT, excerpt TEXT NOT NULL DEFAULT '',
    lead_picture TEXT, published_at TEXT, lang TEXT, dir TEXT NOT NULL DEFAULT 'ltr',
    words INTEGER NOT NULL DEFAULT 0, minutes INTEGER NOT NULL DEFAULT 0,
    favourite INTEGER NOT NULL DEFAULT 0, archived INTEGER NOT NULL DEFAULT 0,
    finished_at TEXT, trashed_at TEXT,
    place TEXT, progress REAL NOT NULL DEFAULT 0, read_at TEXT,
    tags TEXT NOT NULL DEFAULT '[]',
    lists INTEGER NOT NULL DEFAULT 0,
    damaged INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE seats (seat INTEGER PRIMARY KEY, lists INTEGER NOT NULL) STRICT;
  CREATE INDEX articles_by_key ON articles (key) WHERE key IS NOT NULL;
  CREATE INDEX articles_by_added ON articles (added_at, id, lists);
  CREATE INDEX articles_by_title ON articles (title_key, id, lists);
  CREATE INDEX articles_by_words ON articles (words, added_at, id, lists);
  CREATE INDEX articles_by_host ON articles (host, added_at, id, lists) WHERE host IS NOT NULL;
  CREATE INDEX articles_by_read ON articles (read_at, id, lists) WHERE read_at IS NOT NULL;
  CREATE INDEX articles_undone ON articles (added_at, id) WHERE state <> 'ready';
  CREATE INDEX articles_trashed ON articles (trashed_at, id) WHERE trashed_at IS NOT NULL;
  CREATE TABLE lists (bit INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;
  CREATE TABLE tags (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, count INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE tagged (
    article TEXT NOT NULL, tag TEXT NOT NULL, clock TEXT NOT NULL, present INTEGER NOT NULL, PRIMARY KEY (article, tag)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE tag_rows (
    tag INTEGER NOT NULL, added_at TEXT NOT NULL, article TEXT NOT NULL, unread INTEGER NOT NULL, PRIMARY KEY (tag, added_at, article)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE pictures (
    file TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (file, article)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pictures_by_article ON pictures (article);
  CREATE TABLE texts (article TEXT PRIMARY KEY, text BLOB NOT NULL) STRICT;
  CREATE TABLE unsearched (article TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE VIRTUAL TABLE search_index USING fts5 (
    title, body, byline, site, tags, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
  );
  `,
  // What was cancelled is in no list of what is new or failed (bits 1, 64 and 256).
  `
  UPDATE articles SET lists = lists & ~321 WHERE state = 'failed' AND json_extract(failure, '$.kind') = 'cancelled' AND lists & 321;
  UPDATE seats SET lists = a.lists FROM articles AS a WHERE a.seat = seats.seat AND a.lists <> seats.lists;
  UPDATE lists SET count = (SELECT count(*) FROM articles AS a WHERE a.lists & lists.bit) WHERE bit IN (1, 64, 256);
  `,
  // How many links a list page has; none was known as one before.
  'ALTER TABLE articles ADD COLUMN links INTEGER;',
  // Bookmarks, notes and sites' icons. `bookmarked` stays while a bookmark is being made an article: stopped, it is one again.
  `
  ALTER TABLE articles ADD COLUMN note TEXT;
  ALTER TABLE articles ADD COLUMN bookmarked INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE articles ADD COLUMN glanced INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE articles ADD COLUMN glance_title TEXT;
  ALTER TABLE articles ADD COLUMN glance_excerpt TEXT;
  CREATE TABLE icons (host TEXT PRIMARY KEY, file TEXT, at TEXT NOT NULL, clock TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX icons_by_file ON icons (file) WHERE file IS NOT NULL;
  CREATE INDEX articles_bookmarked ON articles (added_at, id, lists) WHERE state = 'bookmark';
  CREATE INDEX articles_unglanced ON articles (added_at, id) WHERE state = 'bookmark' AND glanced = 0;
  DROP INDEX articles_undone;
  CREATE INDEX articles_undone ON articles (state, added_at, id) WHERE state <> 'ready';
  `,
  // What is kept about tags themselves, the manual order of their lists, and what their other orders and their pages need.
  `
  CREATE TABLE tag_facts (
    tag TEXT NOT NULL, field TEXT NOT NULL, value TEXT, clock TEXT NOT NULL, PRIMARY KEY (tag, field)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE spots (
    tag TEXT NOT NULL, article TEXT NOT NULL, first TEXT, rest TEXT, clock TEXT NOT NULL, PRIMARY KEY (tag, article)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX spots_in_order ON spots (tag, first, rest, article) WHERE first IS NOT NULL;
  CREATE INDEX spots_by_article ON spots (article);
  ALTER TABLE tags ADD COLUMN minutes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE tag_rows ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE tag_rows ADD COLUMN minutes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE tag_rows ADD COLUMN host TEXT;
  UPDATE tag_rows SET words = a.words, minutes = a.minutes, host = a.host FROM articles AS a WHERE a.id = tag_rows.article;
  UPDATE tags SET minutes = coalesce((SELECT sum(r.minutes) FROM tag_rows AS r WHERE r.tag = tags.id), 0);
  CREATE INDEX tag_rows_by_unread ON tag_rows (tag, unread, added_at, article);
  CREATE INDEX tag_rows_by_words ON tag_rows (tag, words, added_at, article);
  CREATE TABLE tag_sites (tag INTEGER NOT NULL, host TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (tag, host)) STRICT, WITHOUT ROWID;
  INSERT INTO tag_sites SELECT tag, host, count(*) FROM tag_rows WHERE host IS NOT NULL GROUP BY tag, host;
  CREATE INDEX tag_sites_by_count ON tag_sites (tag, count, host);
  `,
  // The times of states, and what lists are sorted and put into groups by; `tallies` are counted when it is next opened.
  `
  ALTER TABLE articles ADD COLUMN started_at TEXT;
  ALTER TABLE articles ADD COLUMN favourited_at TEXT;
  ALTER TABLE articles ADD COLUMN archived_at TEXT;
  ALTER TABLE articles ADD COLUMN published_key TEXT NOT NULL DEFAULT '';
  ALTER TABLE articles ADD COLUMN site_key TEXT NOT NULL DEFAULT '';
  ALTER TABLE articles ADD COLUMN first_tag TEXT NOT NULL DEFAULT '';
  UPDATE articles SET started_at = read_at WHERE progress > 0.01;
  UPDATE articles SET published_key = coalesce(json_extract(published_at, '$.local'), added_at), site_key = coalesce(host, ''),
    first_tag = coalesce(json_extract(tags, '$[0]'), '');
  WITH RECURSIVE
    stamps (article, field, clock) AS (
      SELECT c.article, c.field, c.clock FROM clocks AS c JOIN articles AS a ON a.id = c.article
      WHERE (c.field = 'favourite' AND a.favourite = 1) OR (c.field = 'archived' AND a.archived = 1)
    ),
    digits (article, field, clock, at, value) AS (
      SELECT article, field, clock, 1, 0 FROM stamps
      UNION ALL
      SELECT article, field, clock, at + 1, value * 16 + instr('0123456789abcdef', substr(clock, at, 1)) - 1 FROM digits WHERE at <= 11
    ),
    times AS (
      SELECT article, field, strftime('%Y-%m-%dT%H:%M:%S', value / 1000, 'unixepoch') || printf('.%03dZ', value % 1000) AS time FROM digits WHERE at = 12
    )
  UPDATE articles SET
    favourited_at = (SELECT time FROM times WHERE times.article = articles.id AND field = 'favourite'),
    archived_at = (SELECT time FROM times WHERE times.article = articles.id AND field = 'archived')
  WHERE favourite = 1 OR archived = 1;
  UPDATE articles SET lists = lists | 1024 WHERE lists & 128 AND started_at IS NULL;
  UPDATE seats SET lists = a.lists FROM articles AS a WHERE a.seat = seats.seat AND a.lists <> seats.lists;
  INSERT INTO lists SELECT 1024, count(*) FROM articles WHERE lists & 1024;
  DROP INDEX articles_by_read;
  CREATE INDEX articles_by_read ON articles (read_at, id, lists);
  CREATE INDEX articles_by_published ON articles (published_key, id, lists);
  CREATE INDEX articles_by_site ON articles (site_key, added_at DESC, id DESC, lists);
  CREATE INDEX articles_by_first_tag ON articles (first_tag, added_at DESC, id DESC, lists);
  CREATE INDEX articles_by_progress ON articles (iif(finished_at IS NULL, progress, 2), added_at, id, lists);
  CREATE INDEX articles_by_finished ON articles (finished_at, id, lists);
  CREATE INDEX articles_favourited ON articles (favourited_at, id, lists) WHERE favourited_at IS NOT NULL;
  CREATE INDEX articles_archived ON articles (archived_at, id, lists) WHERE archived_at IS NOT NULL;
  CREATE INDEX articles_unopened ON articles (added_at, id) WHERE lists & 1024;
  CREATE TABLE tallies (
    scope TEXT NOT NULL, key TEXT NOT NULL, count INTEGER NOT NULL, minutes INTEGER NOT NULL, PRIMARY KEY (scope, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE reading (
    day TEXT NOT NULL, article TEXT NOT NULL, device TEXT NOT NULL, seconds INTEGER NOT NULL, PRIMARY KEY (day, article, device)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE reading_days (day TEXT PRIMARY KEY, seconds INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE thumbs (file TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
  // The search index takes in words that Lectern itself has folded, traditional characters as simplified ones, so SQLite only
  // parts them at blanks; everything is indexed anew in the background. What search narrows by stands beside the lists in
  // `seats`. `code` is unknown (null) until the article is next indexed.
  `
  ALTER TABLE articles ADD COLUMN code INTEGER;
  ALTER TABLE seats ADD COLUMN has INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE seats ADD COLUMN minutes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE seats ADD COLUMN added TEXT NOT NULL DEFAULT '';
  ALTER TABLE seats ADD COLUMN published TEXT;
  ALTER TABLE seats ADD COLUMN lang TEXT;
  UPDATE seats SET minutes = a.minutes, added = a.added_at, published = json_extract(a.published_at, '$.local'), lang = lower(a.lang),
    has = iif(EXISTS (SELECT 1 FROM pictures AS p WHERE p.article = a.id), 4, 0) + iif(a.tags <> '[]', 16, 0)
      + iif(a.finished_at IS NOT NULL, 32, 0) + iif(a.state = 'waiting', 64, 0) + iif(a.state = 'bookmark', 128, 0) + iif(a.note IS NOT NULL, 2, 0)
    FROM articles AS a WHERE a.seat = seats.seat;
  DROP TABLE search_index;
  CREATE VIRTUAL TABLE search_index USING fts5 (
    title, body, byline, site, tags, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
  );
  INSERT OR IGNORE INTO unsearched SELECT id FROM articles WHERE saved = 1;
  `,
  // What is taken for the same: `buckets` by what texts and addresses have in common, `pairs` what came of comparing.
  `
  ALTER TABLE articles ADD COLUMN canonical TEXT;
  CREATE TABLE prints (number INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, buckets BLOB NOT NULL, sketch BLOB) STRICT;
  CREATE TABLE buckets (hash INTEGER NOT NULL, print INTEGER NOT NULL, PRIMARY KEY (hash, print)) STRICT, WITHOUT ROWID;
  CREATE TABLE pairs (
    one TEXT NOT NULL, other TEXT NOT NULL, why TEXT NOT NULL, share REAL, open INTEGER NOT NULL, PRIMARY KEY (one, other)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pairs_by_other ON pairs (other);
  CREATE INDEX pairs_open ON pairs (one, other) WHERE open = 1;
  CREATE TABLE apart (
    one TEXT NOT NULL, other TEXT NOT NULL, clock TEXT NOT NULL, present INTEGER NOT NULL, PRIMARY KEY (one, other)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE unpaired (article TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  INSERT INTO unpaired SELECT id FROM articles WHERE saved = 1;
  `,
  // Highlights. `shown`: made, not removed, of an article outside the trash; `stale`: where its text is now has yet to be found.
  `
  CREATE TABLE highlights (
    seat INTEGER PRIMARY KEY, article TEXT NOT NULL, id TEXT NOT NULL,
    made INTEGER NOT NULL DEFAULT 0, removed INTEGER NOT NULL DEFAULT 0, shown INTEGER NOT NULL DEFAULT 0, made_at TEXT NOT NULL DEFAULT '',
    colour TEXT NOT NULL DEFAULT 'yellow', note TEXT NOT NULL DEFAULT '', anchor TEXT NOT NULL DEFAULT '',
    located_from INTEGER, located_to INTEGER, orphan INTEGER NOT NULL DEFAULT 0, stale INTEGER NOT NULL DEFAULT 0,
    UNIQUE (article, id)
  ) STRICT;
  CREATE INDEX highlights_newest ON highlights (made_at, id) WHERE shown = 1;
  CREATE INDEX highlights_by_colour ON highlights (colour, made_at, id) WHERE shown = 1;
  CREATE INDEX highlights_stale ON highlights (article) WHERE stale = 1;
  CREATE VIRTUAL TABLE highlight_index USING fts5 (
    quote, note, content = '', contentless_delete = 1, tokenize = 'ascii'
  );
  `,
  // How single articles look where they differ from all others.
  'ALTER TABLE articles ADD COLUMN look TEXT;',
  // The searches kept in the sidebar.
  'CREATE TABLE searches (id TEXT PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL, sort TEXT NOT NULL, place REAL NOT NULL) STRICT, WITHOUT ROWID;',
  // What an article is recognised by, in an index small enough to be asked with every key. Those of earlier articles are made
  // in the background, the newest first: all from this seat down are lacking.
  `
  CREATE VIRTUAL TABLE head_index USING fts5 (
    title, facts, begin, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
  );
  INSERT INTO facts SELECT 'heads lack from', CAST(max(seat) AS TEXT) FROM seats HAVING count(*) > 0;
  `,
];
