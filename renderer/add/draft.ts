import { create } from 'zustand';
import type { Saved } from '../../shared/contract.ts';
import type { AddDraft } from '../view.ts';
import { readingOf, type FileReading } from './files.ts';

/** A file to be added: what it will be read as is known from its name until its content tells. */
export type DraftFile = { key: string; file: File; reading: FileReading };

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
    return { key: String(counted), file, reading: readingOf(file.name, file.size) };
  });
  useDraft.setState(({ files: before }) => ({ files: [...before, ...made] }));
}

export function removeFile(key: string): void {
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
