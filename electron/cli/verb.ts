import type { Words } from '../../shared/words/words.ts';
import type { Access } from '../open.ts';
import type { Misuse } from './arguments.ts';
import type { Terminal } from './terminal.ts';

/** What every verb works with. `open` opens the library (or joins its owner); it is closed when the verb ends. */
export type Context = {
  words: Words;
  terminal: Terminal;
  open(): Promise<Access>;
};

/** Runs on the arguments after the verb's name; answers the exit code (0 or 1), or says what was not understood. */
export type Verb = (context: Context, argv: string[]) => Promise<0 | 1 | Misuse>;
