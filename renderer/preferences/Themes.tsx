import { useId } from 'react';
import type { Settings, Theme } from '../../shared/settings.ts';
import { useWords } from '../words.ts';
import styles from './Preferences.module.css';

type Props<T extends Theme> = { label: string; themes: readonly T[]; value: T; onChange: (theme: T) => void };

/** Themes to choose from, each shown as a small page in its own colours. */
function Swatches<T extends Theme>({ label, themes, value, onChange }: Props<T>) {
  const words = useWords().preferences;
  const id = useId();
  return (
    <div className={styles['row']}>
      <div className={styles['label']} id={id}>
        {label}
      </div>
      <div className={`${styles['control']} ${styles['swatches']}`} role="radiogroup" aria-labelledby={id}>
        {themes.map((theme) => (
          <label key={theme} className={styles['swatch']}>
            <input type="radio" name={id} checked={theme === value} onChange={() => onChange(theme)} />
            <span className={styles['leaf']} data-theme={theme} aria-hidden>
              <span className={styles['line']} />
              <span className={styles['line']} />
              <span className={styles['line']} />
            </span>
            {words.themes[theme]}
          </label>
        ))}
      </div>
    </div>
  );
}

const light = ['paper', 'white', 'sepia'] as const satisfies ReadonlyArray<Settings['lightTheme']>;
const dark = ['dusk', 'night'] as const satisfies ReadonlyArray<Settings['darkTheme']>;

/** The light and the dark theme. */
export function Themes({ settings, change }: { settings: Settings; change: (patch: Partial<Settings>) => void }) {
  const words = useWords().preferences;
  return (
    <>
      <Swatches label={words.lightTheme} themes={light} value={settings.lightTheme} onChange={(lightTheme) => change({ lightTheme })} />
      <Swatches label={words.darkTheme} themes={dark} value={settings.darkTheme} onChange={(darkTheme) => change({ darkTheme })} />
    </>
  );
}
