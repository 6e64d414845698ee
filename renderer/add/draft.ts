import { create } from 'zustand';
import type { Saved } from '../../shared/contract.ts';
import type { AddDraft } from '../view.ts';
import { ask } from '../ask.ts';
import { lookThrough, mayBeExport, type Bringing } from './bring.ts';
import { isTaken, readingOf, type FileReading } from './files.ts';

/** A file to be added: what it will be read as is known from its name until its content tells; `bringing` where it may be another service's export. */
export type DraftFile = { key: string; file: File; reading: FileReading; bringing: Bringing | null };

/** What the reader has put together in the Add panel. It outlives the panel, so that closing it loses nothing. */
export type Draft = {
  text: string;
  /** The title given to a text. */
  title: string;
  /** Only the addresses are to be kept; `note` goes with a single one. */
  bookmark: boolean;
  note: string;
  tags: string[];
  files: DraftFile[];
  /** The text as another program proposed it: as long as it is unchanged, private networks stay out of reach. */
  offered: string | null;
  /** What was just saved and is being followed; null while there is still something to be said. */
  saved: Saved[] | null;
};

const empty: Draft = { text: '', title: '', bookmark: false, note: '', tags: [], files: [], offered: null, saved: null };

export const useDraft = create<Draft>(() => empty);

let counted = 0;

/** Adds files to the draft. */
export function addFiles(files: readonly File[]): void {
  const made = files.map((file) => {
    counted += 1;
    return { key: String(counted), file, reading: readingOf(file.name, file.size), bringing: null };
  });
  useDraft.setState(({ files: before }) => ({ files: [...before, ...made] }));
  for (const { key, file } of made) void look(key, file);
}

/** Sets what is known of a file that may be an export; the answer tells whether the file is still there. */
export function setBringing(key: string, bringing: Bringing | null): boolean {
  const there = useDraft.getState().files.some((each) => each.key === key);
  useDraft.setState(({ files }) => ({ files: files.map((each) => (each.key === key ? { ...each, bringing } : each)) }));
  return there;
}

async function look(key: string, file: File): Promise<void> {
  if (!(await mayBeExport(file))) return;
  const reply = await lookThrough(file, (done) => setBringing(key, { state: 'handing', done }));
  if (!reply.ok) setBringing(key, { state: 'failed', failure: reply.failure });
  else if (reply.value === null) setBringing(key, null);
  else if (!setBringing(key, { state: 'found', ...reply.value, folders: true, bookmarks: false })) void ask('dropImport', { token: reply.value.token });
}

/** Whether anything is to be saved of it. */
export const isWanted = ({ reading, bringing }: DraftFile): boolean => (bringing === null ? isTaken(reading) : bringing.state === 'found');

export function removeFile(key: string): void {
  const bringing = useDraft.getState().files.find((each) => each.key === key)?.bringing;
  if (bringing?.state === 'found') void ask('dropImport', { token: bringing.token });
  useDraft.setState(({ files }) => ({ files: files.filter((each) => each.key !== key) }));
}

/** Takes in what was dropped, pasted or proposed: after what is there already, never instead of it. */
export function takeIn(arrived: AddDraft): void {
  useDraft.setState({ saved: null });
  if (arrived.files !== undefined) addFiles(arrived.files);
  if (arrived.text === undefined) return;
  const { text } = useDraft.getState();
  const joined = text.trim() === '' ? arrived.text : `${text.trimEnd()}\n${arrived.text}`;
  useDraft.setState({ text: joined, offered: arrived.offered === true ? joined : null });
}

export function clearDraft(): void {
  useDraft.setState(empty);
}
