import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import styles from './Separator.module.css';

type Props = {
  /** Its name, such as "Width of the sidebar". */
  label: string;
  /** All in pixels. */
  value: number;
  min: number;
  max: number;
  /** Called at every move, for the screen. */
  onMove: (value: number) => void;
  /** Called when the hand lets go, for keeping. */
  onDone: (value: number) => void;
  onFold: () => void;
};

const KEY_STEP = 16;
const toward = (): number => (document.documentElement.dir === 'rtl' ? -1 : 1);

/** The edge between two panes: dragged, or moved by the arrow keys; Enter folds the pane before it. */
export function Separator({ label, value, min, max, onMove, onDone, onFold }: Props) {
  const start = useRef<{ x: number; value: number } | null>(null);
  const latest = useRef(value);
  const within = (to: number) => Math.round(Math.min(max, Math.max(min, to)));
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, value };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (start.current === null) return;
    latest.current = within(start.current.value + (event.clientX - start.current.x) * toward());
    onMove(latest.current);
  };
  const onPointerUp = () => {
    if (start.current === null) return;
    const moved = latest.current !== start.current.value;
    start.current = null;
    if (moved) onDone(latest.current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowLeft: value - KEY_STEP * toward(), ArrowRight: value + KEY_STEP * toward(), Home: min, End: max }[event.key];
    if (to === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (to === undefined) onFold();
    else {
      onMove(within(to));
      onDone(within(to));
    }
  };
  return (
    // A separator that can be moved is a widget by ARIA, so it takes focus and keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator" aria-orientation="vertical" aria-label={label} aria-valuenow={value} aria-valuemin={min} aria-valuemax={max}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0} className={styles.separator}
      onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={onPointerUp} onPointerCancel={onPointerUp}
      onDoubleClick={onFold} onKeyDown={onKeyDown}
    />
  );
}
