import { foldedLength, signsOf, unfoldedAt } from '../../shared/anchor-text.ts';
import { surroundings, type Anchor, type Located } from '../../shared/highlight.ts';
import type { Body } from '../reader/body.ts';
import { textsIn } from '../reader/position.ts';

/** A shown article's folded text, and where in it each of its text nodes begins; `starts` has one more, the end. */
export type FrameText = { text: string; nodes: Text[]; starts: number[]; blocks: number[] };

/** Reads a body's text piece by piece: between pieces `pause` may let others have their turn. */
function* reading(body: Body): Generator<undefined, FrameText> {
  const [nodes, starts, blocks, pieces]: [Text[], number[], number[], string[]] = [[], [], [], []];
  let at = 0;
  for (const [number, block] of body.blocks.entries()) {
    for (const node of textsIn(block)) {
      const signs = signsOf(node.data);
      nodes.push(node);
      starts.push(at);
      blocks.push(number);
      pieces.push(signs);
      at += signs.length;
    }
    if (number % 20 === 19) yield undefined;
  }
  return { text: pieces.join(''), nodes, starts: [...starts, at], blocks };
}

/** Reads a body's text at once. */
export function readText(body: Body): FrameText {
  const run = reading(body);
  for (;;) {
    const step = run.next();
    if (step.done === true) return step.value;
  }
}

/** Reads a body's text without being felt: never longer than a few milliseconds at a time. */
export async function readTextCalmly(body: Body, pause: () => Promise<void>): Promise<FrameText> {
  const run = reading(body);
  for (;;) {
    const step = run.next();
    if (step.done === true) return step.value;
    await pause();
  }
}

/** The node that holds the folded sign `at`. */
function nodeAt({ starts }: FrameText, at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high - 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}

/** The range of a place in the text; null where the text has no such place. */
export function rangeOf(frame: FrameText, { start, end }: Located): Range | null {
  const [first, last] = [nodeAt(frame, start), nodeAt(frame, end - 1)];
  const [from, to] = [frame.nodes[first], frame.nodes[last]];
  if (from === undefined || to === undefined || end > frame.text.length || start >= end) return null;
  const range = from.ownerDocument.createRange();
  range.setStart(from, unfoldedAt(from.data, start - (frame.starts[first] ?? 0)));
  range.setEnd(to, Math.min(to.data.length, unfoldedAt(to.data, end - 1 - (frame.starts[last] ?? 0)) + 1));
  return range;
}

/** How many folded signs stand before a point of the document. */
export function signsBefore(frame: FrameText, container: Node, offset: number): number {
  const known = container.nodeType === 3 ? frame.nodes.indexOf(container as Text) : -1;
  if (known >= 0) return (frame.starts[known] ?? 0) + foldedLength((container as Text).data, offset);
  const point = container.ownerDocument?.createRange();
  point?.setStart(container, offset);
  // The nodes are in order: the first one that does not begin before the point.
  let [low, high] = [0, frame.nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const node = frame.nodes[middle];
    if (node !== undefined && point !== undefined && point.comparePoint(node, 0) < 0) low = middle + 1;
    else high = middle;
  }
  return frame.starts[low] ?? 0;
}

/** Which top-level block, and which character of it, a place in the text begins at. */
export function spotOf(frame: FrameText, at: number): { block: number; offset: number } {
  const node = nodeAt(frame, at);
  const block = frame.blocks[node] ?? 0;
  let offset = unfoldedAt(frame.nodes[node]?.data ?? '', at - (frame.starts[node] ?? 0));
  for (let before = node - 1; before >= 0 && frame.blocks[before] === block; before--) offset += frame.nodes[before]?.data.length ?? 0;
  return { block, offset };
}

/** The anchor of a stretch of the text, and its words as they are written; null where nothing but blanks is in it. */
export function anchorOf(frame: FrameText, range: Range): { anchor: Anchor; located: Located } | null {
  const start = signsBefore(frame, range.startContainer, range.startOffset);
  const end = signsBefore(frame, range.endContainer, range.endOffset);
  if (end <= start) return null;
  const quote = writtenAt(frame, start, end);
  const prefix = writtenAt(frame, Math.max(0, start - surroundings), start).slice(-surroundings).replace(/^[\udc00-\udfff]/, '');
  const suffix = writtenAt(frame, end, Math.min(frame.text.length, end + surroundings)).slice(0, surroundings).replace(/[\ud800-\udbff]$/, '');
  const signs = frame.text.slice(start, end);
  let twins = -1;
  for (let at = frame.text.indexOf(signs); at >= 0 && twins < 1_000; at = frame.text.indexOf(signs, at + 1)) twins++;
  return { anchor: { quote, prefix, suffix, start, end, twins: Math.max(0, twins) }, located: { start, end } };
}

/** A stretch of the text as it is written, blanks folded; what stands in different blocks is parted. */
function writtenAt(frame: FrameText, start: number, end: number): string {
  if (end <= start) return '';
  const [first, last] = [nodeAt(frame, start), nodeAt(frame, end - 1)];
  let written = '';
  for (let at = first; at <= last; at++) {
    const data = frame.nodes[at]?.data ?? '';
    const from = at === first ? unfoldedAt(data, start - (frame.starts[at] ?? 0)) : 0;
    const to = at === last ? unfoldedAt(data, end - 1 - (frame.starts[at] ?? 0)) + 1 : data.length;
    if (at > first && frame.blocks[at] !== frame.blocks[at - 1]) written += ' ';
    written += data.slice(from, to);
  }
  return written.replace(/\s+/g, ' ').trim();
}
