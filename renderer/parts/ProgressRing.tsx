import styles from './ProgressRing.module.css';

const RADIUS = 6;
const ROUND = 2 * Math.PI * RADIUS;

/** How far an article was read, 0 to 1, as a ring; the words beside or in `label` say it too. */
export function ProgressRing({ progress, label }: { progress: number; label: string }) {
  return (
    <svg className={styles.ring} viewBox="0 0 16 16" role="img" aria-label={label}>
      <circle className={styles.track} cx="8" cy="8" r={RADIUS} />
      <circle
        className={styles.arc} cx="8" cy="8" r={RADIUS}
        strokeDasharray={`${Math.max(0.04, progress) * ROUND} ${ROUND}`} transform="rotate(-90 8 8)"
      />
    </svg>
  );
}
