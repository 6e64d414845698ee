import { z } from 'zod';
import type { Failure } from './failure.ts';
import { question } from './question.ts';

/*
 * The folder a library lies in: how much room its parts take, moving it, and opening another one.
 */

/** Bytes on the disk by kind: what the files hold, not what the disk sets aside for them. */
export type Sizes = { articles: number; pictures: number; journals: number; index: number; other: number; total: number };

/** Why a folder cannot take a library in, or be opened as one. */
export const folderTroubles = ['missing', 'relative', 'same', 'inside', 'around', 'not-empty', 'not-a-folder', 'no-library', 'no-parent', 'fixed'] as const;
export type FolderTrouble = (typeof folderTroubles)[number];

/** A library that was open here before. `there` is whether its folder can be seen now. */
export type KnownLibrary = { path: string; there: boolean };

export type FolderFacts = {
  path: string;
  /** Bytes still free on its disk; null where the system does not say. */
  free: number | null;
  /** Those opened on this machine, the newest first, without the one that is open. */
  known: KnownLibrary[];
  /** Whether this host can move the library and open another without being started anew. */
  canSwitch: boolean;
  /** Whether it has the system's own dialog for choosing a folder, and can show one in the system's file manager. */
  canChoose: boolean;
  canShow: boolean;
  moving: MoveProgress | null;
};

/** How far a move is: bytes copied and checked of all. */
export type MoveProgress = { to: string; done: number; of: number };

/** What would come of choosing a folder. `path` is the very folder that would be used. */
export type FolderPlan =
  /** `needed` is null where the library stays on its disk and only its name changes. */
  | { act: 'move'; path: string; needed: number | null; free: number | null }
  | { act: 'open'; path: string; made: boolean };

/**
 * Whether the library is open. `opening` is a share of the work that an older index takes; `missing` is a folder that is not there,
 * `gone` one that went away while it was open, with what is known of it still told; `failed` is why it could not be opened.
 */
export type Opening =
  | { state: 'open' }
  | { state: 'opening'; path: string; share: number }
  | { state: 'missing'; path: string }
  | { state: 'gone'; path: string }
  | { state: 'failed'; path: string; failure: Failure };

/** How far a check or a new index is: a share of all of it. */
export type CareProgress = { work: 'check' | 'rebuild'; share: number };

/** What compacting gave back, in bytes; `acts` is how many superseded ones went. */
export type Compacted = { index: number; journals: number; leftovers: number; acts: number };

export type CheckReport = {
  articles: number;
  files: number;
  acts: number;
  /** In plain data: what is wrong, where. Empty means the library is whole. */
  problems: Array<{ what: string; where: string }>;
};

const Path = z.string().trim().min(1).max(4_000);

export const folderQuestions = {
  /** Answered also while it is not open. */
  opening: question(z.strictObject({})).as<Opening>(),
  /** Looks for a library that is missing or could not be opened, and opens it if it is there. */
  openAgain: question(z.strictObject({})).as<null>(),
  /** Where the library is and what could be done about it; costs nothing. */
  folder: question(z.strictObject({})).as<FolderFacts>(),
  /** What its parts take; looks at every file, beside the library's other work. */
  sizes: question(z.strictObject({})).as<Sizes>(),
  /** Takes in what other machines that share the folder have written since. */
  heedOthers: question(z.strictObject({})).as<null>(),
  /** The system's own dialog; null when it was closed without a choice. */
  chooseFolder: question(z.strictObject({})).as<{ path: string | null }>(),
  /** Shows the library's folder in the system's file manager. */
  showFolder: question(z.strictObject({})).as<null>(),
  /** What choosing this folder would do, or why it cannot be; changes nothing. */
  planFolder: question(z.strictObject({ path: Path, act: z.enum(['move', 'open']) })).as<FolderPlan>(),
  /** Moves the library there and goes on with it. What is copied is compared before the old folder is removed. */
  moveLibrary: question(z.strictObject({ path: Path })).as<{ path: string }>(),
  /** Closes this library and opens that one; with `make` a folder without a library becomes one. */
  openLibrary: question(z.strictObject({ path: Path, make: z.boolean().default(false) })).as<{ path: string }>(),
  /** Takes a library off the list of known ones; its folder stays as it is. */
  forgetLibrary: question(z.strictObject({ path: Path })).as<null>(),
  /** Gives room back: a tighter index, leftovers of what was cut short, acts that later ones made void. */
  compact: question(z.strictObject({})).as<Compacted>(),
  check: question(z.strictObject({})).as<CheckReport>(),
  /** Makes the index anew. */
  rebuild: question(z.strictObject({})).as<{ articles: number }>(),
  /** Stops a check or a new index that is under way: whoever asked for it is told `cancelled`, and nothing has changed. */
  stopCare: question(z.strictObject({})).as<null>(),
};
