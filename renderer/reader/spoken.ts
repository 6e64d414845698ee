import { useEffect } from 'react';
import type { Article } from '../../shared/article.ts';
import { sentencesOf } from '../../shared/sentences.ts';
import { becomeReadable } from '../speech/begin.ts';
import { speak, useSpeech, type Saying } from '../speech/speech.ts';
import type { Body } from './body.ts';
import { isPaged, isVertical } from './flow.ts';
import type { FrameParts } from './frame-document.ts';
import type { Spot } from './place.ts';
import { rangeAt, readingLine, spotNow, textsIn } from './position.ts';
import { scriptOf } from './script.ts';

/** Not for the ear: code, tables and formulas, marks that lead to notes, and the small print over Han characters. */
const unsaid = 'pre, table, math, rt, rp, sup a, a[role="doc-noteref"]';

/** An article's sentences in order, as they are to be said. `lang` is the article's, `und` where nobody knows. */
export function sayingsOf({ blocks }: Pick<Body, 'blocks'>, lang: string): Saying[] {
  const sayings: Saying[] = [];
  for (const [at, block] of blocks.entries()) {
    // Blanks in place of what is not said: each character keeps its number.
    const whole = [...textsIn(block)].map((text) => (text.parentElement?.closest(unsaid) === null ? text.data : ' '.repeat(text.data.length))).join('');
    const spoken = block.closest<HTMLElement>('[lang]:not([lang=""])')?.lang ?? lang;
    const known = spoken === 'und' ? scriptOf(null, whole).lang : spoken;
    for (const { from, to } of sentencesOf(whole, known)) {
      const text = whole.slice(from, to).replace(/(?<=\p{Script=Han}) +(?=\p{Script=Han}|[，。！？：；])/gu, '').replace(/\s+/g, ' ');
      sayings.push({ block: at, from, to, text, lang: known === 'und' ? navigator.language : known });
    }
  }
  return sayings;
}

/** The saying at a spot, or the first after it. */
export function sayingAt(sayings: readonly Saying[], spot: Spot): number {
  const at = sayings.findIndex(({ block, to }) => block > spot.block || (block === spot.block && to > spot.offset));
  return at < 0 ? 0 : at;
}

/**
 * Offers the article to be read aloud, marks the sentence that is being said and keeps it in view, as long as the one
 * before it was: a reader who has gone elsewhere in the text is not pulled back.
 */
export function useSpoken(parts: FrameParts, body: Body | null, article: Article, lang: string, jump: (spot: Spot) => void): void {
  const saying = useSpeech(({ now }) => (now?.id === article.id ? now.sayings[now.at] : undefined));
  useEffect(() => {
    if (body === null || article.links !== null) return undefined;
    return becomeReadable({
      id: article.id,
      begin() {
        const sayings = sayingsOf(body, lang);
        speak(article.id, article.title, sayings, sayingAt(sayings, spotNow(parts, body)));
      },
    });
  }, [parts, body, article.id, article.title, article.links, lang]);
  useEffect(() => {
    const view = parts.view as Window & { CSS?: typeof CSS; Highlight?: typeof globalThis.Highlight };
    const registry = view.CSS?.highlights;
    if (body === null || saying === undefined || registry === undefined) return undefined;
    const block = body.blocks[saying.block];
    const range = block === undefined ? null : rangeAt(parts.doc, block, saying.from, saying.to - saying.from);
    if (range === null) return undefined;
    registry.set('spoken', new (view.Highlight ?? globalThis.Highlight)(range));
    const box = range.getBoundingClientRect();
    const { innerWidth: width, innerHeight: height } = parts.view;
    const within = (across: number, down: number): boolean => box.left < width + across && box.right > -across && box.bottom <= height + down && box.top >= -down;
    const seen = isPaged(parts.doc) || isVertical(parts.doc) ? within(0, height) : within(width, -readingLine);
    if (!seen && within(width / 2, height / 2)) jump({ block: saying.block, offset: saying.from });
    return () => void registry.delete('spoken');
  }, [parts, body, saying, jump]);
}
