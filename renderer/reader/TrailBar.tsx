import { Redo2, Undo2 } from 'lucide-react';
import { useWords } from '../words.ts';
import type { Trail } from './trail.ts';
import styles from './TrailBar.module.css';

/** The way back after following a link within the article, and forward again; out of the way with the toolbar. */
export function TrailBar({ trail, hidden }: { trail: Trail; hidden: boolean }) {
  const { reader } = useWords();
  if (trail.behind + trail.ahead === 0) return null;
  const mac = /mac/i.test(navigator.platform);
  return (
    <nav className={styles.bar} aria-label={reader.trail} data-hidden={hidden || undefined}>
      <button type="button" className={styles.way} aria-disabled={trail.behind === 0} title={mac ? '⌘[' : 'Alt ←'} onClick={trail.back}>
        <Undo2 size={16} strokeWidth={1.5} aria-hidden />
        {reader.goBack}
      </button>
      {trail.ahead > 0 && (
        <button type="button" className={styles.way} aria-label={reader.goForward} title={`${reader.goForward}  ${mac ? '⌘]' : 'Alt →'}`} onClick={trail.forward}>
          <Redo2 size={16} strokeWidth={1.5} aria-hidden />
        </button>
      )}
    </nav>
  );
}
