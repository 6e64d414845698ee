import type { Article } from '../../shared/article.ts';
import { editNote } from '../view.ts';
import { useDates, useWords } from '../words.ts';

/** The article's head on its page: where it is from, its title, and who wrote it when. */
export function Head({ article, lang }: { article: Article; lang: string }) {
  const words = useWords();
  const { breadcrumb, site, host, byline, source, publishedAt, modifiedAt } = article;
  const trail = breadcrumb.length > 0 ? breadcrumb : [site ?? host].filter((name) => name !== null);
  const sourceShown = source !== null && source.text !== byline;
  return (
    <div dir={article.dir}>
      {trail.length > 0 && (
        <p className="trail" lang={lang}>
          {trail.map((name, at) => <bdi key={`${at} ${name}`}>{name}</bdi>)}
        </p>
      )}
      <h1 lang={lang} tabIndex={-1}>{article.title}</h1>
      <ul className="facts">
        {byline !== null && <li><bdi>{words.reader.byline(byline)}</bdi></li>}
        {sourceShown && (
          <li className={source.doubtful ? 'doubtful' : undefined} title={source.doubtful ? words.reader.doubtfulSource : undefined}>
            <bdi>{words.reader.source(source.text)}</bdi>
            {source.doubtful && <span className="unseen"> {words.reader.doubtfulSource}</span>}
          </li>
        )}
        {breadcrumb.length > 0 && site !== null && site !== byline && <li><bdi>{site}</bdi></li>}
        {publishedAt !== null && <When moment={publishedAt} />}
        {modifiedAt !== null && modifiedAt.local.slice(0, 10) !== publishedAt?.local.slice(0, 10) && <When moment={modifiedAt} changed />}
        <li><bdi>{article.links === null ? words.reader.minutes(article.minutes) : words.list.listPage(article.links)}</bdi></li>
      </ul>
      {article.note !== null && (
        <aside className="own-note" aria-label={words.note.one}>
          <p>{article.note}</p>
          <button type="button" className="link" onClick={() => editNote(article)}>{words.note.edit}</button>
        </aside>
      )}
    </div>
  );
}

function When({ moment, changed = false }: { moment: NonNullable<Article['publishedAt']>; changed?: boolean }) {
  const words = useWords();
  const text = useDates().moment(moment);
  const offset = moment.assumed ? '' : (moment.offset ?? '');
  return (
    <li className={moment.assumed ? 'doubtful' : undefined} title={moment.assumed ? words.dates.assumed : undefined}>
      <time dateTime={`${moment.local}${moment.local.includes('T') ? offset : ''}`}><bdi>{changed ? words.reader.modified(text) : text}</bdi></time>
      {moment.assumed && <span className="unseen"> {words.dates.assumed}</span>}
    </li>
  );
}
