import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Article } from '../../shared/article.ts';
import { AlsoHave } from '../duplicates/AlsoHave.tsx';
import type { Settings, Theme } from '../../shared/settings.ts';
import { useMarking } from '../highlights/use-marking.tsx';
import { useView } from '../view.ts';
import { useWords } from '../words.ts';
import { useAids } from './aids.ts';
import { useBody } from './body.ts';
import { Damage } from './Damage.tsx';
import { End } from './End.tsx';
import { useEnter } from './enter.ts';
import { useFinding } from './finding.ts';
import { FoundBar } from './FoundBar.tsx';
import { onwardKey } from './flow.ts';
import { dressFrame, usualMeasure, type FrameParts } from './frame-document.ts';
import { FurtherPages } from './FurtherPages.tsx';
import { Head } from './Head.tsx';
import { Inserts } from './Inserts.tsx';
import { Lightbox } from './Lightbox.tsx';
import { LinkHint } from './LinkHint.tsx';
import { LinkCard } from './LinkCard.tsx';
import { noteOf, type Destination } from './links.ts';
import { lookOf } from './look.ts';
import { useMargin } from './margin.ts';
import { NoteCard } from './NoteCard.tsx';
import { Outline } from './Outline.tsx';
import { currentHeading, leftIn, outlineOf } from './outline.ts';
import { PageBar } from './PageBar.tsx';
import { spotOf } from './position.ts';
import { useKnownLinks, usePresses } from './presses.ts';
import styles from './Reader.module.css';
import { useReading } from './reading.ts';
import { useReadingTime } from './reading-time.ts';
import { scriptOf } from './script.ts';
import { Ruler } from './Ruler.tsx';
import { useSpoken } from './spoken.ts';
import { useRepair } from './repair.ts';
import { turnBy, useScrollKeys } from './scroll-keys.ts';
import { useShownTheme } from './shown-theme.ts';
import { TextPanel } from './TextPanel.tsx';
import { Toolbar } from './Toolbar.tsx';
import { TrailBar } from './TrailBar.tsx';
import { useTrail } from './trail.ts';
import { useTouches } from './touches.ts';
import { useTurning } from './turning.ts';

type Inside = Exclude<Destination, { to: 'away' | 'nowhere' }>;
type Props = { article: Article; settings: Settings; parts: FrameParts; pane: HTMLElement };

