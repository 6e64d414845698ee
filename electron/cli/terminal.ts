import type { Row, Stage } from '../../shared/article.ts';
import type { Failure } from '../../shared/failure.ts';
import { explain, explainWait, joinSentences } from '../../shared/words/explain.ts';
import type { Words } from '../../shared/words/words.ts';

/** Where a verb prints: results on standard output, everything else on standard error. */
export type Terminal = {
  line(text: string): void;
  json(value: unknown): void;
  complain(sentence: string): void;
  /** A remark beside the results, such as how many there are. */
  note(sentence: string): void;
  /** Says a failure in plain words. */
  fail(failure: Failure, about?: string): void;
  /** A bar on a terminal, nothing elsewhere. */
  progress(done: number, of: number): void;
  /** Takes the bar away. */
  calm(): void;
  bold(text: string): string;
};

/** The process's own streams. A reader that went away (`lectern list | head`) ends the program quietly. */
export function openTerminal(words: Words): Terminal {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
  let drawn = false;
  const calm = (): void => {
    if (drawn) stderr.write('\r\u001b[K');
    drawn = false;
  };
  const complain = (sentence: string): void => {
    calm();
    stderr.write(`lectern: ${sentence}\n`);
  };
  return {
    line(text) {
      calm();
      stdout.write(`${text}\n`);
    },
    json(value) {
      calm();
      stdout.write(`${jsonLine(value)}\n`);
    },
    complain,
    note(sentence) {
      calm();
      stderr.write(`${sentence}\n`);
    },
    fail(failure, about) {
      const { what, todo } = explain(words, failure);
      complain(`${about === undefined ? '' : `${safe(about)}: `}${safe(joinSentences(what, todo))}`);
    },
    progress(done, of) {
      if (!stderr.isTTY || of < 1) return;
      const filled = Math.round((done / of) * 24);
      stderr.write(`\r\u001b[K${'█'.repeat(filled)}${'░'.repeat(24 - filled)} ${words.cli.progress(done, of)}`);
      drawn = true;
    },
    calm,
    bold: (text) => (stdout.isTTY ? `\u001b[1m${text}\u001b[22m` : text),
  };
}

/** JSON in one line, harmless on a terminal: JSON itself leaves signs as they are that some terminals obey, or that turn text round. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Text from a page, harmless on a terminal: control characters would otherwise be obeyed. */
export function safe(text: string): string {
  return text.replace(/[\s\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

/** Text of several lines, harmless on a terminal. */
export function safeLines(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');
}

/** Where an article is; for one that waits also for what. */
export function stateText(words: Words, stage: Stage): string {
  const state = words.cli.states[stage.state];
  const why = stage.state === 'waiting' ? explainWait(words, stage) : null;
  return why === null ? state : `${state}: ${safe(why)}`;
}

/** A row as one line: id, title, host, tags, and the state where it is not ready. */
export function rowLine(words: Words, row: Row, title: string = safe(row.title)): string {
  const facts = [row.host ?? '', row.tags.map((tag) => `#${safe(tag)}`).join(' '), row.stage.state === 'ready' ? (row.links === null ? '' : words.list.listPage(row.links)) : stateText(words, row.stage)];
  return [row.id, title, ...facts].filter((part) => part !== '').join('  ');
}
