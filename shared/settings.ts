import { z } from 'zod';
import { translateSites } from './translate-site.ts';

export const themes = ['paper', 'white', 'sepia', 'dusk', 'night'] as const;
export type Theme = (typeof themes)[number];
export const typefaces = ['literata', 'source-serif', 'inter', 'atkinson', 'open-dyslexic', 'system-serif', 'system-sans'] as const;
export type Typeface = (typeof typefaces)[number];

/** Every preference, with its default and its bounds. The file holds only valid values; a bad one falls back alone. */
export const Settings = z.strictObject({
  language: z.enum(['system', 'en', 'zh-CN']).default('system'),
  /** `auto` follows the system between `lightTheme` and `darkTheme`. */
  appearance: z.enum(['auto', 'light', 'dark']).default('auto'),
  lightTheme: z.enum(['paper', 'white', 'sepia']).default('paper'),
  darkTheme: z.enum(['dusk', 'night']).default('night'),
  typeface: z.enum(typefaces).default('literata'),
  /** Pixels. */
  textSize: z.int().min(12).max(40).default(19),
  /** Column width in em; null lets the script decide (34 Latin, 38 CJK). */
  columnWidth: z.int().min(20).max(70).nullable().default(null),
  /** Null lets the script decide (1.6 Latin, 1.8 CJK). */
  lineHeight: z.number().min(1.2).max(2.6).nullable().default(null),
  /** Between paragraphs, in lines; null lets the script decide. */
  paragraphGap: z.number().min(0).max(2).nullable().default(null),
  justify: z.boolean().default(false),
  /** First lines of paragraphs indented, as books do it: 2 em in CJK, less in other scripts. */
  indent: z.boolean().default(false),
  /** Every paragraph but the one being read steps back. */
  dimOthers: z.boolean().default(false),
  /** A strip of clear text follows the pointer. */
  ruler: z.boolean().default(false),
  /** The beginnings of words are darker. */
  wordBeginnings: z.boolean().default(false),
  /** How fast articles are read aloud, as a multiple of the voice's own speed. */
  speechRate: z.number().min(0.5).max(3).default(1),
  /** The voice chosen for a language, by the name the system gives it. */
  speechVoices: z.record(z.string().max(20), z.string().max(300)).default({}),
  /** A little air between Han and Latin letters. */
  spaceHan: z.boolean().default(true),
  /** Full-width punctuation takes half its width at the start of a line and beside another. */
  trimMarks: z.boolean().default(true),
  /** Half-width punctuation between Han characters is shown full-width; what is kept and copied stays as it was. */
  repairMarks: z.boolean().default(false),
  /** CJK text in columns from right to left. */
  vertical: z.boolean().default(false),
  /** How a text goes on: scrolled, or turned page by page. */
  flow: z.enum(['scroll', 'pages']).default('scroll'),
  /** The site a selected text is taken to when the reader asks for a translation. */
  translateSite: z.enum(translateSites).default('none'),
  /** Single-letter shortcuts. */
  letterShortcuts: z.boolean().default(true),
  /** How close the rows of lists stand, and whether each shows its article's picture. */
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
  thumbnails: z.boolean().default(true),
  /** Count the time spent reading, for the reader's own statistics. */
  countReading: z.boolean().default(true),
  /** Fetch and keep pictures when saving. */
  keepPictures: z.boolean().default(true),
  /** The queue stands still until the reader lets it go on, also after a restart. */
  savingHeld: z.boolean().default(false),
  /** Bytes; a larger picture is left out and said so. */
  pictureLimit: z.int().min(100_000).max(100_000_000).default(20_000_000),
  /** Whether paired browsers may hand pages over, through a port on this machine. */
  captureDoor: z.boolean().default(false),
  /** Run the scripts of pages that hold no article without them. */
  renderPages: z.boolean().default(true),
  /** The desktop's library folder; null is the system's place for documents of this app. */
  libraryPath: z.string().nullable().default(null),
  /** Libraries opened on this machine, the newest first. */
  knownLibraries: z.array(z.string().max(4_000)).max(12).default([]),
  /** Pixels, the reader's own pane widths. */
  sidebarWidth: z.int().min(200).max(320).default(240),
  listWidth: z.int().min(280).max(520).default(360),
  /** The window's address hash when it was last open, such as `#/inbox?article=…`, to begin there again. */
  lastAddress: z.string().max(4_000).default(''),
  /** What the window asked for what it showed there (`questionKey`): the next start asks it in one. */
  lastAsked: z.array(z.string().max(4_000)).max(24).default([]),
});
export type Settings = z.infer<typeof Settings>;

export type SettingsPatch = Partial<Settings>;
/**
 * Some preferences, to be changed. Made without the defaults: `partial()` keeps them, and a change of one preference
 * would put every other back to its default.
 */
export const SettingsPatch = z.strictObject(
  Object.fromEntries(Object.entries(Settings.shape).map(([name, schema]) => [name, schema.unwrap().optional()])),
) as unknown as z.ZodType<SettingsPatch, SettingsPatch>;

export const defaultSettings: Settings = Settings.parse({});
