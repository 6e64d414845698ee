import { z } from 'zod';
import { ArticleId, Place, type Article, type HostRest, type Picture, type Row } from './article.ts';
import { BrowserId, captureLimit, type BrowserFacts } from './browser.ts';
import { dictionaryQuestions } from './dictionary.ts';
import { exportQuestions } from './export.ts';
import type { Failure, Reply } from './failure.ts';
import { importQuestions } from './import.ts';
import { highlightQuestions } from './highlight-questions.ts';
import type { HighlightId } from './highlight.ts';
import { bookmarkQuestions } from './bookmark.ts';
import { groupings, sortOrders, type Group, type Within as GroupOf } from './listing.ts';
import { duplicateQuestions } from './duplicate.ts';
import { lookQuestions } from './look.ts';
import { pageKinds } from './page-kind.ts';
import { folderQuestions, type CareProgress, type MoveProgress, type Opening } from './library-folder.ts';
import { question } from './question.ts';
import { searchQuestions } from './search-questions.ts';
import { SettingsPatch, type Settings } from './settings.ts';
import { shelfQuestions, type Shelf } from './shelf.ts';
import type { Statistics } from './statistics.ts';
import { TagName, type Tag } from './tag.ts';
import { tagQuestions } from './tag-questions.ts';
import { siteRuleQuestions } from './site-rule-questions.ts';
import type { Trial } from './trial.ts';
import { Where, type ListName } from './where.ts';

/*
 * The door between the library and everything that asks it: each question with its input's schema and its output's
 * type, and the news the library tells. A new question is three edits: a line here, a function in its noun's file,
 * a line in the table of `electron/library/library.ts`.
 */

const Ids = z.array(ArticleId).min(1).max(100_000);
const Tags = z.array(TagName).max(100);
const Within: z.ZodType<GroupOf, GroupOf> = z.strictObject({ by: z.enum(groupings), key: z.string().max(253) });
/** The `undo` of a change before: the new one brings both back, so that many are taken back in one go. */
const Joins = z.string().max(100).optional();
const KindName = z.enum([...pageKinds, 'auto']).nullable().default(null);
const EncodingName = z.string().min(1).max(40).nullable().default(null);

export { fixedLists, Where, type ListName } from './where.ts';

export { sortOrders, type Sort } from './listing.ts';

export type { Hit } from './search-questions.ts';

/** Articles that could not be saved for one reason, `failure` being one of theirs. `articles` are all of them, where asked for. */
export type FailedFor = { failure: Failure; count: number; articles: Array<{ id: ArticleId; url: string | null }> };

/** What a save came to for one address. */
export type Saved = { id: ArticleId; url: string | null; outcome: 'new' | 'known' };
export type QueueItem = { id: ArticleId; url: string | null; title: string; stage: Row['stage']; attempts: number };
/**
 * `done` and `failed` count since the queue was last empty; `total` is everything since then. `secondsLeft` is an
 * estimate from what has been seen so far; null while that is too little, and while there is no network. `held` is the
 * reader's own pause; `resting` are the hosts left alone for a while, with how many articles wait for each.
 */
export type QueueFacts = {
  total: number;
  waiting: number;
  working: number;
  done: number;
  failed: number;
  paused: boolean;
  held: boolean;
  resting: Array<HostRest & { waiting: number }>;
  secondsLeft: number | null;
};

export type LibraryFacts = {
  id: string;
  path: string;
  version: string;
  readOnly: null | 'newer-library' | 'folder';
  counts: Record<ListName, number>;
  /** Groups of articles that are taken for the same. */
  duplicates: number;
};

export type { CheckReport } from './library-folder.ts';

/** What extracting again changed; `undo` is null when it changed nothing. */
export type Replaced = Trial & Undo;

/** A token that undoes what was just done; null when there was nothing to do. */
export type Undo = { undo: string | null };

