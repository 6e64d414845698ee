import type { Failure } from '../../shared/failure.ts';
import { explain } from '../../shared/words/explain.ts';
import type { Words } from '../words.ts';

/** Why a picture is missing: what was refused or is gone is the picture, not the page. */
export function pictureReason(words: Words, failure: Failure): string {
  if (failure.kind === 'refused') return words.reader.pictureRefused(failure.status);
  if (failure.kind === 'gone') return words.reader.pictureGone(failure.status);
  return explain(words, failure).what;
}
