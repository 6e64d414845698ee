import { useId, useMemo, useState } from 'react';
import type { Article, ArticleId } from '../../shared/article.ts';
import { api } from '../api.ts';
import { ask, useAsk } from '../ask.ts';
import { say, sayFailure } from '../parts/toasts.ts';
import { openArticle } from '../view.ts';
import { useWords } from '../words.ts';

/** The link lists found on the page, to be kept for later: which of them the library has, which are chosen. */
export function Resources({ article }: { article: Article }) {
  const words = useWords();
  const lists = article.resources.filter((list) => list.links.length > 0);
  const urls = useMemo(() => [...new Set(lists.flatMap((list) => list.links.flatMap((link) => link.url ?? [])))].slice(0, 10_000), [lists]);
  const { value: answers } = useAsk('known', urls.length === 0 ? null : { urls });
  const known = new Map(urls.flatMap((url, at): Array<[string, ArticleId]> => {
    const id = answers?.[at] ?? null;
    return id === null ? [] : [[url, id]];
  }));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [tagged, setTagged] = useState(true);
  const tagsId = useId();
  if (lists.length === 0) return null;
  const free = urls.filter((url) => !known.has(url));
  const picked = free.filter((url) => chosen.has(url));
  const all = free.length > 0 && picked.length === free.length;
  const save = async () => {
    const reply = await ask('save', { urls: picked, tags: tagged ? article.tags : [], typed: false });
    if (!reply.ok) sayFailure(reply.failure);
    else {
      say((now) => now.reader.savedLinks(reply.value.length));
      setChosen(new Set());
    }
  };
  const choose = (url: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(url);
    else next.delete(url);
    setChosen(next);
  };
  return (
    <section className="part" aria-label={words.reader.links}>
      <h2>{words.reader.links}</h2>
      {lists.map((list) => (
        <div key={`${list.title} ${list.links[0]?.url}`} className="resource">
          <h3>
            <bdi>{list.title}</bdi>
            {list.more !== null && (
              <button type="button" className="link" onClick={() => api.openExternal(list.more ?? '')}>{words.reader.moreLinks}</button>
            )}
          </h3>
          <ul className="rows">
            {list.links.map(({ text, url }, at) =>
              url === null ? (
                <li key={`${at} ${text}`} className="row"><bdi>{text}</bdi></li>
              ) : (
                <Line
                  key={url} text={text} url={url} id={known.get(url) ?? null}
                  chosen={chosen.has(url)} onChoose={(on) => choose(url, on)}
                />
              ),
            )}
          </ul>
        </div>
      ))}
      {free.length > 0 && (
        <p className="actions">
          <button type="button" className="button primary" disabled={picked.length === 0} onClick={() => void save()}>
            {words.reader.saveLinks(picked.length)}
          </button>
          <button type="button" className="button" onClick={() => setChosen(new Set(all ? [] : free))}>
            {all ? words.reader.chooseNone : words.reader.chooseAll}
          </button>
          {article.tags.length > 0 && (
            <label className="check" htmlFor={tagsId}>
              <input id={tagsId} type="checkbox" checked={tagged} onChange={(event) => setTagged(event.target.checked)} />
              <span>{words.reader.linkTags}: <bdi>{article.tags.join(', ')}</bdi></span>
            </label>
          )}
        </p>
      )}
    </section>
  );
}

type LineProps = { text: string; url: string; id: ArticleId | null; chosen: boolean; onChoose: (on: boolean) => void };

function Line({ text, url, id, chosen, onChoose }: LineProps) {
  const words = useWords();
  const input = useId();
  const title = <bdi>{text === '' ? url : text}</bdi>;
  if (id !== null) {
    return (
      <li>
        <button type="button" className="row" onClick={() => openArticle(id)}>
          <span className="row-title">{title}</span>
          <span className="hint">{words.reader.linkKnown}</span>
        </button>
      </li>
    );
  }
  return (
    <li>
      <label className="check row" htmlFor={input} title={url}>
        <input id={input} type="checkbox" checked={chosen} onChange={(event) => onChoose(event.target.checked)} />
        <span className="row-title">{title}</span>
      </label>
    </li>
  );
}
