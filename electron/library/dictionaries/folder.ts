import { lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answers, Output } from '../../../shared/contract.ts';
import type { DictionaryEntry, DictionaryFile, DictionaryProblem } from '../../../shared/dictionary.ts';
import { FailureError } from '../../../shared/failure.ts';
import { baseForms } from './base-forms.ts';
import { DictionaryError, openDictionary, type Dictionary } from './stardict.ts';

/** How many folders inside `dictionaries/` are looked through for each level; two levels are enough for any that was unpacked there. */
const mostFolders = 200;
const mostDictionaries = 50;

type Found = { name: string; stem: string; stamp: string };
/** `dictionary` is why it cannot be opened where it cannot; `broken`: some entry of it could not be read. */
type Opened = { stamp: string; dictionary: Promise<Dictionary | DictionaryProblem>; broken: boolean };

/** What can be asked of the library's dictionaries, and the way to let go of their files. */
export type Dictionaries = Pick<Answers, 'dictionaries' | 'lookUp'> & { close(): Promise<void> };

/** Opens `dictionaries/` of a library folder: StarDict dictionaries that the reader put there. It need not be there. */
export function openDictionaries(root: string): Dictionaries {
  const folder = join(root, 'dictionaries');
  const opened = new Map<string, Opened>();
  const closing = new AbortController();

  /** A dictionary, opened once and again when its files are other ones. */
  function open({ stem, stamp }: Found): Opened {
    const known = opened.get(stem);
    if (known?.stamp === stamp) return known;
    if (known !== undefined) void close(known);
    const dictionary = openDictionary(stem, closing.signal).catch((error: unknown) => {
      if (closing.signal.aborted) throw new FailureError({ kind: 'cancelled' });
      // Why is told by the list of them; looking a word up goes on with the others.
      if (!(error instanceof DictionaryError)) throw error;
      return error.problem;
    });
    const made: Opened = { stamp, dictionary, broken: false };
    opened.set(stem, made);
    return made;
  }

  async function lookUp(text: string): Promise<{ count: number; entries: DictionaryEntry[] }> {
    const entries: DictionaryEntry[] = [];
    let count = 0;
    for (const found of await findAll(folder)) {
      const known = open(found);
      const dictionary = await known.dictionary;
      if (typeof dictionary === 'string') continue;
      count += 1;
      for (const form of baseForms(text)) {
        const here = findIn(known, dictionary, form);
        entries.push(...here.map((entry) => ({ dictionary: dictionary.facts.title || found.name, ...entry })));
        if (here.length > 0) break;
      }
    }
    return { count, entries };
  }

  async function dictionaries(): Promise<Output<'dictionaries'>> {
    const files: DictionaryFile[] = [];
    for (const found of await findAll(folder)) {
      const known = open(found);
      files.push(describe(found, await known.dictionary, known.broken));
    }
    return { path: folder, files };
  }

  return {
    dictionaries,
    lookUp: ({ text }) => lookUp(text),
    async close() {
      closing.abort();
      await Promise.all([...opened.values()].map(close));
      opened.clear();
    },
  };
}

async function close({ dictionary }: Opened): Promise<void> {
  const made = await dictionary.catch(() => null);
  if (made !== null && typeof made !== 'string') made.close();
}

function findIn(known: Opened, dictionary: Dictionary, form: string): ReturnType<Dictionary['find']> {
  try {
    return dictionary.find(form);
  } catch (error) {
    if (!(error instanceof DictionaryError)) throw error;
    // Told by the list of them; its other entries, and other dictionaries, go on.
    known.broken = true;
    return [];
  }
}

function describe({ name }: Found, dictionary: Dictionary | DictionaryProblem, broken: boolean): DictionaryFile {
  if (typeof dictionary === 'string') return { name, title: '', words: 0, problem: dictionary };
  const { title, words } = dictionary.facts;
  return { name, title, words, problem: broken ? 'unreadable' : null };
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
