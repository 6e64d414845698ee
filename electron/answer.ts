import { z } from 'zod';
import { questions, type Answers, type QuestionName } from '../shared/contract.ts';
import { FailureError, type Failure, type Reply } from '../shared/failure.ts';

/** True for the names in the contract's table and nothing else, inherited names included. */
export function isQuestion(name: string): name is QuestionName {
  return Object.hasOwn(questions, name);
}

/**
 * Runs one question for any host: validates the input by the contract, asks the library, and turns whatever is
 * thrown into a failure as data. Never rejects.
 */
export async function answer(library: { answers: Answers }, name: string, input: unknown): Promise<Reply<unknown>> {
  if (!isQuestion(name)) return { ok: false, failure: { kind: 'bad-input', problem: `No question is called ${JSON.stringify(name.slice(0, 60))}.` } };
  const parsed = questions[name].input.safeParse(input);
  if (!parsed.success) {
    return { ok: false, failure: { kind: 'bad-input', problem: z.prettifyError(parsed.error).slice(0, 500) } };
  }
  try {
    // The name and the input it was parsed by belong together, which a union of functions cannot say.
    const run = library.answers[name] as (input: unknown) => unknown;
    return { ok: true, value: await run(parsed.data) };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/** What a thrown thing means for the reader: our own failures as they are, the system's by their codes, the rest as a fault. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  if (!(error instanceof Error)) return { kind: 'internal', detail: String(error).slice(0, 2_000) };
  const { code, path, errcode } = error as { code?: unknown; path?: unknown; errcode?: unknown };
  const place = typeof path === 'string' ? path : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'disk-full', path: place };
  if (code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number') return sqliteFailure(errcode, error);
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code) && 'syscall' in error) {
    return { kind: 'storage', path: place, reason: code };
  }
  return { kind: 'internal', detail: (error.stack ?? error.message).slice(0, 2_000) };
}

/** SQLite's primary result codes (the low byte): 8 READONLY, 10 IOERR, 11 CORRUPT, 13 FULL, 14 CANTOPEN, 26 NOTADB. */
function sqliteFailure(errcode: number, error: Error): Failure {
  switch (errcode & 0xff) {
    case 8:
      return { kind: 'read-only', why: 'folder' };
    case 11:
    case 26:
      return { kind: 'damaged', part: 'index.db' };
    case 13:
      return { kind: 'disk-full', path: 'index.db' };
    case 10:
    case 14:
      return { kind: 'storage', path: 'index.db', reason: error.message };
    default:
      return { kind: 'internal', detail: (error.stack ?? error.message).slice(0, 2_000) };
  }
}
