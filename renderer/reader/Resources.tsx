import { useId, useMemo, useState } from 'react';
import type { Article, ArticleId } from '../../shared/article.ts';
import { ask, useAsk } from '../ask.ts';
import { act, say, sayFailure } from '../parts/toasts.ts';
import { useWords } from '../words.ts';
import { addressesIn, foldedAtFirst, freeIn, manyLinks, shownLists, withChosen } from './link-lists.ts';
import { LinkGroup } from './LinkGroup.tsx';
import { LinkTags } from './LinkTags.tsx';

const noneYet: ReadonlyMap<string, ArticleId> = new Map();

/** The link lists found on the page as a checklist: which of them the library has, which to save, with which tags. A list page is nothing else. */
export function Resources({ article }: { article: Article }) {
  const words = useWords();
  const filterId = useId();
  const lists = useMemo(() => article.resources.filter((list) => list.links.length > 0), [article.resources]);
  const urls = useMemo(() => addressesIn(lists), [lists]);
  const { value: answers } = useAsk('known', urls.length === 0 ? null : { urls });
  const known = useMemo(() => (answers === undefined ? noneYet : new Map(urls.flatMap((url, at): Array<[string, ArticleId]> => {
    const id = answers[at] ?? null;
    return id === null ? [] : [[url, id]];
  }))), [urls, answers]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [tags, setTags] = useState<string[] | null>(null);
  const [wanted, setWanted] = useState('');
  const [folded, setFolded] = useState(() => foldedAtFirst(lists));
  const [busy, setBusy] = useState(false);
  if (lists.length === 0) return null;

  const shown = shownLists(lists, wanted);
  const all = shown.reduce((count, { links }) => count + links.length, 0);
  const free = freeIn(shown.flatMap(({ links }) => links), known);
  const picked = urls.filter((url) => chosen.has(url) && !known.has(url));
  const whole = free.length > 0 && free.every((url) => chosen.has(url));
  const name = article.links === null ? words.reader.links : words.reader.listLinks;
  const save = async () => {
    setBusy(true);
    const reply = await ask('save', { urls: picked, tags: tags ?? article.tags, typed: false });
    setBusy(false);
    if (!reply.ok) return sayFailure(reply.failure);
    const fresh = reply.value.filter(({ outcome }) => outcome === 'new').length;
    say((now) => now.reader.savedLinks(fresh, reply.value.length - fresh));
    setChosen(new Set());
  };
  const roundUp = lists.some(({ inText }) => inText === 'round-up');
  const choose = (which: readonly string[], on: boolean) => setChosen(withChosen(chosen, which, on));
  return (
    <section className="part" aria-label={name}>
      <h2>{name}</h2>
      {article.links !== null && (
        <p className="about">
          {words.reader.listAbout}{' '}
          <button type="button" className="link" onClick={() => void act('reextract', { id: article.id, kind: 'article' }, (now) => now.reader.keptAsArticle)}>
            {words.reader.keepAsArticle}
          </button>
        </p>
      )}
      {urls.length > manyLinks && (
        <p className="filter">
          <label htmlFor={filterId}>{words.reader.filterLinks}</label>
          <input id={filterId} type="search" className="field" value={wanted} autoComplete="off" spellCheck={false} onChange={(event) => setWanted(event.target.value)} />
          <span className="hint" role="status">{wanted.trim() === '' ? '' : words.reader.linkCount(all)}</span>
        </p>
      )}
      {shown.map((each) => (
        <LinkGroup
          key={each.at} shown={each} unnamed={words.reader.linksUnnamed[each.list.inText === 'passing' && roundUp ? 'others' : each.list.inText === undefined ? 'beside' : 'text']} known={known} chosen={chosen} host={article.host}
          open={wanted.trim() !== '' || !folded.has(each.at)}
          onOpen={(open) => {
            const next = new Set(folded);
            if (open) next.delete(each.at);
            else next.add(each.at);
            setFolded(next);
          }}
          onChoose={choose}
        />
      ))}
      {(free.length > 0 || picked.length > 0) && (
        <div className="actions choosing">
          <button type="button" className="button primary" disabled={picked.length === 0 || busy} onClick={() => void save()}>
            {words.reader.saveLinks(picked.length)}
          </button>
          <button type="button" className="button" disabled={free.length === 0} onClick={() => choose(free, !whole)}>
            {whole ? words.reader.chooseNone : words.reader.chooseAll}
          </button>
          <LinkTags tags={tags ?? article.tags} onChange={setTags} />
          <span className="unseen" role="status">{picked.length === 0 ? '' : words.reader.linksChosen(picked.length)}</span>
        </div>
      )}
    </section>
  );
}
