import { useState } from 'react';
import type { ArticleId } from '../../shared/article.ts';
import { useAsk } from '../ask.ts';
import { BookmarkView } from '../bookmarks/BookmarkView.tsx';
import { useWords } from '../words.ts';
import { Frame } from './Frame.tsx';
import type { FrameParts } from './frame-document.ts';
import { Page } from './Page.tsx';
import styles from './Reader.module.css';
import { StageView, Unopened } from './StageView.tsx';
import { Toolbar } from './Toolbar.tsx';

/** The reading pane: one article, whatever its state. The frame stays when the article changes. */
export function Reader({ id }: { id: ArticleId }) {
  const { value: article, failure } = useAsk('article', { id });
  const [parts, setParts] = useState<FrameParts | null>(null);
  const [pane, setPane] = useState<HTMLElement | null>(null);
  const { value: settings } = useAsk('settings', {});
  const words = useWords();
  const ready = article?.stage.state === 'ready';
  return (
    <section ref={setPane} className={styles.reader} data-theme={article?.look.theme} aria-label={words.reader.article}>
      <div className={styles.sheet} data-shown={ready || undefined} inert={!ready}>
        <Frame title={words.reader.article} onParts={setParts} />
      </div>
      {article !== undefined && settings !== undefined && ready && parts !== null && pane !== null && (
        <Page key={article.id} article={article} settings={settings} parts={parts} pane={pane} />
      )}
      {article !== undefined && !ready && (
        <>
          <Toolbar article={article} hidden={false} onShow={nothing} outline={null} highlights={null} text={null} left={null} />
          {article.stage.state === 'bookmark' ? <BookmarkView article={article} /> : <StageView article={article} />}
        </>
      )}
      {article === undefined && failure !== null && <Unopened failure={failure} />}
    </section>
  );
}

const nothing = () => undefined;
