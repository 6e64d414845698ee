import { useEffect, useRef } from 'react';
import { partsOf, type FrameParts } from './frame-document.ts';
import { framePolicy, frameSandbox } from './frame-policy.ts';
import styles from './Reader.module.css';

/**
 * The no-script frame that stored HTML is shown in: same origin, so that the window can fill it and listen to it, and
 * without `allow-scripts`, so that nothing in it runs. `onParts` is told its parts when it is ready and null when it goes.
 */
export function Frame({ title, onParts }: { title: string; onParts: (parts: FrameParts | null) => void }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => () => onParts(null), [onParts]);
  return (
    <iframe
      ref={frame}
      className={styles.frame}
      title={title}
      sandbox={frameSandbox}
      src="/reader.html"
      onLoad={() => onParts(frame.current === null ? null : partsOf(frame.current))}
      {...{ csp: framePolicy }}
    />
  );
}
