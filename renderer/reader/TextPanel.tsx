import { Minus, Plus } from 'lucide-react';
import { useId } from 'react';
import type { ArticleId } from '../../shared/article.ts';
import type { Settings, SettingsPatch, Theme, Typeface } from '../../shared/settings.ts';
import { ask, expect } from '../ask.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { sayFailure } from '../parts/toasts.ts';
import { extractAgain } from '../view.ts';
import { useWords } from '../words.ts';
import { usualMeasure } from './frame-document.ts';
import type { Script } from './script.ts';
import styles from './TextPanel.module.css';

async function change(patch: SettingsPatch): Promise<void> {
  expect('settings', {}, (settings) => ({ ...settings, ...patch }));
  const reply = await ask('changeSettings', patch);
  if (!reply.ok) sayFailure(reply.failure);
}

const byTheme: Record<Theme, SettingsPatch> = {
  paper: { appearance: 'light', lightTheme: 'paper' },
  white: { appearance: 'light', lightTheme: 'white' },
  sepia: { appearance: 'light', lightTheme: 'sepia' },
  dusk: { appearance: 'dark', darkTheme: 'dusk' },
  night: { appearance: 'dark', darkTheme: 'night' },
};

/** The text's settings as they are on a new machine; a test keeps them equal to those of `shared/settings.ts`, which would bring the schema package along. */
export const usualText = {
  textSize: 19, columnWidth: null, lineHeight: null, typeface: 'literata', justify: false, indent: false,
} satisfies SettingsPatch;

/** Size, width, spacing, face and theme of the text, changed under one's eyes. */
export function TextPanel({ settings, theme, script, id }: { settings: Settings; theme: string; script: Script; id: ArticleId }) {
  const words = useWords();
  const face = useId();
  const { textSize, typeface } = settings;
  const width = settings.columnWidth ?? usualMeasure[script];
  const leading = settings.lineHeight ?? (script === 'cjk' ? 1.8 : 1.6);
  const typefaces = Object.keys(words.preferences.typefaces) as Typeface[];
  return (
    <div className={styles.panel}>
      <div className={styles.themes} role="group" aria-label={words.preferences.appearance}>
        {(Object.keys(byTheme) as Theme[]).map((each) => (
          <button
            key={each} type="button" className={styles.theme} data-theme={each} aria-pressed={theme === each}
            onClick={() => void change(byTheme[each])}
          >
            {words.preferences.themes[each]}
          </button>
        ))}
      </div>
      <Step
        name={words.preferences.textSize} value={words.preferences.pixels(textSize)} less={words.reader.smaller} more={words.reader.larger}
        onLess={textSize > 12 ? () => void change({ textSize: textSize - 1 }) : null}
        onMore={textSize < 40 ? () => void change({ textSize: textSize + 1 }) : null}
      />
      <Step
        name={words.preferences.columnWidth} value={words.preferences.ems(width)} less={words.reader.narrower} more={words.reader.wider}
        onLess={width > 20 ? () => void change({ columnWidth: width - 2 < 20 ? 20 : width - 2 }) : null}
        onMore={width < 70 ? () => void change({ columnWidth: width + 2 > 70 ? 70 : width + 2 }) : null}
      />
      <Step
        name={words.preferences.lineHeight} value={leading.toFixed(1)} less={words.reader.tighter} more={words.reader.looser}
        onLess={leading > 1.25 ? () => void change({ lineHeight: Math.round(leading * 10 - 1) / 10 }) : null}
        onMore={leading < 2.55 ? () => void change({ lineHeight: Math.round(leading * 10 + 1) / 10 }) : null}
      />
      <div className={styles.row}>
        <label htmlFor={face}>{words.preferences.typeface}</label>
        <select
          id={face} className={styles.select} value={typeface}
          onChange={(event) => {
            const chosen = typefaces.find((each) => each === event.target.value);
            if (chosen !== undefined) void change({ typeface: chosen });
          }}
        >
          {typefaces.map((each) => <option key={each} value={each}>{words.preferences.typefaces[each]}</option>)}
        </select>
      </div>
      <label className={styles.row}>
        {words.preferences.justify}
        <input type="checkbox" checked={settings.justify} onChange={(event) => void change({ justify: event.target.checked })} />
      </label>
      {script === 'cjk' && (
        <label className={styles.row}>
          {words.preferences.indent}
          <input type="checkbox" checked={settings.indent} onChange={(event) => void change({ indent: event.target.checked })} />
        </label>
      )}
      <button
        type="button" className={styles.usual}
        onClick={() => void change(usualText)}
      >
        {words.reader.usual}
      </button>
      <div className={styles.again}>
        <button type="button" className={styles.quiet} onClick={(event) => leaveFor(event.currentTarget, () => extractAgain(id, 'encoding'))}>
          {words.reader.garbled}
        </button>
        <button type="button" className={styles.quiet} onClick={(event) => leaveFor(event.currentTarget, () => extractAgain(id))}>
          {words.reader.extractAgain}
        </button>
      </div>
    </div>
  );
}

/** Closes the popover first, so that the focus is on its button when the panel takes it, and comes back to there. */
function leaveFor(button: HTMLElement, open: () => void): void {
  button.closest<HTMLElement>('[popover]')?.hidePopover();
  open();
}

type StepProps = {
  name: string; value: string; less: string; more: string; onLess: (() => void) | null; onMore: (() => void) | null;
};

function Step({ name, value, less, more, onLess, onMore }: StepProps) {
  return (
    <div className={styles.row} role="group" aria-label={name}>
      <span>{name}</span>
      <span className={styles.step}>
        <IconButton icon={Minus} small label={less} aria-disabled={onLess === null} onClick={() => onLess?.()} />
        <output className={styles.value}>{value}</output>
        <IconButton icon={Plus} small label={more} aria-disabled={onMore === null} onClick={() => onMore?.()} />
      </span>
    </div>
  );
}
