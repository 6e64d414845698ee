import type { Article } from '../../shared/article.ts';
import { retry, toggleTrash } from '../acts.ts';
import { extractAgain } from '../view.ts';
import { useWords } from '../words.ts';

/** What must be said before the text: that a stored part is damaged, or that the article is in the trash. */
export function Damage({ article }: { article: Article }) {
  const words = useWords();
  return (
    <>
      {article.damaged.length > 0 && (
        <aside className="notice" aria-label={words.reader.damagedTitle}>
          <p><strong>{words.reader.damagedTitle}</strong></p>
          <p>{words.reader.damagedText(article.damaged)}</p>
          {article.url !== null && (
            <button type="button" className="button" onClick={() => void retry([article])}>{words.reader.fetchAgain}</button>
          )}
          <button type="button" className="button" onClick={() => extractAgain(article.id)}>{words.reader.extractAgain}</button>
        </aside>
      )}
      {article.trashedAt !== null && (
        <aside className="notice" aria-label={words.reader.inTrash}>
          <p>{words.reader.inTrash}</p>
          <button type="button" className="button" onClick={() => void toggleTrash([article])}>{words.reader.restore}</button>
        </aside>
      )}
    </>
  );
}
