import type { ArticleId } from '../../shared/article.ts';
import { api } from '../api.ts';
import { useAsk } from '../ask.ts';
import { openArticle } from '../view.ts';
import { useWords } from '../words.ts';
import { Card } from './Card.tsx';
import type { FrameParts } from './frame-document.ts';

type Props = { parts: FrameParts; by: Element; id: ArticleId; url: string; onClose: () => void };

/** Offers to read a linked article from the library instead of leaving for the web. */
export function LinkCard({ parts, by, id, url, onClose }: Props) {
  const words = useWords();
  const { value: article } = useAsk('article', { id });
  const away = () => {
    onClose();
    api.openExternal(url);
  };
  return (
    <Card parts={parts} by={by} label={words.reader.linkKnown} onClose={onClose}>
      <p className="hint">{words.reader.linkKnown}</p>
      <p className="row-title"><bdi>{article?.title ?? url}</bdi></p>
      <p className="actions">
        <button type="button" className="button primary" onClick={() => openArticle(id)}>{words.reader.readLink}</button>
        <button type="button" className="button" onClick={away}>{words.reader.openLink}</button>
      </p>
    </Card>
  );
}
