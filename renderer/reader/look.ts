import type { Look } from '../../shared/look.ts';
import type { Settings, Theme } from '../../shared/settings.ts';

/** What decides how a text looks. */
export type TextLook = Pick<
  Settings,
  | 'typeface' | 'textSize' | 'columnWidth' | 'lineHeight' | 'paragraphGap' | 'justify' | 'indent' | 'spaceHan' | 'trimMarks' | 'repairMarks' | 'vertical' | 'flow'
>;

/** How a text looks on a new machine; a test keeps it equal to `shared/settings.ts`, which would bring the schema package along. */
export const usualText = {
  textSize: 19, columnWidth: null, lineHeight: null, paragraphGap: null, typeface: 'literata', justify: false, indent: false,
  spaceHan: true, trimMarks: true, repairMarks: false, vertical: false, flow: 'scroll',
} satisfies TextLook;

const fixed = <T extends string | number>(own: T | 'auto' | undefined, all: T | null): T | null => (own === undefined ? all : own === 'auto' ? null : own);

/** How one article looks: the preferences, and over them what it has of its own. */
export function lookOf(settings: TextLook, { theme: _theme, columnWidth, lineHeight, paragraphGap, ...own }: Look): TextLook {
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  const names = Object.keys(usualText) as Array<keyof TextLook>;
  return {
    ...(Object.fromEntries(names.map((name) => [name, settings[name]])) as TextLook),
    ...given,
    columnWidth: fixed(columnWidth, settings.columnWidth),
    lineHeight: fixed(lineHeight, settings.lineHeight),
    paragraphGap: fixed(paragraphGap, settings.paragraphGap),
  };
}

/** The preferences that choose a theme, light or dark. */
export const byTheme: Record<Theme, Partial<Settings>> = {
  paper: { appearance: 'light', lightTheme: 'paper' },
  white: { appearance: 'light', lightTheme: 'white' },
  sepia: { appearance: 'light', lightTheme: 'sepia' },
  dusk: { appearance: 'dark', darkTheme: 'dusk' },
  night: { appearance: 'dark', darkTheme: 'night' },
};
