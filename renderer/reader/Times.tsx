import type { Article } from '../../shared/article.ts';
import { momentText } from '../../shared/words/numbers.ts';
import { useDates, useLanguage, useWords } from '../words.ts';

/** When the article was saved, begun, finished and put where it is. */
export function Times({ article }: { article: Article }) {
  const words = useWords();
  const dates = useDates();
  const language = useLanguage();
  const { times } = words.reader;
  const all: Array<[string, string | null]> = [
    [times.saved, article.addedAt],
    [times.started, article.startedAt],
    [times.read, article.readAt],
    [times.finished, article.finishedAt],
    [times.favourite, article.favouritedAt],
    [times.archived, article.archivedAt],
    [times.trashed, article.trashedAt],
  ];
  return (
    <dl className="times hint" aria-label={times.title}>
      {all.map(([name, at]) => at !== null && (
        <div key={name}>
          <dt>{name}</dt>
          <dd><time dateTime={at} title={momentText(at, language === 'en' ? 'en-GB' : language)}>{dates.ago(at)}</time></dd>
        </div>
      ))}
    </dl>
  );
}