/** A ready article: its text in the frame, and around it everything that helps to read it. */
export function Page({ article, settings, parts, pane }: Props) {
  const words = useWords();
  const shown = useShownTheme();
  const theme = article.look.theme ?? shown;
  const text = useMemo(() => lookOf(settings, article.look), [settings, article.look]);
  const focus = useView((view) => view.focus);
  const body = useBody(parts, article);
  const set = useMemo(
    () => ({ ...scriptOf(article.lang, body?.texts.slice(0, 40).join(' ') ?? ''), dir: article.dir }),
    [article.lang, article.dir, body],
  );
  useLayoutEffect(() => dressFrame(parts.doc, text, theme, set), [parts, text, theme, set]);
  useReadingTime(parts.doc, article.id, settings.countReading);
  useRepair(parts, body, text.repairMarks && /^(?:zh|yue)/i.test(set.lang));

  const trail = useTrail(parts);
  const finding = useFinding(parts, body, trail.leave);
  const look = [...Object.values(text), set.script].join();
  const { block, percent, hidden, turn, turns, columns, jump, show } = useReading(parts, body, article, look, finding.begin);
  const { leave } = trail;
  useEffect(() => trail.follow(jump), [trail, jump]);
  useTouches(parts, body);
  useEnter(parts, article.id, body !== null);

  const [inside, setInside] = useState<{ destination: Inside; by: Element } | null>(null);
  const [picture, setPicture] = useState<number | null>(null);
  const close = useCallback(() => setInside(null), []);
  const leap = useCallback((target: Element) => {
    const at = body === null ? null : spotOf(body.blocks, target);
    if (at !== null) leave(jump(at));
  }, [body, jump, leave]);
  const follow = useCallback((destination: Inside, by: Element) => {
    if (destination.to === 'anchor') leap(destination.target);
    else setInside({ destination, by });
  }, [leap]);
  const known = useKnownLinks(body);
  usePresses(parts, article, body, known, { onInside: follow, onPicture: setPicture });
  useAids(parts, body, settings, set.script);
  useSpoken(parts, body, article, set.lang, jump);
  const glide = useScrollKeys(parts, pane, article.id);
  useTurning(parts, glide, look);
  const marking = useMarking({ parts, body, article, settings, lang: set.lang === 'und' ? '' : set.lang, jump });

  const outline = useMemo(() => outlineOf(body?.blocks ?? []), [body]);
  const margin = useMargin(pane, (text.columnWidth ?? usualMeasure[set.script]) * text.textSize);
  const current = useMemo(() => currentHeading(outline, block), [outline, block]);
  const go = useCallback((to: number) => void jump({ block: to, offset: 0 }), [jump]);
  const plain = text.flow === 'scroll' && !(text.vertical && set.script === 'cjk');
  const beside = outline.length > 1 && margin !== null && !focus && plain;
  // What is in the page itself has nothing to do with how far it has been read: it is not gone through at each line.
  const around = useMemo(() => (
    <>
      {createPortal(<><Damage article={article} /><FurtherPages article={article} at="start" /><AlsoHave article={article} /><Head article={article} lang={set.lang} /></>, parts.head)}
      {createPortal(<End article={article} />, parts.end)}
      {body !== null && <Inserts article={article} body={body} />}
    </>
  ), [article, parts, body, set.lang]);
  const left = useMemo(() => {
    // At its very beginning a text without parts has its minutes under the title; a part's are told from there on.
    if (percent === 100 || article.links !== null || (percent === 0 && block === 0 && outline.length < 2)) return null;
    const whole = words.reader.minutesLeft(Math.round(article.minutes * (1 - percent / 100)));
    const section = outline.length > 1 && body !== null ? Math.round(article.minutes * leftIn(outline, body.texts, block)) : 0;
    // In the last section both are the same.
    return section < 1 || current === outline.length - 1 ? whole : `${words.reader.sectionLeft(section)} · ${whole}`;
  }, [article, body, block, current, outline, percent, words]);

  return (
    <>
      <Toolbar
        article={article} hidden={hidden} onShow={show}
        left={left}
        outline={outline.length > 1 && !beside ? <Outline outline={outline} current={current} onGo={go} shape="list" /> : null}
        text={<TextPanel settings={settings} article={article} theme={theme as Theme} set={set} />}
        highlights={article.links === null ? marking : null}
      />
      <div
        className={styles.progress} role="progressbar" aria-label={words.reader.progress}
        aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}
      >
        <div className={styles.done} style={{ transform: `scaleX(${percent / 100})` }} />
      </div>
      {turns > 0 && (
        <PageBar
          turn={turn} turns={turns} columns={columns} leftward={onwardKey(parts.doc) === 'ArrowLeft'}
          onTurn={(by) => {
            const moving = glide();
            if (moving !== null) turnBy(parts, moving, by);
          }}
        />
      )}
      {beside && (
        <div className={styles.beside} style={{ inlineSize: margin }} data-quiet={hidden || undefined}>
          <Outline outline={outline} current={current} onGo={go} shape="margin" />
        </div>
      )}
      {(finding.typed !== null || finding.finds.length > 0) && <FoundBar parts={parts} finding={finding} />}
      <TrailBar trail={trail} hidden={hidden} />
      {around}
      {inside?.destination.to === 'note' && (
        <NoteCard
          parts={parts} by={inside.by} note={noteOf(inside.destination.target)} onClose={close}
          onShow={() => {
            close();
            if (inside.destination.to === 'note') leap(inside.destination.target);
          }}
        />
      )}
      {inside?.destination.to === 'article' && (
        <LinkCard parts={parts} by={inside.by} id={inside.destination.id} url={inside.destination.url} onClose={close} />
      )}
      {inside === null && <LinkHint parts={parts} article={article} known={known} />}
      {settings.ruler && plain && <Ruler parts={parts} />}
      {article.links === null && marking.page}
      {picture !== null && body !== null && <Lightbox pictures={body.pictures} at={picture} onAt={setPicture} />}
    </>
  );
}
