import { Archive, ArchiveRestore, AudioLines, CaseSensitive, ExternalLink, Highlighter, List, Maximize2, Minimize2, RotateCcw, Star, Tags, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Article } from '../../shared/article.ts';
import { openOriginal, toggleArchive, toggleFavourite } from '../acts.ts';
import { runCommand } from '../commands.ts';
import { BackButton } from '../parts/BackButton.tsx';
import { IconButton } from '../parts/IconButton.tsx';
import { useSpeech } from '../speech/speech.ts';
import { editTags, setFocus, useView } from '../view.ts';
import { useWords } from '../words.ts';
import { MoreMenu } from './MoreMenu.tsx';
import { Popover } from './Popover.tsx';
import styles from './Toolbar.module.css';

type Props = {
  article: Article;
  /** Out of the way while reading on; still reachable by Tab, which brings it back. */
  hidden: boolean;
  onShow: () => void;
  /** In popovers; null leaves the button out. */
  outline: ReactNode;
  text: ReactNode;
  /** The article's highlights, how many they are; null where there can be none. */
  highlights: { list: ReactNode; count: number } | null;
  left: string | null;
};

/** What can be done with the article, above its page. */
export function Toolbar({ article, hidden, onShow, outline, text, highlights, left }: Props) {
  const words = useWords();
  const focus = useView((view) => view.focus);
  const trashed = article.trashedAt !== null;
  const ready = article.stage.state === 'ready';
  const archive = article.archived ? words.reader.unarchive : words.reader.archive;
  return (
    <div
      className={styles.bar} role="toolbar" aria-label={words.reader.tools}
      data-hidden={hidden || undefined} onFocus={onShow} onPointerEnter={onShow}
    >
      <BackButton />
      {outline !== null && <Popover icon={List} label={words.reader.outline} side="start">{outline}</Popover>}
      <span className={styles.left}>{left}</span>
      {highlights !== null && <Popover icon={Highlighter} label={words.highlights.panel(highlights.count)} name="highlights-panel" wide>{highlights.list}</Popover>}
      {text !== null && <Popover icon={CaseSensitive} label={words.reader.text}>{text}</Popover>}
      {ready && article.links === null && <ReadAloud id={article.id} />}
      {ready && (
        <IconButton
          className={focus ? undefined : styles.roomy} icon={focus ? Minimize2 : Maximize2} label={focus ? words.reader.leaveFocus : words.reader.focus} hint="F"
          aria-pressed={focus} onClick={() => setFocus(!focus)}
        />
      )}
      {!focus && (
        <>
          <span className={styles.apart} />
          <IconButton
            icon={Star} label={article.favourite ? words.reader.unfavourite : words.reader.favourite} hint="S"
            on={article.favourite} onClick={() => void toggleFavourite([article])}
          />
          <IconButton
            icon={article.archived ? ArchiveRestore : Archive} label={archive} hint="E"
            onClick={() => void toggleArchive([article])}
          />
          <IconButton className={styles.roomy} icon={Tags} label={words.reader.editTags} hint="T" onClick={() => editTags([article])} />
          {article.url !== null && (
            <IconButton className={styles.roomy} icon={ExternalLink} label={words.reader.original} hint="V" onClick={() => openOriginal(article)} />
          )}
          <IconButton
            className={styles.roomy} icon={trashed ? RotateCcw : Trash2} label={trashed ? words.reader.restore : words.reader.trash} hint="D"
            onClick={() => void runCommand('article.trash')}
          />
          <MoreMenu article={article} />
        </>
      )}
    </div>
  );
}

function ReadAloud({ id }: { id: Article['id'] }) {
  const words = useWords();
  const speaking = useSpeech(({ now }) => now?.id === id && now.state === 'speaking');
  return <IconButton icon={AudioLines} label={speaking ? words.speech.pause : words.speech.title} hint="L" onClick={() => runCommand('speech.toggle')} />;
}
