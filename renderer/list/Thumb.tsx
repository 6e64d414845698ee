import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import { makeThumb } from './make-thumb.ts';
import styles from './Thumb.module.css';

/** A row must stay so long before its picture is made: what is only scrolled past needs none. In milliseconds. */
const patience = 250;

/** An article's picture in its row, of a fixed size: an ornament, its ground there before it is. */
export function Thumb({ file, made }: { file: string; made: boolean }) {
  const [ready, setReady] = useState(made);
  const [gone, setGone] = useState(false);
  const wanted = !ready || gone;
  useEffect(() => {
    if (!wanted) return undefined;
    let left = false;
    const show = async () => {
      if (!(await makeThumb(file)) || left) return;
      setReady(true);
      setGone(false);
    };
    const timer = setTimeout(() => void show(), patience);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [file, wanted]);
  return (
    <span className={styles.thumb} aria-hidden>
      {!wanted && <img src={api.picture(`/thumbs/${file}`)} alt="" decoding="async" draggable={false} onError={() => setGone(true)} />}
    </span>
  );
}
