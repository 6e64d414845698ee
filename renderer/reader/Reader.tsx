import { useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Article, ArticleId } from '../../shared/article.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { useAsk } from '../ask.ts';
import { useWords } from '../words.ts';
import { useBody } from './body.ts';
import { Frame } from './Frame.tsx';
import { dressFrame, type FrameParts } from './frame-document.ts';
import styles from './Reader.module.css';
import { scriptOf } from './script.ts';
import { useTheme } from './theme.ts';

/** The reading pane: one article, whatever its state. */
export function Reader({ id }: { id: ArticleId }) {
  const { value: article } = useAsk('article', { id });
  const [parts, setParts] = useState<FrameParts | null>(null);
  const words = useWords();
  return (
    <section className={styles.reader} aria-label={words.reader.article}>
      <Frame title={article?.title ?? words.reader.article} onParts={setParts} />
      {article !== undefined && parts !== null && <Page article={article} parts={parts} />}
    </section>
  );
}

function Page({ article, parts }: { article: Article; parts: FrameParts }) {
  const { value: settings = defaultSettings } = useAsk('settings', {});
  const theme = useTheme();
  const body = useBody(parts, article);
  useLayoutEffect(() => {
    const set = { ...scriptOf(article.lang, parts.body.textContent ?? ''), dir: article.dir };
    dressFrame(parts.doc, settings, theme, set);
  }, [parts, settings, theme, article.lang, article.dir, body]);
  return createPortal(<h1>{article.title}</h1>, parts.head);
}
