/** Why blocks of a page are not in the article. The first six are certain; the others say where the block stood when the chooser left it out. */
export const whys = [
  'title', 'breadcrumb', 'meta-line', 'note', 'heading-without-text', 'repeated',
  'hidden', 'comment', 'related', 'share', 'nav', 'foot', 'side', 'promo', 'form', 'tags', 'links', 'unlikely',
] as const;
export type Why = (typeof whys)[number];

/** The step that left something out: `lift` put it among the article's facts, `choose` took it for no part of the text, `tidy` came after. */
export type ExplainedStep = 'lift' | 'choose' | 'tidy';
/** `examples` are how at most three of the blocks begin. */
export type LeftOut = { step: ExplainedStep; why: Why; blocks: number; characters: number; examples: string[] };

/** What extraction did with a page, as counts of its blocks (paragraphs, headings, cells) and their characters. */
export type Explanation = {
  /** Whose word was taken: our own chooser's, Readability's where that found too little, everything visible, or a site rule's. */
  by: 'chooser' | 'readability' | 'whole-page' | 'rule';
  page: { blocks: number; characters: number; pictures: number };
  kept: { blocks: number; characters: number; pictures: number };
  /** Left out at first and brought back: whole tables and listings in the midst of the text, notes that the text refers to. */
  broughtBack: { whole: number; footnote: number };
  /** The largest first. */
  leftOut: LeftOut[];
};
