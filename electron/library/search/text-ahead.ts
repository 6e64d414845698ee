import { setImmediate as breathe } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync } from 'node:zlib';
import type { Sealed } from '../storage/parts.ts';
import { plainText, plainTextSteps } from './plain-text.ts';

/*
 * What an index takes in of a sealed text. A book's takes longer than others may wait, so it is made while the article is
 * being sealed, a piece at a time, and waits here for the act that names the folder; whatever is not here, after a kill or
 * on another machine, is made when it is wanted.
 */

/** An article's plain text as `texts` keeps it, and whether the text has a listing. */
export type Indexed = { text: Uint8Array; code: boolean };

const level = 4;
const kept = 20;
const ahead = new Map<string, Indexed>();

const keyOf = ({ folder, sums }: Sealed): string => `${folder} ${sums['article.html'] ?? ''}`;

/** True when a stored article's HTML holds a listing. */
export function hasCode(html: string): boolean {
  return /<pre(?:\s[^>]*)?><code/.test(html);
}

/** Makes it now. */
export function indexedOf(html: string): Indexed {
  return { text: deflateRawSync(plainText(html), { level }), code: hasCode(html) };
}

/** Makes it in pieces, others being answered between them, and keeps it for the act to come. */
export async function makeAhead(sealed: Sealed, html: string): Promise<void> {
  const steps = plainTextSteps(html);
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) await breathe();
  const text = await promisify(deflateRaw)(step.value, { level });
  ahead.set(keyOf(sealed), { text, code: hasCode(html) });
  for (const oldest of ahead.keys()) {
    if (ahead.size <= kept) break;
    ahead.delete(oldest);
  }
}

/** What was made ahead of a sealed text; undefined when nothing was. */
export function madeAhead(sealed: Sealed): Indexed | undefined {
  return ahead.get(keyOf(sealed));
}
