import type { TagColour } from '../../shared/tag-colour.ts';
import type { Tag } from '../../shared/tag.ts';
import type { Words } from '../../shared/words/words.ts';
import { ask } from '../ask.ts';
import { shelved } from '../home/shelf-order.ts';
import { beginWork } from '../parts/work.ts';
import { act, offerUndo, sayFailure } from '../parts/toasts.ts';
import { followTag } from '../view.ts';

/** As many articles as one question changes. */
const PIECE = 500;

async function retag(tags: readonly string[], to: string | null, text: (words: Words, count: number) => string): Promise<boolean> {
  let [count, token, after] = [0, null as string | null, {}];
  let state: 'going' | 'done' | 'stopped' | 'failed' = 'going';
  const work = beginWork((words, done, of) => words.work.changed(done, of));
  while (state === 'going') {
    const reply = await ask('retag', { tags: [...tags], to, most: PIECE, ...after, ...(token === null ? {} : { joins: token }) });
    if (reply.ok) {
      token = reply.value.undo ?? token;
      count += reply.value.count;
      after = reply.value.after === undefined ? {} : { after: reply.value.after };
      if (reply.value.after === undefined) state = 'done';
      else if (!work.reach(count, count + (reply.value.left ?? 0))) state = 'stopped';
    } else {
      state = 'failed';
      sayFailure(reply.failure);
    }
  }
  work.end();
  // What was done before a failure or a stop can be taken back as well.
  const said = { done: (words: Words) => text(words, count), stopped: (words: Words) => words.work.stopped(count), failed: null }[state];
  if (token !== null) offerUndo('retag', [], token, said);
  if (state === 'done') for (const tag of tags) followTag(tag, to);
  return state === 'done';
}

/** Gives a tag another name, and those nested in it. */
export const renameTag = (tag: string, to: string): Promise<boolean> => retag([tag], to, (words) => words.tags.renamed(to));

/** Makes one tag of several; `into` is the name that stays. */
export const mergeTags = (tags: readonly string[], into: string): Promise<boolean> =>
  retag(tags.filter((tag) => tag !== into), into, (words, count) => words.tags.merged(into, count));

/** Remembers that tags only look alike. */
export const keepTagsApart = (tags: string[]): Promise<boolean> => act('keepTagsApart', { tags }, (words) => words.tags.keptApart(tags.join(', ')));

/** Takes a tag, and those nested in it, off every article. */
export const removeTag = (tag: string): Promise<boolean> => retag([tag], null, (words, count) => words.tags.removed(tag, count));

/** Gives a tag a colour, or none. */
export async function colourTag(tag: string, colour: TagColour | null): Promise<void> {
  await act('setTag', { tag, colour }, null);
}

/** Puts a tag's shelf on Home, below the others, or takes it off. `shown` are the shelves there are while none was chosen. */
export async function toggleShelf(tags: readonly Tag[], tag: string, shown: readonly string[]): Promise<void> {
  const chosen = shelved(tags);
  const order = chosen.length > 0 ? chosen : shown;
  const on = !order.includes(tag);
  await act('shelves', { tags: on ? [...order, tag] : order.filter((each) => each !== tag) }, (words) => (on ? words.tags.shelfPut(tag) : words.tags.shelfTaken(tag)));
}
