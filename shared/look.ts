import { z } from 'zod';
import { ArticleId } from './article.ts';
import type { Undo } from './contract.ts';
import { question } from './question.ts';
import { Settings, themes, typefaces } from './settings.ts';

const { textSize, lineHeight, columnWidth, paragraphGap, justify, indent, spaceHan, trimMarks, repairMarks, vertical, flow } = Settings.shape;

/** What one article may have of its own, each with its bounds; `auto` leaves to the script what all articles have fixed. */
const fields = {
  theme: z.enum(themes),
  typeface: z.enum(typefaces),
  textSize: textSize.unwrap(),
  columnWidth: z.union([columnWidth.unwrap().unwrap(), z.literal('auto')]),
  lineHeight: z.union([lineHeight.unwrap().unwrap(), z.literal('auto')]),
  paragraphGap: z.union([paragraphGap.unwrap().unwrap(), z.literal('auto')]),
  justify: justify.unwrap(),
  indent: indent.unwrap(),
  spaceHan: spaceHan.unwrap(),
  trimMarks: trimMarks.unwrap(),
  repairMarks: repairMarks.unwrap(),
  vertical: vertical.unwrap(),
  flow: flow.unwrap(),
};

/** How one article looks where it differs from all others. */
export const Look = z.strictObject(fields).partial();
export type Look = z.infer<typeof Look>;
export type LookField = keyof Look;
export type LookValue = string | number | boolean;

export const lookFields = Object.keys(fields) as [LookField, ...LookField[]];

/** Whether a value is one that this field of a look can have. */
export function fitsLook(field: LookField, value: LookValue): boolean {
  return fields[field].safeParse(value).success;
}

/** What is to change in an article's look; null makes it like all others again. */
export type LookChange = { [F in LookField]?: Look[F] | null };
const LookChange = z.strictObject(
  Object.fromEntries(Object.entries(fields).map(([field, schema]) => [field, schema.nullable().optional()])),
) as unknown as z.ZodType<LookChange, LookChange>;

/** What may be asked about an article's own look; part of the contract. */
export const lookQuestions = {
  /** Changes how this article alone looks. */
  look: question(z.strictObject({ id: ArticleId, change: LookChange })).as<Undo>(),
};
