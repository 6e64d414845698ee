import { Minus, Plus } from 'lucide-react';
import { useId, useState } from 'react';
import type { Article } from '../../shared/article.ts';
import type { Look, LookChange } from '../../shared/look.ts';
import type { Settings, Theme, Typeface } from '../../shared/settings.ts';
import { ask, expect } from '../ask.ts';
import { IconButton } from '../parts/IconButton.tsx';
import { act, sayFailure } from '../parts/toasts.ts';
import { extractAgain } from '../view.ts';
import { useWords } from '../words.ts';
import { usualLeading, usualMeasure } from './frame-document.ts';
import { byTheme, lookOf, usualText, type TextLook } from './look.ts';
import type { Script } from './script.ts';
import styles from './TextPanel.module.css';

type Props = { settings: Settings; article: Article; theme: Theme; set: { script: Script; lang: string } };

/** How the text looks and goes on, changed under one's eyes: for all articles, or for this one alone. */
export function TextPanel({ settings, article, theme, set }: Props) {
  const words = useWords();
  const face = useId();
  const { id } = article;
  const owned = Object.keys(article.look).length > 0;
  const [alone, setAlone] = useState(owned);
  const look = lookOf(settings, article.look);
  const cjk = set.script === 'cjk';
  const width = look.columnWidth ?? usualMeasure[set.script];
  const leading = look.lineHeight ?? usualLeading(set);
  const gap = look.paragraphGap ?? (cjk ? 0.7 : 0.8);
  const typefaces = Object.keys(words.preferences.typefaces) as Typeface[];

  const change = (patch: Partial<TextLook>) =>
    alone ? changeAlone(article, Object.fromEntries(Object.entries(patch).map(([field, value]) => [field, value ?? 'auto']))) : changeAll(patch);
  const check = (field: 'justify' | 'indent' | 'vertical' | 'spaceHan' | 'trimMarks' | 'repairMarks') => (
    <label className={styles.row}>
      {words.preferences[field]}
      <input type="checkbox" checked={look[field]} onChange={(event) => void change({ [field]: event.target.checked })} />
    </label>
  );
  return (
    <div className={styles.panel}>
      <div className={styles.themes} role="group" aria-label={words.preferences.appearance}>
        {(Object.keys(byTheme) as Theme[]).map((each) => (
          <button
            key={each} type="button" className={styles.theme} data-theme={each} aria-pressed={theme === each}
            onClick={() => void (alone ? changeAlone(article, { theme: each }) : changeAll(byTheme[each]))}
          >
            {words.preferences.themes[each]}
          </button>
        ))}
      </div>
      <div className={styles.whose}>
        <label className={styles.row}>
          {words.reader.onlyThis}
          <input
            type="checkbox" checked={alone}
            onChange={(event) => {
              setAlone(event.target.checked);
              if (!event.target.checked && owned) void likeAll(article);
            }}
          />
        </label>
        {owned && <p className={styles.own}>{words.reader.ownLook(Object.keys(article.look).length)}</p>}
      </div>
      <Step
        name={words.preferences.textSize} value={words.preferences.pixels(look.textSize)} less={words.reader.smaller} more={words.reader.larger}
        onLess={look.textSize > 12 ? () => void change({ textSize: look.textSize - 1 }) : null}
        onMore={look.textSize < 40 ? () => void change({ textSize: look.textSize + 1 }) : null}
      />
      <Step
        name={words.preferences.columnWidth} value={words.preferences.ems(width)} less={words.reader.narrower} more={words.reader.wider}
        onLess={width > 20 ? () => void change({ columnWidth: Math.max(20, width - 2) }) : null}
        onMore={width < 70 ? () => void change({ columnWidth: Math.min(70, width + 2) }) : null}
      />
      <Step
        name={words.preferences.lineHeight} value={leading.toFixed(1)} less={words.reader.tighter} more={words.reader.looser}
        onLess={leading > 1.25 ? () => void change({ lineHeight: Math.round(leading * 10 - 1) / 10 }) : null}
        onMore={leading < 2.55 ? () => void change({ lineHeight: Math.round(leading * 10 + 1) / 10 }) : null}
      />
      <Step
        name={words.preferences.paragraphGap} value={gap.toFixed(1)} less={words.reader.tighter} more={words.reader.looser}
        onLess={gap > 0.05 ? () => void change({ paragraphGap: Math.round(gap * 10 - 1) / 10 }) : null}
        onMore={gap < 1.95 ? () => void change({ paragraphGap: Math.round(gap * 10 + 1) / 10 }) : null}
      />
      <div className={styles.row}>
        <label htmlFor={face}>{words.preferences.typeface}</label>
        <select
          id={face} className={styles.select} value={look.typeface}
          onChange={(event) => {
            const chosen = typefaces.find((each) => each === event.target.value);
            if (chosen !== undefined) void change({ typeface: chosen });
          }}
        >
          {typefaces.map((each) => <option key={each} value={each}>{words.preferences.typefaces[each]}</option>)}
        </select>
      </div>
      {check('justify')}
      {check('indent')}
      {cjk && check('vertical')}
      {cjk && check('spaceHan')}
      {cjk && check('trimMarks')}
      {cjk && check('repairMarks')}
      <label className={styles.row}>
        {words.preferences.inPages}
        <input type="checkbox" checked={look.flow === 'pages'} onChange={(event) => void change({ flow: event.target.checked ? 'pages' : 'scroll' })} />
      </label>
      <button type="button" className={styles.usual} onClick={() => void (alone ? likeAll(article) : changeAll(usualText))}>
        {alone ? words.reader.asAll : words.reader.usual}
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

async function changeAll(patch: Partial<Settings>): Promise<void> {
  expect('settings', {}, (settings) => ({ ...settings, ...patch }));
  const reply = await ask('changeSettings', patch);
  if (!reply.ok) sayFailure(reply.failure);
}

async function changeAlone({ id }: Article, change: LookChange): Promise<void> {
  expect('article', { id }, (article) => ({ ...article, look: { ...article.look, ...(change as Look) } }));
  await act('look', { id, change }, null);
}

/** Takes away what an article has of its own; said, with the way back. */
async function likeAll({ id, look }: Article): Promise<void> {
  expect('article', { id }, (article) => ({ ...article, look: {} }));
  await act('look', { id, change: Object.fromEntries(Object.keys(look).map((field) => [field, null])) }, (words) => words.reader.likeAll);
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
