import { ChevronRight, ExternalLink } from 'lucide-react';
import { useId } from 'react';
import type { ArticleId } from '../../shared/article.ts';
import { hostOf } from '../../shared/url.ts';
import { api } from '../api.ts';
import { openArticle } from '../view.ts';
import { useWords } from '../words.ts';
import { freeIn, type ShownList } from './link-lists.ts';

type Props = {
  shown: ShownList;
  known: ReadonlyMap<string, ArticleId>;
  chosen: ReadonlySet<string>;
  open: boolean;
  /** What a list without a heading is called. */
  unnamed: string;
  /** The article's own host, not worth repeating at each link. */
  host: string | null;
  onOpen: (open: boolean) => void;
  onChoose: (urls: string[], on: boolean) => void;
};

/** One link list of the page: folded or open, chosen whole or link by link. */
export function LinkGroup({ shown: { list, links }, known, chosen, open, unnamed, host, onOpen, onChoose }: Props) {
  const words = useWords();
  const id = useId();
  const free = freeIn(links, known);
  const picked = free.filter((url) => chosen.has(url)).length;
  const title = list.title === '' ? unnamed : list.title;
  return (
    <div className="resource" role="group" aria-labelledby={id}>
      <div className="group">
        {free.length > 0 && (
          <input
            type="checkbox" aria-label={words.reader.chooseGroup(title)} checked={picked === free.length}
            ref={(box) => {
              if (box !== null) box.indeterminate = picked > 0 && picked < free.length;
            }}
            onChange={(event) => onChoose(free, event.target.checked)}
          />
        )}
        <h3 id={id}>
          <button type="button" className="fold" aria-expanded={open} onClick={() => onOpen(!open)}>
            <ChevronRight size={16} strokeWidth={1.5} aria-hidden />
            <bdi>{title}</bdi>
            <span className="hint">{words.reader.linkCount(links.length)}</span>
          </button>
        </h3>
        {list.more !== null && (
          <button type="button" className="link" onClick={() => api.openExternal(list.more ?? '')}>{words.reader.moreLinks}</button>
        )}
      </div>
      {open && (
        <ul className="rows">
          {links.map(({ text, url }, at) =>
            url === null ? (
              <li key={`${at} ${text}`} className="row"><bdi>{text}</bdi></li>
            ) : (
              <Line
                key={url} text={text === '' ? url : text} url={url} id={known.get(url) ?? null} host={host}
                chosen={chosen.has(url)} onChoose={(on) => onChoose([url], on)}
              />
            ),
          )}
        </ul>
      )}
    </div>
  );
}

type LineProps = { text: string; url: string; id: ArticleId | null; host: string | null; chosen: boolean; onChoose: (on: boolean) => void };

function Line({ text, url, id, host, chosen, onChoose }: LineProps) {
  const words = useWords();
  const input = useId();
  const site = hostOf(url);
  if (id !== null) {
    return (
      <li className="line">
        <button type="button" className="row" onClick={() => openArticle(id)}>
          <span className="row-title"><bdi>{text}</bdi></span>
          <span className="hint">{words.reader.linkKnown}</span>
        </button>
      </li>
    );
  }
  return (
    <li className="line">
      <label className="check row" htmlFor={input} title={url}>
        <input id={input} type="checkbox" checked={chosen} onChange={(event) => onChoose(event.target.checked)} />
        <span className="row-title"><bdi>{text}</bdi></span>
        {site !== null && site !== host && <span className="hint"><bdi>{site}</bdi></span>}
      </label>
      <button type="button" className="away" aria-label={words.reader.openLinkOf(text)} title={words.reader.openLink} onClick={() => api.openExternal(url)}>
        <ExternalLink size={16} strokeWidth={1.5} aria-hidden />
      </button>
    </li>
  );
}
