import { Bookmark } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { Article } from '../../shared/article.ts';
import { openOriginal } from '../acts.ts';
import { AlsoHave } from '../duplicates/AlsoHave.tsx';
import { act } from '../parts/toasts.ts';
import { SiteIcon } from '../parts/SiteIcon.tsx';
import { editNote, editTags, go } from '../view.ts';
import { useDates, useWords } from '../words.ts';
import { saveBookmarks } from './bookmark-acts.ts';
import styles from './BookmarkView.module.css';

/** A bookmark in the reading pane: what it is, what the reader wrote about it, and the ways on from here. */
export function BookmarkView({ article }: { article: Article }) {
  const words = useWords();
  const dates = useDates();
  return (
    <div className={styles.view}>
      <p className={styles.kind}>
        {article.icon === null ? <Bookmark size={20} strokeWidth={1.5} aria-hidden /> : <SiteIcon file={article.icon} large />}
        <span>{words.bookmarks.one}</span>
        <span aria-hidden>·</span>
        <time dateTime={article.addedAt}>{dates.day(article.addedAt)}</time>
      </p>
      <AlsoHave article={article} />
      <Title key={article.id} article={article} />
      {article.url !== null && article.url !== article.title && <p className={styles.url}><bdi>{article.url}</bdi></p>}
      {article.excerpt !== '' && <p className={styles.excerpt}><bdi>{article.excerpt}</bdi></p>}
      {article.note !== null && <p className={styles.note}>{article.note}</p>}
      {article.tags.length > 0 && (
        <ul className={styles.tags} aria-label={words.reader.tags}>
          {article.tags.map((tag) => (
            <li key={tag}><button type="button" className={styles.tag} onClick={() => go({ list: 'tag', tag })}>#{tag}</button></li>
          ))}
        </ul>
      )}
      <p className={styles.actions}>
        <button type="button" className={styles.primary} onClick={() => openOriginal(article)}>{words.bookmarks.open}</button>
        <button type="button" className={styles.button} onClick={() => void saveBookmarks([article])}>{words.bookmarks.save}</button>
        <button type="button" className={styles.button} onClick={() => editNote(article)}>{article.note === null ? words.note.add : words.note.edit}</button>
        <button type="button" className={styles.button} onClick={() => editTags([article])}>{words.reader.editTags}</button>
      </p>
      <p className={styles.hint}>{words.bookmarks.about}</p>
    </div>
  );
}

/** The title, which turns into a field where it stands. */
function Title({ article }: { article: Article }) {
  const words = useWords();
  const [text, setText] = useState<string | null>(null);
  const name = article.title === '' ? words.app.untitled : article.title;
  const done = () => {
    const title = (text ?? '').trim();
    setText(null);
    if (title !== '' && title !== article.title) void act('rename', { id: article.id, title }, (all) => all.toast.renamed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') done();
    else setText(null);
  };
  if (text !== null) {
    return (
      <input
        // Asked for by the press just made.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className={styles.field} aria-label={words.bookmarks.title} maxLength={1_000} value={text}
        onChange={(event) => setText(event.target.value)} onBlur={done} onKeyDown={onKeyDown} onFocus={(event) => event.target.select()}
      />
    );
  }
  return (
    <h1 className={styles.title} lang={article.lang ?? undefined}>
      <bdi>{name}</bdi>{' '}
      <button type="button" className={styles.rename} onClick={() => setText(article.title)}>{words.bookmarks.rename}</button>
    </h1>
  );
}
