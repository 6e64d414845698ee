import { Copy, Download, Trash2 } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { highlightColours, type HighlightColour, type ListedHighlight } from '../../shared/highlight.ts';
import { ask, useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { IconButton } from '../parts/IconButton.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PlaceFrame } from '../parts/PlaceFrame.tsx';
import { sayFailure } from '../parts/toasts.ts';
import { openArticle } from '../view.ts';
import { useWords } from '../words.ts';
import { copyQuote, removeHighlight } from './HighlightCard.tsx';
import { ColourFilter, copyHighlights } from './HighlightList.tsx';
import styles from './Highlights.module.css';

const perPage = 50;
/** What the list was narrowed by when it was left. */
let kept: { find: string; colour: HighlightColour | null; tag: string; notes: boolean } = { find: '', colour: null, tag: '', notes: false };

/** Everything highlighted in the library, newest first, under the articles it is from. */
export function HighlightsView() {
  const all = useWords();
  const words = all.highlights;
  const [narrow, setNarrow] = useState(kept);
  useEffect(() => {
    kept = narrow;
  }, [narrow]);
  const { value: tags = [] } = useAsk('tags', {});
  const find = useDeferredValue(narrow.find);
  const asked = { find, colour: narrow.colour, tag: narrow.tag === '' ? null : narrow.tag, notes: narrow.notes, count: perPage };
  const { value, failure } = useAsk('allHighlights', asked, { keepLast: true });
  const key = JSON.stringify(asked);
  const [further, setFurther] = useState<{ key: string; first: unknown; pages: ListedHighlight[]; more: boolean } | null>(null);
  // Pages after the first belong to it: another question, or news of a change, begins anew.
  const after = further !== null && further.key === key && further.first === value ? further : null;
  const highlights = [...(value?.highlights ?? []), ...(after?.pages ?? [])];
  const more = after?.more ?? value?.more ?? false;
  const showMore = async () => {
    const last = highlights.at(-1);
    if (last === undefined) return;
    const reply = await ask('allHighlights', { ...asked, after: { madeAt: last.madeAt, id: last.id } });
    if (!reply.ok) return sayFailure(reply.failure);
    setFurther({ key, first: value, pages: [...(after?.pages ?? []), ...reply.value.highlights], more: reply.value.more });
  };
  const groups = groupsOf(highlights);
  const narrowed = narrow.find.trim() !== '' || narrow.colour !== null || narrow.tag !== '' || narrow.notes;
  if (value !== undefined && highlights.length === 0 && !narrowed) {
    return <PlaceFrame title={all.sidebar.highlights}><Nothing says={words.noneAnywhere} hint={words.noneHint} /></PlaceFrame>;
  }
  return (
    <PlaceFrame title={all.sidebar.highlights} side={<IconButton icon={Download} label={words.exportAll} onClick={() => void copyHighlights(null)} />}>
      <div>
        <div className={styles.filters} role="search" aria-label={words.filter}>
          <input
            type="search" className={controls['field']} aria-label={words.find} placeholder={words.find} value={narrow.find}
            onChange={(event) => setNarrow({ ...narrow, find: event.target.value })}
          />
          <ColourFilter colours={highlightColours} value={narrow.colour} onChoose={(colour) => setNarrow({ ...narrow, colour })} />
          <select className={controls['select']} aria-label={words.tag} value={narrow.tag} onChange={(event) => setNarrow({ ...narrow, tag: event.target.value })}>
            <option value="">{words.anyTag}</option>
            {tags.filter(({ count }) => count > 0).map(({ name }) => <option key={name} value={name}>{name}</option>)}
          </select>
          <label className={styles.only}>
            <input type="checkbox" checked={narrow.notes} onChange={(event) => setNarrow({ ...narrow, notes: event.target.checked })} /> {words.onlyNotes}
          </label>
        </div>
        {failure !== null && <p role="alert">{all.app.gone}</p>}
        {value !== undefined && highlights.length === 0 && <p className={styles.hint} role="status">{words.nothingFound}</p>}
        {groups.map((group) => (
          <section key={group[0]?.id} className={styles.group}>
            <Title of={group[0]} />
            <ol className={styles.list}>
              {group.map((one) => <Line key={one.id} one={one} />)}
            </ol>
          </section>
        ))}
        {more && <p className={styles.more}><button type="button" className={controls['button']} onClick={() => void showMore()}>{words.more}</button></p>}
      </div>
    </PlaceFrame>
  );
}

function Title({ of: one }: { of: ListedHighlight | undefined }) {
  if (one === undefined) return null;
  const site = one.site ?? one.host;
  return (
    <h2>
      <button type="button" lang={one.lang ?? undefined} onClick={() => openArticle(one.article)}><bdi>{one.title}</bdi></button>
      {site !== null && <small><bdi>{site}</bdi></small>}
    </h2>
  );
}

function Line({ one }: { one: ListedHighlight }) {
  const words = useWords().highlights;
  return (
    <li className={styles.item} data-colour={one.colour} dir={one.dir}>
      <button type="button" className={styles.go} lang={one.lang ?? undefined} dir={one.dir} onClick={() => openArticle(one.article, { mark: one.id })}>
        <span className="visually-hidden">{words.colours[one.colour]}: </span>
        <span className={styles.quote}>{one.anchor.quote}</span>
      </button>
      {one.note !== '' && <p className={styles.note} dir="auto">{one.note}</p>}
      {one.orphan && <p className={styles.orphan}>{words.orphan}</p>}
      <span className={styles.tools}>
        <IconButton icon={Copy} small label={words.copyQuote} onClick={() => void copyQuote({ title: one.title, url: null }, one.anchor.quote)} />
        <IconButton icon={Trash2} small label={words.remove} onClick={() => removeHighlight(one)} />
      </span>
    </li>
  );
}

/** Highlights of one article that follow each other stand under its title once. */
function groupsOf(highlights: readonly ListedHighlight[]): ListedHighlight[][] {
  const groups: ListedHighlight[][] = [];
  for (const one of highlights) {
    const last = groups.at(-1);
    if (last?.[0]?.article === one.article) last.push(one);
    else groups.push([one]);
  }
  return groups;
}
