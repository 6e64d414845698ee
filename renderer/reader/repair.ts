import { useLayoutEffect } from 'react';
import type { Body } from './body.ts';
import type { FrameParts } from './frame-document.ts';
import { textsIn } from './position.ts';

/*
 * Half-width punctuation between Han characters, shown as what was meant. One character stands for one, so that every
 * offset into the text stays true, and it is put in and taken out beside each other, so that no range or selection moves.
 * What is copied is the text as it is kept.
 */

/** One character shown in another's place. */
type Mend = { node: Text; at: number; kept: string; shown: string };

const full: Record<string, string> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）', '.': '。' };
const han = String.raw`\p{Script=Han}\u3000-\u303f\uff01-\uff60\u2018-\u201d`;
/** After a Han character: a mark, with the space that may follow it, before another or at an end. Brackets stand before or after one. */
const pattern = new RegExp(String.raw`(?<=[${han}] ?)[,;:?!.](?: (?=[${han}(])|(?=[${han}()'"]|\s*$))|\((?=[${han}])|(?<=[${han}][.!?]?)\)`, 'gmu');

/** What is shown instead in a block's text: where, and which character. The space after a mark gives way to the mark's own air. */
export function mendsIn(text: string): Array<{ at: number; shown: string }> {
  return [...text.matchAll(pattern)].flatMap(({ index, 0: found }) => {
    const shown = full[found[0] ?? ''];
    if (shown === undefined) return [];
    return [{ at: index, shown }, ...(found.length > 1 ? [{ at: index + 1, shown: '\u200b' }] : [])];
  });
}

/** Shows full-width marks while `on`; the blocks' texts, and what is copied, stay as kept. */
export function useRepair({ doc }: FrameParts, body: Body | null, on: boolean): void {
  useLayoutEffect(() => {
    if (body === null || !on) return undefined;
    const mends = body.blocks.flatMap((block, at) => find(block, body.texts[at] ?? ''));
    if (mends.length === 0) return undefined;
    const show = (shown: boolean): void => {
      for (const { node, at, kept, shown: other } of mends) put(node, at, shown ? kept : other, shown ? other : kept);
    };
    show(true);
    let timer = 0;
    const copy = (): void => {
      // The engine copies what stands there once this is over.
      if (timer !== 0) return;
      show(false);
      timer = window.setTimeout(() => {
        timer = 0;
        show(true);
      });
    };
    const stop = new AbortController();
    for (const kind of ['copy', 'dragstart']) doc.addEventListener(kind, copy, { signal: stop.signal });
    return () => {
      stop.abort();
      if (timer === 0) show(false);
      else window.clearTimeout(timer);
    };
  }, [doc, body, on]);
}

function find(block: HTMLElement, text: string): Mend[] {
  const wanted = mendsIn(text);
  if (wanted.length === 0) return [];
  const mends: Mend[] = [];
  let from = 0;
  for (const node of textsIn(block)) {
    const to = from + node.data.length;
    const code = node.parentElement?.closest('code, pre, kbd, samp, tt, math') ?? null;
    for (const { at, shown } of code === null ? wanted : []) {
      if (at >= from && at < to) mends.push({ node, at: at - from, kept: text[at] ?? '', shown });
    }
    from = to;
  }
  return mends;
}

/** One character for another. Put in before the old one goes, a range that ends or begins there keeps its ends. */
function put(node: Text, at: number, before: string, after: string): void {
  if (node.data[at] !== before) return;
  node.insertData(at, after);
  node.deleteData(at + 1, 1);
}
