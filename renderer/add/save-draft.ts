import type { Saved } from '../../shared/contract.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Recognised } from '../../shared/recognise.ts';
import type { Words } from '../../shared/words/words.ts';
import { ask } from '../ask.ts';
import { offerUndo, say } from '../parts/toasts.ts';
import type { Bringing } from './bring.ts';
import { clearDraft, isWanted, removeFile, setBringing, useDraft, type DraftFile } from './draft.ts';
import { base64Of } from './files.ts';

/** The library takes so many addresses at once. */
export const mostAddresses = 10_000;

/** What a save came to. `file` is the key of the file that was not saved; null for addresses and text. */
export type Outcome = { saved: Saved[]; failed: Array<{ file: string | null; failure: Failure }> };

/** How many articles saving would make or bring up. */
export function countOf(understood: Recognised, files: readonly DraftFile[]): number {
  const inFiles = files.filter(isWanted).reduce((sum, { bringing }) => sum + (bringing?.state === 'found' ? bringing.facts.links : 1), 0);
  if (understood.kind === 'addresses') return Math.min(understood.addresses.length, mostAddresses) + inFiles;
  return (understood.kind === 'text' ? 1 : 0) + inFiles;
}

async function saveText(understood: Recognised): Promise<Outcome> {
  const { text, title, tags, offered, bookmark, note } = useDraft.getState();
  if (understood.kind === 'nothing') return { saved: [], failed: [] };
  if (understood.kind === 'addresses') {
    const urls = understood.addresses.slice(0, mostAddresses);
    const typed = offered !== text;
    const alone = urls.length === 1 ? { title: title.trim(), note } : {};
    const reply = bookmark
      ? await ask('bookmark', { pages: urls.map((url) => ({ url, ...alone })), tags, typed })
      : await ask('save', { urls, tags, typed });
    return reply.ok ? { saved: reply.value, failed: [] } : { saved: [], failed: [{ file: null, failure: reply.failure }] };
  }
  const name = title.trim() === '' ? understood.title : title.trim();
  const reply = await ask('saveText', { text, format: understood.format, name: name.slice(0, 500), tags });
  if (!reply.ok) return { saved: [], failed: [{ file: null, failure: reply.failure }] };
  // `name` is only the library's last resort; a title the reader wrote goes before what the text says itself.
  const renamed = title.trim() === '' ? null : await ask('rename', { id: reply.value.id, title: title.trim() });
  return {
    saved: [reply.value],
    failed: renamed === null || renamed.ok ? [] : [{ file: null, failure: renamed.failure }],
  };
}

/** Saves the draft. What was saved leaves it; what was not stays, so that nothing typed is lost. */
export async function saveDraft(understood: Recognised): Promise<Outcome> {
  const { files, tags } = useDraft.getState();
  const outcome = await saveText(understood);
  if (outcome.failed.length === 0) useDraft.setState({ text: '', title: '', note: '', offered: null });
  for (const each of files) {
    if (!isWanted(each)) continue;
    const { key, file, bringing } = each;
    const failure = bringing?.state === 'found' ? await takeOver(each, bringing, tags) : await saveFile(file, tags, outcome.saved);
    if (failure === null) removeFile(key);
    else outcome.failed.push({ file: key, failure });
  }
  if (outcome.failed.length === 0) clearDraft();
  return outcome;
}

/** Takes an export over and says what came of it, with the way back. */
async function takeOver({ key, file }: DraftFile, { token, bookmarks, folders }: Bringing & { state: 'found' }, tags: string[]): Promise<Failure | null> {
  const reply = await ask('runImport', { token, name: file.name.slice(0, 500), tags, bookmarks, folders });
  if (!reply.ok) return reply.failure;
  // The library has let go of it.
  setBringing(key, null);
  const { made, known, undo } = reply.value;
  const text = (words: Words) => (bookmarks ? words.bring.bookmarksDone : words.bring.done)(made, known);
  if (undo === null) say(text);
  else offerUndo('runImport', [], undo, text);
  return null;
}

async function saveFile(file: File, tags: string[], saved: Saved[]): Promise<Failure | null> {
  let base64: string;
  try {
    base64 = await base64Of(file);
  } catch {
    // The file was moved, deleted or locked since it was chosen.
    return { kind: 'storage', path: file.name, reason: 'unreadable' };
  }
  const reply = await ask('saveFile', { name: file.name.slice(0, 500), base64, tags });
  if (!reply.ok) return reply.failure;
  saved.push(reply.value);
  return null;
}
