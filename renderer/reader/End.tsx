import { Check, Plus } from 'lucide-react';
import { memo } from 'react';
import type { Article } from '../../shared/article.ts';
import { changeTags, toggleArchive, toggleFinished } from '../acts.ts';
import { useTagColours } from '../parts/tag-colours.ts';
import { editNote, editTags, go } from '../view.ts';
import { useWords } from '../words.ts';
import { Certificate } from './Certificate.tsx';
import { FurtherPages } from './FurtherPages.tsx';
import { Related } from './Related.tsx';
import { Resources } from './Resources.tsx';
import { Times } from './Times.tsx';

/** What comes after the text: done with it, its tags, what is like it, the links of its page, and that it is all here. */
export const End = memo(function End({ article }: { article: Article }) {
  const words = useWords();
  const done = article.finishedAt !== null;
  return (
    <>
      {article.links !== null && <Resources article={article} />}
      {/* Said again where the text breaks off. */}
      <FurtherPages article={article} at="end" />
      <p className="done">
        <button type="button" className="button" aria-pressed={done} onClick={() => void toggleFinished([article])}>
          {done && <Check size={16} strokeWidth={1.5} aria-hidden />}
          {done ? words.reader.finished : words.reader.finish}
        </button>
        <button type="button" className="button" onClick={() => editNote(article)}>{article.note === null ? words.note.add : words.note.edit}</button>
        <button type="button" className="button" onClick={() => void toggleArchive([article])}>
          {article.archived ? words.reader.unarchive : words.reader.archive}
        </button>
      </p>
      <TagRow article={article} />
      <Related id={article.id} />
      {article.links === null && <Resources article={article} />}
      <Times article={article} />
      <Certificate article={article} />
    </>
  );
});

function TagRow({ article }: { article: Article }) {
  const words = useWords();
  const colourFor = useTagColours();
  return (
    <section className="part" aria-label={words.reader.tags}>
      <h2>{words.reader.tags}</h2>
      <ul className="chips">
        {article.tags.map((tag) => (
          <li key={tag}>
            <button type="button" className="chip" onClick={() => go({ list: 'tag', tag })}>
              {colourFor(tag) !== undefined && <span className="dot" style={colourFor(tag)} aria-hidden />}
              <bdi>{tag}</bdi>
            </button>
          </li>
        ))}
        <li><button type="button" className="link" onClick={() => editTags([article])}>{words.reader.editTags}</button></li>
      </ul>
      {article.offeredTags.length > 0 && (
        <>
          <p className="hint" id="offered-tags">{words.reader.offered}</p>
          <ul className="chips" aria-labelledby="offered-tags">
            {article.offeredTags.map((tag) => (
              <li key={tag}>
                <button
                  type="button" className="chip offered" aria-label={words.reader.addTag(tag)}
                  onClick={() => void changeTags([article.id], [tag], [])}
                >
                  <Plus size={12} strokeWidth={1.5} aria-hidden /><bdi>{tag}</bdi>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
