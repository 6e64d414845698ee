import { useId, type ReactNode } from 'react';
import controls from '../parts/controls.module.css';
import styles from './Preferences.module.css';

/** A box of rows under an optional heading. */
export function Group({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className={styles['group']}>
      {title === undefined ? null : <h3>{title}</h3>}
      <div className={styles['rows']}>{children}</div>
    </section>
  );
}

type RowProps = {
  label: string;
  hint?: string | undefined;
  /** The control, given the id its label points to and the id of its hint. */
  children: (id: string, hintId: string | undefined) => ReactNode;
};

/** One preference: its label and hint on the left, its control on the right. */
export function Row({ label, hint, children }: RowProps) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className={styles['row']}>
      <div className={styles['label']}>
        <label htmlFor={id}>{label}</label>
        {hint === undefined ? null : (
          <p id={hintId} className={controls['hint']}>
            {hint}
          </p>
        )}
      </div>
      <div className={styles['control']}>{children(id, hintId)}</div>
    </div>
  );
}

/** A preference that is on or off. */
export function Switch({ label, hint, on, onChange }: { label: string; hint?: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <Row label={label} hint={hint}>
      {(id, hintId) => (
        <input
          id={id}
          type="checkbox"
          role="switch"
          aria-checked={on}
          className={controls['switch']}
          aria-describedby={hintId}
          checked={on}
          onChange={(event) => onChange(event.target.checked)}
        />
      )}
    </Row>
  );
}

type ChoiceProps<T extends string> = {
  label: string;
  value: T;
  options: ReadonlyArray<{ value: T; text: string; lang?: string }>;
  onChange: (value: T) => void;
};

/** One of a few, drawn side by side. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div className={styles['row']}>
      <div className={styles['label']} id={id}>
        {label}
      </div>
      <div className={`${styles['control']} ${controls['segments']}`} role="radiogroup" aria-labelledby={id}>
        {options.map((option) => (
          <label key={option.value} lang={option.lang}>
            <input type="radio" name={id} checked={option.value === value} onChange={() => onChange(option.value)} />
            {option.text}
          </label>
        ))}
      </div>
    </div>
  );
}

type SliderProps = {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  text: (value: number) => string;
  onChange: (value: number) => void;
  /** For a preference that can also be left to the article: its words, whether it is, and how to switch. */
  automatic?: { text: string; on: boolean; onChange: (on: boolean) => void };
};

/** A number chosen by hand, with what it is in words beside it. */
export function Slider({ label, value, min, max, step, text, onChange, automatic }: SliderProps) {
  const off = automatic?.on === true;
  return (
    <Row label={label}>
      {(id) => (
        <>
          {automatic === undefined ? null : (
            <label className={styles['automatic']}>
              <input type="checkbox" checked={automatic.on} onChange={(event) => automatic.onChange(event.target.checked)} />
              {automatic.text}
            </label>
          )}
          <input
            id={id}
            type="range"
            className={styles['slider']}
            min={min}
            max={max}
            step={step}
            value={value}
            disabled={off}
            aria-valuetext={text(value)}
            onChange={(event) => onChange(event.target.valueAsNumber)}
          />
          <output htmlFor={id} className={styles['value']}>
            {off ? '' : text(value)}
          </output>
        </>
      )}
    </Row>
  );
}
