import { lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Answers } from '../../../shared/contract.ts';
import type { DictionaryEntry, DictionaryFile } from '../../../shared/dictionary.ts';
import { baseForms } from './base-forms.ts';
import { DictionaryError, openDictionary, readFacts, type Dictionary } from './stardict.ts';

/** How many folders inside `dictionaries/` are looked through for each level; two levels are enough for any that was unpacked there. */
const mostFolders = 200;
const mostDictionaries = 50;

type Found = { name: string; stem: string; stamp: string };
/** `broken`: some entry of it could not be read. */
type Opened = { stamp: string; dictionary: Dictionary | null; broken: boolean };

/** What can be asked of the library's dictionaries, and the way to let go of their files. */
export type Dictionaries = Pick<Answers, 'dictionaries' | 'lookUp'> & { close(): void };

/** Opens `dictionaries/` of a library folder: StarDict dictionaries that the reader put there. It need not be there. */
export function openDictionaries(root: string): Dictionaries {
  const folder = join(root, 'dictionaries');
  const opened = new Map<string, Opened>();

  /** A dictionary, opened once and again when its files are other ones; null for one that cannot be. */
  function open({ stem, stamp }: Found): Dictionary | null {
    const known = opened.get(stem);
    if (known?.stamp === stamp) return known.dictionary;
    known?.dictionary?.close();
    let dictionary: Dictionary | null = null;
    try {
      dictionary = openDictionary(stem);
    } catch (error) {
      // Why is told by the list of them; looking a word up goes on with the others.
      if (!(error instanceof DictionaryError)) throw error;
    }
    opened.set(stem, { stamp, dictionary, broken: false });
    return dictionary;
  }

  function findIn({ stem }: Found, dictionary: Dictionary, form: string): ReturnType<Dictionary['find']> {
    try {
      return dictionary.find(form);
    } catch (error) {
      if (!(error instanceof DictionaryError)) throw error;
      // Told by the list of them; its other entries, and other dictionaries, go on.
      const known = opened.get(stem);
      if (known !== undefined) known.broken = true;
      return [];
    }
  }

  async function lookUp(text: string): Promise<{ count: number; entries: DictionaryEntry[] }> {
    const entries: DictionaryEntry[] = [];
    let count = 0;
    for (const found of await findAll(folder)) {
      const dictionary = open(found);
      if (dictionary === null) continue;
      count += 1;
      for (const form of baseForms(text)) {
        const here = findIn(found, dictionary, form);
        entries.push(...here.map((entry) => ({ dictionary: dictionary.facts.title || found.name, ...entry })));
        if (here.length > 0) break;
      }
      // The first look at a large one takes a moment; others are answered between two of them.
      await setImmediate();
    }
    return { count, entries };
  }

  return {
    dictionaries: async () => ({ path: folder, files: (await findAll(folder)).map((found) => describe(found, () => open(found) !== null && opened.get(found.stem)?.broken !== true)) }),
    lookUp: ({ text }) => lookUp(text),
    close() {
      for (const { dictionary } of opened.values()) dictionary?.close();
      opened.clear();
    },
  };
}

function describe({ name, stem }: Found, isSound: () => boolean): DictionaryFile {
  try {
    const { title, words } = readFacts(`${stem}.ifo`);
    if (isSound()) return { name, title, words, problem: null };
    openDictionary(stem).close();
    return { name, title, words, problem: 'unreadable' };
  } catch (error) {
    if (error instanceof DictionaryError) return { name, title: '', words: 0, problem: error.problem };
    throw error;
  }
}

/** Every `.ifo` in the folder and the folders in it, by name. A link is not followed: it may lead anywhere. */
async function findAll(folder: string): Promise<Found[]> {
  const stems: string[] = [];
  const look = async (at: string, below: number): Promise<void> => {
    const entries = await readdir(at, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EACCES') return [];
      throw error;
    });
    for (const entry of entries.filter((each) => each.isFile() && each.name.endsWith('.ifo'))) stems.push(join(at, entry.name.slice(0, -4)));
    if (below > 0) for (const entry of entries.filter((each) => each.isDirectory()).slice(0, mostFolders)) await look(join(at, entry.name), below - 1);
  };
  await look(folder, 2);
  return stems.toSorted().slice(0, mostDictionaries).map((stem) => ({ name: stem.slice(folder.length + 1), stem, stamp: stampOf(stem) }));
}

function stampOf(stem: string): string {
  return ['.ifo', '.idx', '.idx.gz', '.dict', '.dict.dz'].map((end) => {
    const facts = lstatSync(`${stem}${end}`, { throwIfNoEntry: false });
    return facts?.isFile() === true ? `${facts.size} ${facts.mtimeMs}` : '-';
  }).join(' ');
}