export const questions = {
  library: question(z.strictObject({})).as<LibraryFacts>(),
  home: question(z.strictObject({ rows: z.int().min(1).max(20).default(6) })).as<{
    reading: Row[];
    fresh: Row[];
    shelves: Shelf[];
  }>(),
  list: question(
    z.strictObject({
      where: Where,
      sort: z.enum(sortOrders).default('newest'),
      /** Only one group of it; `total` and `minutes` remain the list's. */
      within: Within.optional(),
      from: z.int().min(0).max(10_000_000).default(0),
      count: z.int().min(1).max(500).default(60),
    }),
  ).as<{ total: number; minutes: number; rows: Row[] }>(),
  /** A list's groups in order: days the newest first (the oldest first where the list is sorted so), sites and tags by name. */
  groups: question(z.strictObject({ where: Where, by: z.enum(groupings), sort: z.enum(sortOrders).default('newest') })).as<Group[]>(),
  /** Every article of a list in order, by id alone, up to 100,000. */
  listed: question(z.strictObject({ where: Where, sort: z.enum(sortOrders).default('newest'), within: Within.optional() })).as<{ ids: ArticleId[] }>(),
  /** One unread article by chance, another than the one named; null where there is none. */
  surprise: question(z.strictObject({ not: ArticleId.nullable().default(null) })).as<{ id: ArticleId | null }>(),
  article: question(z.strictObject({ id: ArticleId })).as<Article>(),
  /**
   * The article as it is handed out: plain text, Markdown, a whole HTML page that carries its pictures, or HTML to be put
   * into another document. Pictures of Markdown are named by where they are `here`, on this machine, or where they came from.
   */
  render: question(z.strictObject({ id: ArticleId, as: z.enum(['text', 'markdown', 'html', 'fragment']), pictures: z.enum(['here', 'origin']).default('here') })).as<{ text: string }>(),
  /** Ready articles most like this one in tags, newest first. */
  related: question(z.strictObject({ id: ArticleId, count: z.int().min(1).max(20).default(6) })).as<Row[]>(),
  /** Ready articles whose texts are most like this one's, the likest first; those that are the same text are left out. */
  similar: question(z.strictObject({ id: ArticleId, count: z.int().min(1).max(20).default(6) })).as<Row[]>(),
  /** By id, or by an address in any spelling. */
  find: question(z.strictObject({ what: z.string().min(1).max(8_000) })).as<{ id: ArticleId | null }>(),
  /** Which of these addresses the library has already, in the order asked. */
  known: question(z.strictObject({ urls: z.array(z.string().max(8_000)).max(10_000) })).as<Array<ArticleId | null>>(),

  /** Keeps the addresses as waiting rows, on disk before this answers, and fetches them in the background. */
  save: question(
    z.strictObject({
      urls: z.array(z.string().min(1).max(8_000)).min(1).max(10_000),
      tags: Tags.default([]),
      /** False when a page or another program supplied the addresses: then private networks stay out of reach. */
      typed: z.boolean().default(true),
    }),
  ).as<Saved[]>(),
  /** Text, Markdown or HTML as a string. `name` is the title's last resort. */
  saveText: question(
    z.strictObject({
      text: z.string().min(1).max(30_000_000),
      format: z.enum(['text', 'markdown', 'html']).default('text'),
      name: z.string().max(500).default(''),
      url: z.string().max(8_000).nullable().default(null),
      tags: Tags.default([]),
    }),
  ).as<Saved>(),
  /** A file's bytes in base64; the format is found by content and name. */
  saveFile: question(
    z.strictObject({
      name: z.string().min(1).max(500),
      base64: z.string().max(45_000_000),
      url: z.string().max(8_000).nullable().default(null),
      tags: Tags.default([]),
    }),
  ).as<Saved>(),
  /**
   * A page as it stands in a browser of the reader's, or what is selected of it as a document's whole body. What the
   * library has at that address is made anew from it.
   */
  capture: question(
    z.strictObject({
      url: z.string().min(1).max(8_000),
      title: z.string().max(500).default(''),
      html: z.string().min(1).max(captureLimit),
      part: z.enum(['page', 'selection']).default('page'),
      tags: Tags.default([]),
    }),
  ).as<Saved>(),
  /** Keeps the sample article of an empty library, in the language given: really stored, readable at once. */
  sample: question(z.strictObject({ language: z.enum(['en', 'zh-CN']) })).as<Saved>(),
  ...importQuestions,
  ...bookmarkQuestions,
  ...duplicateQuestions,
  ...lookQuestions,
  queue: question(z.strictObject({ count: z.int().min(1).max(1_000).default(200) })).as<
    QueueFacts & { items: QueueItem[] }
  >(),
  /** What could not be saved, by reason, the most frequent first; what was cancelled is left out. */
  failures: question(z.strictObject({ articles: z.boolean().default(false) })).as<FailedFor[]>(),
  /** Also ends the wait of those that wait for their next try. `'all'` is everything that failed. */
  retry: question(z.strictObject({ ids: z.union([Ids, z.literal('all')]) })).as<{ count: number }>(),
  /** `'all'` is everything waiting or being worked on. A cancelled article stays, failed with that reason. */
  cancel: question(z.strictObject({ ids: z.union([Ids, z.literal('all')]) })).as<{ count: number }>(),
  /** Fetches again only the pictures that are missing. */
  retryPictures: question(z.strictObject({ id: ArticleId })).as<{ pictures: Picture[] }>(),

  /** What extracting the kept page again would change; changes nothing and asks no network. Inputs as in `reextract`. */
  tryExtract: question(z.strictObject({ id: ArticleId, encoding: EncodingName, kind: KindName })).as<Trial>(),
  /**
   * Replaces an article by what its kept page gives now: stored pictures are used again, only new ones are fetched.
   * `encoding` reads the bytes by that encoding and keeps to it from then on, `auto` finds it anew, null leaves it as
   * it was; `kind` likewise says whether it is an article or only a list. `morePages` also fetches further pages of the
   * same article that are not here. `undo` brings the former article back; null when nothing would have changed, and then
   * `joins` stays good.
   */
  reextract: question(
    z.strictObject({
      id: ArticleId,
      encoding: EncodingName,
      kind: KindName,
      morePages: z.boolean().default(false),
      joins: Joins.nullable().default(null),
    }),
  ).as<Replaced>(),
  /** Articles that another version's extractor made and whose page is kept, in the order of saving. */
  older: question(z.strictObject({})).as<{ extractor: string; ids: ArticleId[] }>(),

  ...siteRuleQuestions,

  favourite: question(z.strictObject({ ids: Ids, on: z.boolean(), joins: Joins })).as<Undo>(),
  archive: question(z.strictObject({ ids: Ids, on: z.boolean(), joins: Joins })).as<Undo>(),
  finish: question(z.strictObject({ ids: Ids, on: z.boolean(), joins: Joins })).as<Undo>(),
  rename: question(z.strictObject({ id: ArticleId, title: z.string().trim().min(1).max(1_000) })).as<Undo>(),
  tag: question(z.strictObject({ ids: Ids, add: Tags.default([]), remove: Tags.default([]), joins: Joins })).as<Undo>(),
  place: question(z.strictObject({ id: ArticleId, place: Place })).as<null>(),
  /** So many seconds were spent reading an article just now; kept only while the preference says so. */
  read: question(z.strictObject({ id: ArticleId, seconds: z.int().min(1).max(3_600) })).as<null>(),
  statistics: question(z.strictObject({})).as<Statistics>(),
  /** Keeps the small picture that lists show of a stored one: WebP, made where pictures can be decoded. */
  keepThumb: question(z.strictObject({ file: z.string().regex(/^[0-9a-f]{64}\.[a-z0-9]{2,5}$/), base64: z.string().min(1).max(80_000) })).as<null>(),
  ...dictionaryQuestions,
  ...highlightQuestions,
  /** To the trash, where it stays 30 days. */
  trash: question(z.strictObject({ ids: Ids, joins: Joins })).as<Undo>(),
  restore: question(z.strictObject({ ids: Ids, joins: Joins })).as<Undo>(),
  /** For good. `'all'` is everything in the trash; only what is in the trash can be erased. */
  erase: question(z.strictObject({ ids: z.union([Ids, z.literal('all')]) })).as<{ count: number }>(),
  /** Takes a change back. With `most`, about so many acts of it: `left` of them the token still stands for. */
  undo: question(z.strictObject({ undo: z.string().max(100), most: z.int().min(1).max(10_000).optional() })).as<{ done: boolean; left?: number }>(),

  tags: question(z.strictObject({})).as<Tag[]>(),
  ...shelfQuestions(z.enum(sortOrders)),
  ...tagQuestions,
  ...exportQuestions(Where, z.enum(sortOrders)),
  ...searchQuestions(z.enum(sortOrders)),

  settings: question(z.strictObject({})).as<Settings>(),
  /** What a window asks first, in one: the answers to `lastAsked` and the settings, by `questionKey`. */
  first: question(z.strictObject({})).as<Record<string, unknown>>(),
  changeSettings: question(SettingsPatch).as<Settings>(),

  browsers: question(z.strictObject({})).as<BrowserFacts>(),
  /** Opens the way in for the reader's browsers, if it is closed, and shows a code there. */
  pairBrowser: question(z.strictObject({})).as<null>(),
  endPairing: question(z.strictObject({})).as<null>(),
  forgetBrowser: question(z.strictObject({ id: BrowserId })).as<null>(),

  ...folderQuestions,
};

