import { stderr } from 'node:process';

/** Tells whoever looks at the terminal what went wrong where no answer could carry it; the reader is told in words elsewhere. */
export function complain(what: string, error?: unknown): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
  stderr.write(error === undefined ? `${what}\n` : `${what}: ${detail}\n`);
}
