import type { Settings } from '../settings.ts';

/** The languages the interface speaks, by their BCP 47 names. */
export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** The interface language for a preference, where `system` is the system's list of languages, best first. */
export function chooseLanguage(preference: Settings['language'], system: readonly string[]): Language {
  if (preference !== 'system') return preference;
  for (const tag of system) {
    const [language] = tag.toLowerCase().split(/[-_.]/u);
    if (language === 'zh') return 'zh-CN';
    if (language === 'en') return 'en';
  }
  return 'en';
}
