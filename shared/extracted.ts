import type { Moment, ResourceList } from './article.ts';
import type { PageKind } from './page-kind.ts';

/** What extraction makes of one page: values only, no I/O behind any of them. */
export type Extracted = {
  /** A page that is only a list of links is no article; `html` and `text` are then what little could be made of it. */
  kind: PageKind;
  /** Without the site's suffix. Never empty: the last resort is the host or the file's name. */
  title: string;
  byline: string | null;
  site: string | null;
  /** 来源: who the page says it took the text from; `doubtful` when the value cannot be a name (a bare number). */
  source: { text: string; doubtful: boolean } | null;
  publishedAt: Moment | null;
  modifiedAt: Moment | null;
  /** BCP 47, by declaration or by content; null when neither tells. */
  lang: string | null;
  dir: 'ltr' | 'rtl';
  /** Absolute address. */
  leadImage: string | null;
  /** The page's own canonical address, absolute, if it names one on the same site. */
  canonical: string | null;
  /** The article's body through the allow-list sanitiser; every address absolute; pictures still remote (or `data:`). */
  html: string;
  /** The body as plain text, a blank line between blocks, captions left out. */
  text: string;
  excerpt: string;
  /** As on the page, outermost first (首页/Home and repeated sections included), without the article's own title. */
  breadcrumb: string[];
  /** The part of the site it stands in: as declared, else the innermost breadcrumb. */
  section: string | null;
  keywords: string[];
  resources: ResourceList[];
  /** Words for Latin and the like, characters for Han, kana and hangul. */
  words: number;
  minutes: number;
  /** Where the same article goes on. */
  nextPage: NextPage | null;
};

/** The page after one; `sure` is false where only its title can tell that it is the same article's: the link alone does not. */
export type NextPage = { url: string; sure: boolean };
