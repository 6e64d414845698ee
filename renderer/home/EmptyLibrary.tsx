import { ClipboardPaste, FileDown, Import } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../ask.ts';
import { sayFailure } from '../parts/toasts.ts';
import { openArticle, openPanel } from '../view.ts';
import { useLanguage, useWords } from '../words.ts';
import controls from '../parts/controls.module.css';
import styles from './EmptyLibrary.module.css';

/** What Home is before anything is kept: the ways in, and an article to try at once. */
export function EmptyLibrary() {
  const words = useWords();
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const sample = async () => {
    setBusy(true);
    const reply = await ask('sample', { language });
    setBusy(false);
    if (reply.ok) openArticle(reply.value.id);
    else sayFailure(reply.failure);
  };
  const ways = [
    { icon: ClipboardPaste, ...words.home.ways.paste },
    { icon: FileDown, ...words.home.ways.drop },
    { icon: Import, ...words.home.ways.many },
  ];
  return (
    <section className={styles.empty} aria-labelledby="empty-title">
      <h2 id="empty-title">{words.home.emptyTitle}</h2>
      <p className={styles.text}>{words.home.emptyText}</p>
      <p className={styles.buttons}>
        <button type="button" className={`${controls.button} ${controls.primary}`} onClick={() => openPanel('add')}>{words.home.emptyAdd}</button>
        <button type="button" className={controls.button} disabled={busy} onClick={() => void sample()}>{words.home.emptySample}</button>
      </p>
      <ul className={styles.ways}>
        {ways.map(({ icon: Icon, title, text }) => (
          <li key={title}>
            <Icon size={20} strokeWidth={1.5} aria-hidden />
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
