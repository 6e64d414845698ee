import { z } from 'zod';
import type { Undo } from './contract.ts';
import { importPart, type ImportFormat } from './import-format.ts';
import { question } from './question.ts';
import type { Refused } from './recognise.ts';
import { TagName } from './tag.ts';

/**
 * What a file from elsewhere holds, before anything is done with it. `links` counts each page once; `texts` of them come with
 * their article; `from` and `to` are the times of the first and the last saved, in ISO 8601; `refused` are at most the first
 * hundred of `left`, the entries that have no address of the web, counted from 1.
 */
export type ImportFacts = {
  format: ImportFormat;
  links: number;
  known: number;
  repeated: number;
  texts: number;
  archived: number;
  favourites: number;
  finished: number;
  notes: number;
  highlights: number;
  /** Their tags, and how many; the most used first, at most 30 of `allTags`. */
  tags: Array<{ tag: string; count: number }>;
  allTags: number;
  /** How many of the links lie in folders or collections. */
  foldered: number;
  from: string | null;
  to: string | null;
  left: number;
  refused: Refused[];
};

/** What an import came to. `made` are new, `known` were here already and got what they lacked. */
export type Imported = Undo & { made: number; known: number; left: number };

const Token = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{16}$/);

export const importQuestions = {
  /** Takes the next part of a file in; the first, without a token, begins one. What is not looked at within the run is gone with it. */
  importPart: question(z.strictObject({ token: Token.nullable().default(null), base64: z.string().max(Math.ceil(importPart / 3) * 4 + 4) })).as<{ token: string }>(),
  /** What a file handed in holds; null when it is nothing that is known as an export. Throws `too-large`, `too-many-entries`, `broken-archive`. */
  lookImport: question(z.strictObject({ token: Token, name: z.string().max(500) })).as<ImportFacts | null>(),
  /**
   * Takes over what a file holds, each with its time, tags, state, note and highlights; articles that come with their text are
   * made of it, of others the page is fetched, or with `bookmarks` only the address is kept. With `folders` each folder is a tag.
   */
  runImport: question(
    z.strictObject({ token: Token, name: z.string().max(500), tags: z.array(TagName).max(100).default([]), bookmarks: z.boolean().default(false), folders: z.boolean().default(true) }),
  ).as<Imported>(),
  /** Forgets a file handed in. */
  dropImport: question(z.strictObject({ token: Token })).as<null>(),
};
