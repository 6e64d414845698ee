import type { Moment } from '../shared/article.ts';
import { dayAfter, dayOf } from '../shared/day.ts';
import type { Failure } from '../shared/failure.ts';
import { told } from '../shared/words/explain.ts';
import { chooseLanguage, type Language } from '../shared/words/language.ts';
import type { Settings } from '../shared/settings.ts';
import type { Words } from '../shared/words/words.ts';
import { peek, useAsk } from './ask.ts';

export type { Language } from '../shared/words/language.ts';
export type { Words } from '../shared/words/words.ts';

const loaded = new Map<Language, Words>();

const loads: Record<Language, () => Promise<Words>> = {
  en: async () => (await import('../shared/words/en.ts')).en,
  'zh-CN': async () => (await import('../shared/words/zh-CN.ts')).zhCN,
};

/** The interface language that the settings come to. */
export const languageOf = (settings: Pick<Settings, 'language'> | undefined): Language => chooseLanguage(settings?.language ?? 'system', navigator.languages);

/** Whether a language can be spoken at once. */
export const isLoaded = (language: Language): boolean => loaded.has(language);

/** Gets the words of a language: before the first screen, and before another language is changed to. */
export async function loadWords(language: Language): Promise<void> {
  if (!loaded.has(language)) loaded.set(language, await loads[language]());
}

/** The words of one language; of another, until they are loaded. */
function wordsFor(language: Language): Words {
  const words = loaded.get(language) ?? [...loaded.values()][0];
  if (words === undefined) throw new Error('Something is said before the words are loaded.');
  return words;
}

/** The interface language now: the reader's preference, or the system's. */
export function useLanguage(): Language {
  return languageOf(useAsk('settings', {}).value);
}

/** The language and its words now, outside React. */
export function spoken(): { language: Language; words: Words } {
  const language = languageOf(peek('settings', {}).value);
  return { language, words: wordsFor(language) };
}

/** Every sentence of the interface in the reader's language; changes at once when the preference does. */
export function useWords(): Words {
  return wordsFor(useLanguage());
}

/** What a person is told of a failure in a panel; when Lectern's own process is not there, that and not "the site". */
export function tell(words: Words, failure: Failure): string {
  return failure.kind === 'no-connection' && failure.host === location.host ? words.app.gone : told(words, failure);
}

/** How dates are written in the interface language. */
export type Dates = {
  /** "3 minutes ago" within a week, then the day; `iso` is ISO 8601 in UTC. */
  ago(iso: string, now?: Date): string;
  /** The day: "3 Jun 2024", without the year in the year that is now. */
  day(iso: string, now?: Date): string;
  /** The month: "June 2024". */
  month(iso: string): string;
  /** A day of this calendar, `YYYY-MM-DD`, as a heading: today, yesterday, else with its weekday. */
  calendarDay(day: string, now?: Date): string;
  /** A moment as the page gave it, in its own time zone, as precise as it was. */
  moment(moment: Moment): string;
};

const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** Dates in the language given; plain, so that it can be used outside React. */
export function datesIn(language: Language, words: Words): Dates {
  const locale = language === 'en' ? 'en-GB' : language;
  const withYear = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric' });
  const withoutYear = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' });
  // The page's own clock is shown as written: its digits are read as if they were UTC and printed as UTC.
  const pageDay = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const pageTime = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

  const day = (iso: string, now = new Date()) => {
    const date = new Date(iso);
    if (Number.isNaN(date.getTime())) return iso;
    return (date.getFullYear() === now.getFullYear() ? withoutYear : withYear).format(date);
  };
  const weekday = { weekday: 'long', month: 'long', day: 'numeric' } as const;
  const thisYear = new Intl.DateTimeFormat(locale, weekday);
  const otherYear = new Intl.DateTimeFormat(locale, { ...weekday, year: 'numeric' });
  return {
    day,
    month: (iso) => new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long' }).format(new Date(iso)),
    calendarDay(text, now = new Date()) {
      const date = new Date(`${text}T12:00:00`);
      if (Number.isNaN(date.getTime())) return text;
      if (text === dayOf(now)) return words.dates.today;
      if (text === dayAfter(dayOf(now), -1)) return words.dates.yesterday;
      return (date.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(date);
    },
    ago(iso, now = new Date()) {
      const date = new Date(iso);
      const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
      const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
      if (Number.isNaN(minutes) || minutes < -1) return day(iso, now);
      if (minutes < 1) return words.dates.justNow;
      if (minutes < 60) return words.dates.minutesAgo(minutes);
      if (days < 1 || minutes < 6 * 60) return words.dates.hoursAgo(Math.floor(minutes / 60));
      if (days === 1) return words.dates.yesterday;
      return days < 7 ? words.dates.daysAgo(days) : day(iso, now);
    },
    moment({ local }) {
      const date = new Date(local.length === 10 ? `${local}T00:00:00Z` : `${local}Z`);
      if (Number.isNaN(date.getTime())) return local;
      return (local.length === 10 ? pageDay : pageTime).format(date);
    },
  };
}

const dates = new Map<Words, Dates>();

/** Dates in the interface language, made once: the system's formats take longer to make than a row of a list to draw. */
export function useDates(): Dates {
  const language = useLanguage();
  const words = wordsFor(language);
  const known = dates.get(words) ?? datesIn(language, words);
  dates.set(words, known);
  return known;
}
