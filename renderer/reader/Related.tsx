import type { Article, Row } from '../../shared/article.ts';
import { useAsk } from '../ask.ts';
import { openArticle } from '../view.ts';
import { useWords } from '../words.ts';

/** So many of each; more are asked for, because the two may be the same. */
const SHOWN = 5;

/** What is like an article in the library: by what its text is about, and others of its tags. */
export function Related({ id }: { id: Article['id'] }) {
  const words = useWords();
  const similar = useAsk('similar', { id, count: SHOWN });
  const related = useAsk('related', { id, count: 2 * SHOWN });
  // Each once: what comes later must not take away what was there.
  if (related.value === undefined || (similar.value === undefined && similar.failure === null)) return null;
  const alike = similar.value ?? [];
  const tagged = related.value.filter((row) => alike.every((each) => each.id !== row.id)).slice(0, SHOWN);
  return (
    <>
      <Rows title={words.reader.similar} rows={alike} />
      <Rows title={words.reader.related} rows={tagged} />
    </>
  );
}

function Rows({ title, rows }: { title: string; rows: Row[] }) {
  const words = useWords();
  if (rows.length === 0) return null;
  return (
    <section className="part" aria-label={title}>
      <h2>{title}</h2>
      <ul className="rows">
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className="row" onClick={() => openArticle(row.id)}>
              <span className="row-title" lang={row.lang ?? undefined}><bdi>{row.title === '' ? words.app.untitled : row.title}</bdi></span>
              <span className="hint">
                {(row.site ?? row.host) !== null && <><bdi>{row.site ?? row.host}</bdi>{' · '}</>}
                <bdi>{words.list.minutes(row.minutes)}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
