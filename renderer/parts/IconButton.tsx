import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './IconButton.module.css';

type Props = Omit<ComponentProps<'button'>, 'children' | 'aria-label' | 'title'> & {
  icon: LucideIcon;
  /** Its name: read out, and shown when pointed at. */
  label: string;
  /** A key cap to show beside the name, such as `E`. */
  hint?: string;
  small?: boolean;
  /** Pressed or not, for a button that is a switch. */
  on?: boolean;
};

/** A button that is only an icon, with its name for those who cannot see it. */
export function IconButton({ icon: Icon, label, hint, small = false, on, className, ...rest }: Props) {
  return (
    <button
      type="button" aria-label={label} title={hint === undefined ? label : `${label}  ${hint}`} aria-pressed={on}
      className={[styles.button, small ? styles.small : '', className ?? ''].join(' ')} {...rest}
    >
      <Icon size={small ? 16 : 20} strokeWidth={1.5} aria-hidden fill={on === true ? 'currentColor' : 'none'} />
    </button>
  );
}
