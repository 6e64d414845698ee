import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ArticleId } from '../shared/article.ts';
import type { Ask, News } from '../shared/contract.ts';
import { FailureError, type Failure } from '../shared/failure.ts';
import { failureOf } from './answer.ts';
import type { Kept, Launch } from './deep-link.ts';

/** The largest file taken whole, in bytes; base64 of it fits through the door. */
const fileLimit = 33_000_000;

/**
 * Does what a launch asks for: saves what a person named, proposes what a link named, shows what one leads back to. Whatever fails is told as
 * trouble; nothing is thrown. The last of what was saved, else what was to be shown, is told to be opened, and answered; null where nothing was.
 */
export async function carryOut(launch: Launch, ask: Ask, tell: (news: News) => void): Promise<ArticleId | null> {
  if (launch.offered.length > 0) tell({ about: 'offer', urls: launch.offered });
  let last: ArticleId | null = null;
  const trouble = (failure: Failure) => tell({ about: 'trouble', failure });
  if (launch.urls.length > 0) {
    const reply = await ask('save', { urls: launch.urls });
    if (reply.ok) last = reply.value.at(-1)?.id ?? null;
    else trouble(reply.failure);
  }
  for (const path of launch.files) {
    try {
      const reply = await ask('saveFile', { name: basename(path), base64: await readWhole(path) });
      if (reply.ok) last = reply.value.id;
      else trouble(reply.failure);
    } catch (error) {
      trouble(failureOf(error));
    }
  }
  if (last !== null) tell({ about: 'open', id: last });
  return last ?? (launch.kept === null ? null : show(launch.kept, ask, tell));
}

/** Shows an article that a link led to; one that is not here any more is told as trouble. */
async function show({ id, highlight }: Kept, ask: Ask, tell: (news: News) => void): Promise<ArticleId | null> {
  const reply = await ask('article', { id });
  if (!reply.ok) {
    tell({ about: 'trouble', failure: reply.failure });
    return null;
  }
  tell({ about: 'open', id, ...(highlight === null ? {} : { highlight }) });
  return id;
}

async function readWhole(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > fileLimit) throw new FailureError({ kind: 'too-large', limit: fileLimit });
  return (await readFile(path)).toString('base64');
}
