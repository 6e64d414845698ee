import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { News, Saved } from '../shared/contract.ts';
import { FailureError, type Failure, type Reply } from '../shared/failure.ts';
import { answer, failureOf } from './answer.ts';
import type { Launch } from './deep-link.ts';
import type { Library } from './library/library.ts';

/** The largest file taken whole, in bytes; base64 of it fits through the door. */
const fileLimit = 33_000_000;

/**
 * Does what a launch asks for: saves what a person named, proposes what a link named, and shows the last of what was
 * saved. Whatever fails is told as trouble; nothing is thrown.
 */
export async function receive(launch: Launch, library: Library, tell: (news: News) => void): Promise<void> {
  if (launch.offered.length > 0) tell({ about: 'offer', urls: launch.offered });
  const saved: Saved[] = [];
  const trouble = (failure: Failure) => tell({ about: 'trouble', failure });
  if (launch.urls.length > 0) {
    const reply = (await answer(library, 'save', { urls: launch.urls })) as Reply<Saved[]>;
    if (reply.ok) saved.push(...reply.value);
    else trouble(reply.failure);
  }
  for (const path of launch.files) {
    try {
      const reply = (await answer(library, 'saveFile', { name: basename(path), base64: await readWhole(path) })) as Reply<Saved>;
      if (reply.ok) saved.push(reply.value);
      else trouble(reply.failure);
    } catch (error) {
      trouble(failureOf(error));
    }
  }
  const last = saved.at(-1);
  if (last !== undefined) tell({ about: 'open', id: last.id });
}

async function readWhole(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > fileLimit) throw new FailureError({ kind: 'too-large', limit: fileLimit });
  return (await readFile(path)).toString('base64');
}
