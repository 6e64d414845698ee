import { useEffect } from 'react';
import type { Settings, Theme } from '../../shared/settings.ts';
import { useAsk } from '../ask.ts';

const REMEMBERED = 'lectern.theme';
const darkSystem = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');
const isDark = (theme: Theme): boolean => theme === 'dusk' || theme === 'night';

function chosen(settings: Pick<Settings, 'appearance' | 'lightTheme' | 'darkTheme'>): Theme {
  const dark = settings.appearance === 'dark' || (settings.appearance === 'auto' && darkSystem().matches);
  return dark ? settings.darkTheme : settings.lightTheme;
}

/** The theme on the screen now. */
export function shownTheme(): { theme: string; dark: boolean } {
  const theme = document.documentElement.dataset['theme'] ?? 'paper';
  return { theme, dark: isDark(theme as Theme) };
}

/** Before the first frame, when no settings are known yet: what was shown last, else the system's light or dark. */
export function paintFirstTheme(): void {
  let remembered: string | null = null;
  try {
    remembered = localStorage.getItem(REMEMBERED);
  } catch {
    // Storage may be switched off; the system's choice is good enough for one frame.
  }
  document.documentElement.dataset['theme'] = remembered ?? (darkSystem().matches ? 'night' : 'paper');
}

/** Keeps `data-theme` on the root in step with the preferences and the system. */
export function useTheme(): void {
  const { value } = useAsk('settings', {});
  useEffect(() => {
    if (value === undefined) return undefined;
    const paint = () => {
      const theme = chosen(value);
      document.documentElement.dataset['theme'] = theme;
      try {
        localStorage.setItem(REMEMBERED, theme);
      } catch {
        // Only the first frame of the next start would have used it.
      }
    };
    paint();
    const system = darkSystem();
    system.addEventListener('change', paint);
    return () => system.removeEventListener('change', paint);
  }, [value]);
}
