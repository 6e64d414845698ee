import type { Input } from '../../shared/contract.ts';
import type { Failure } from '../../shared/failure.ts';
import { ask } from '../ask.ts';

/** How a file being handed out is told of; `stopped` asks whether the reader has called it off. */
export type Watch = { progress(done: number, of: number): void; stopped(): boolean };

/** Fetches a list as a file, part by part, and hands it to the browser or the system to be saved. Null when all went well. */
export async function handOut(input: Input<'exportList'>, watch: Watch): Promise<Failure | null> {
  const begun = await ask('exportList', input);
  if (!begun.ok) return begun.failure;
  const { token, name, total } = begun.value;
  const parts: string[] = [];
  for (;;) {
    if (watch.stopped()) return null;
    const part = await ask('exportPart', { token });
    if (!part.ok) return part.failure;
    parts.push(part.value.text);
    watch.progress(part.value.done, total);
    if (part.value.last) break;
  }
  if (!watch.stopped()) saveFile(new Blob(parts, { type: types[input.as] }), name);
  return null;
}

const types: Record<Input<'exportList'>['as'], string> = {
  html: 'text/html;charset=utf-8', bookmarks: 'text/html;charset=utf-8', opml: 'text/x-opml;charset=utf-8', markdown: 'text/markdown;charset=utf-8',
};

/** The one way a file leaves the window: a link to something of its own, pressed. The host asks where it is to go. */
function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Not at once: the host may still be about to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
