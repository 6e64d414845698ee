import type { Article } from '../../shared/article.ts';
import { compareArticles, go, openArticle } from '../view.ts';
import { useDates, useWords } from '../words.ts';

/** A quiet line over an article that the library has more than once. */
export function AlsoHave({ article }: { article: Pick<Article, 'id' | 'copies'> }) {
  const words = useWords();
  const dates = useDates();
  const others = article.copies;
  const [first] = others;
  if (first === undefined) return null;
  const { row } = first;
  const title = row.title === '' ? words.app.untitled : row.title;
  return (
    <p className="also">
      <bdi>{words.duplicates.also(title, row.site ?? row.host ?? '', dates.day(row.addedAt))}</bdi>{' '}
      <button type="button" className="link" onClick={() => openArticle(row.id)}>{words.duplicates.open}</button>{' · '}
      <button type="button" className="link" onClick={() => compareArticles(article.id, row.id)}>{words.duplicates.compare}</button>
      {others.length > 1 && (
        <>{' · '}<button type="button" className="link" onClick={() => go({ list: 'duplicates' })}>{words.duplicates.more(others.length - 1)}</button></>
      )}
    </p>
  );
}
