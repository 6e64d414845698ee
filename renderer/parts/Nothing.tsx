import controls from './controls.module.css';
import styles from './PlaceFrame.module.css';

/** What stands in a place where nothing is: a sentence, and how something would come there. */
export function Nothing({ says, hint }: { says: string; hint: string }) {
  return (
    <div className={styles.nothing} role="status">
      <p>{says}</p>
      <p className={controls['hint']}>{hint}</p>
    </div>
  );
}
