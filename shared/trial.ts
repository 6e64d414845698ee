import type { Moment } from './article.ts';
import type { PageKind } from './page-kind.ts';
import type { Explanation } from './explanation.ts';

/** A fact that extracting again would change. */
export type FactChange =
  | { fact: 'kind'; before: PageKind; after: PageKind }
  | { fact: 'title' | 'byline' | 'source'; before: string | null; after: string | null }
  | { fact: 'publishedAt'; before: Moment | null; after: Moment | null };

/** One stretch of the text compared block by block, in reading order; `text` of `kept` is how its first block begins. */
export type BlockChange = { did: 'kept'; count: number; text: string } | { did: 'added' | 'removed'; text: string };

/** What extracting an article's kept page again comes to, beside the article as it is. */
export type Trial = {
  /** WHATWG names; `before` is null where the article's own facts are damaged, `chosen` says that the reader named `after`. */
  encoding: { before: string | null; after: string; chosen: boolean };
  /** `chosen` says that the reader named it. */
  kind: { after: PageKind; chosen: boolean };
  title: string;
  lang: string | null;
  dir: 'ltr' | 'rtl';
  /** How the text begins: at most three blocks, each cut short. */
  opening: string[];
  /** Those that differ. */
  facts: FactChange[];
  kept: number;
  added: number;
  removed: number;
  changes: BlockChange[];
  /** Changed blocks that `changes` had no room for. */
  unshown: number;
  /** How much text and how many pictures there are before and after; `before` is of what can still be read. */
  amount: { characters: { before: number; after: number }; pictures: { before: number; after: number } };
  /** How many of the highlights that are found in the text now would not be found after. */
  highlights: { lost: number; of: number };
  /** The text is the same but what it is made of is not: links, headings, pictures, tables. */
  reshaped: boolean;
  /** What was left out and why; null where nobody chooses (plain text, Markdown) and after replacing. */
  explanation: Explanation | null;
};

/** Whether replacing would change anything a reader can see. */
export const isSame = ({ facts, added, removed, reshaped }: Pick<Trial, 'facts' | 'added' | 'removed' | 'reshaped'>): boolean => facts.length === 0 && added + removed === 0 && !reshaped;

/** Whether the article would lose so much that a person should look before it is replaced: a third of its text, or half of its pictures. */
export function looksWorse({ amount: { characters, pictures } }: Pick<Trial, 'amount'>): boolean {
  return characters.after < characters.before * 0.7 || (pictures.before > 1 && pictures.after * 2 <= pictures.before);
}

/** The encodings offered where a page came out garbled, those most often wrong first; any other WHATWG name works too. */
export const encodings = [
  'utf-8', 'gb18030', 'big5', 'shift_jis', 'euc-jp', 'iso-2022-jp', 'euc-kr', 'windows-1252', 'windows-1250', 'windows-1251', 'koi8-r',
  'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256', 'windows-1258', 'windows-874',
] as const;
export type Encoding = (typeof encodings)[number];