export type Questions = typeof questions;
export type QuestionName = keyof Questions;
/** What the asker may write: defaults may be left out. */
export type Input<N extends QuestionName> = z.input<Questions[N]['input']>;
/** What the answerer gets: validated, defaults filled in. */
export type Parsed<N extends QuestionName> = z.output<Questions[N]['input']>;
export type Output<N extends QuestionName> = Questions[N] extends { output?: infer O } ? Exclude<O, undefined> : never;

/** What the library must provide. Failures are thrown as `FailureError`. */
export type Answers = { [N in QuestionName]: (input: Parsed<N>) => Output<N> | Promise<Output<N>> };
/** What a host's carrier offers: one function that names no question itself. */
export type Ask = <N extends QuestionName>(name: N, input: Input<N>) => Promise<Reply<Output<N>>>;

export type News =
  /** These articles changed in any way; null means "any of them may have". */
  | { about: 'articles'; ids: ArticleId[] | null }
  | { about: 'tags' }
  /** The searches kept, or how far the search index is. */
  | { about: 'searches' }
  | { about: 'queue'; facts: QueueFacts; working: QueueItem[] }
  | { about: 'settings'; settings: Settings }
  /** A browser was paired or forgotten, a code came or went, the way in was opened or closed. */
  | { about: 'browsers' }
  /** How far the missing pictures of an article are that were asked for again. */
  | { about: 'pictures'; id: ArticleId; done: number; of: number }
  /** Highlights of these articles changed; null means "of any of them". */
  | { about: 'highlights'; ids: ArticleId[] | null }
  /** Show this article, at a highlight: a second launch or a deep link asked for it. */
  | { about: 'open'; id: ArticleId; highlight?: HighlightId }
  /** A native menu item was chosen; `command` is an id from `commands.ts`. */
  | { about: 'command'; command: string }
  /** Another program proposes these addresses (a `lectern://save` link): shown in the Add panel, saved only when the reader says so. */
  | { about: 'offer'; urls: string[] }
  /** How far the library's move to another folder is; null when none is under way any more. */
  | { about: 'moving'; progress: MoveProgress | null }
  /** Whether the library is open, how far its opening is, or why there is none. */
  | { about: 'opening'; opening: Opening }
  /** How far a check or a new index is; null when neither is under way any more. */
  | { about: 'care'; care: CareProgress | null }
  /** Another library is open now: nothing known of the one before holds. */
  | { about: 'switched' }
  /** Something in the background failed that no question will answer for. */
  | { about: 'trouble'; failure: Failure };
