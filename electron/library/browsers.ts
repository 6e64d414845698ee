import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { BrowserId, capturePorts, codeLength, type BrowserFacts, type CaptureDoorState, type PairedBrowser } from '../../shared/browser.ts';
import { FailureError } from '../../shared/failure.ts';
import { sha256, storageFailure } from './storage/disk.ts';

/** What trying a code came to. `none`: no code is shown now. `left` is how many tries this code still has; at 0 it is void. */
export type Try = { outcome: 'paired'; id: BrowserId; token: string } | { outcome: 'wrong'; left: number } | { outcome: 'none' };

/** The browsers that may hand pages over: who they are, by what secret they are known, and how one more is let in. */
export type Browsers = {
  facts(): BrowserFacts;
  /** A host tells how its door stands; `port` is what it listens on. */
  door(state: CaptureDoorState, port?: number): void;
  /** Shows a code, at once or as soon as the door is open. */
  pair(): void;
  endPairing(): void;
  /** Throws FailureError `not-found`. */
  forget(id: string): void;
  /** Tries a code for the extension at `origin`; a right one is void from then on. `former` is what that browser was called before. */
  tryCode(code: string, origin: string, name: string, former: string | null): Try;
  /** What only Lectern could say to this nonce on this port: that it knows the browser's token. Null for a browser it does not know. */
  prove(id: string, origin: string, nonce: string, port: number): string | null;
  /** Whether this is the browser it says it is. */
  admits(id: string, token: string, origin: string): boolean;
  /** Notes that the browser was used. */
  used(id: string): void;
  onChange(listener: () => void): () => void;
};

/** How long a code is good for, in milliseconds, and how often it may be tried. */
export const codeLife = 120_000;
export const codeTries = 5;

const Paired = z.object({ id: BrowserId, name: z.string(), origin: z.string(), hash: z.string().regex(/^[0-9a-f]{64}$/), pairedAt: z.string(), usedAt: z.string().nullable() });
type Paired = z.infer<typeof Paired>;

/**
 * Keeps paired browsers in `file` (null: only in memory), readable by its owner only. Of a token only its hash is kept.
 * The file is read each time: several Lecterns of one user, each with a library, share it.
 */
export function openBrowsers(file: string | null, options: { extension?: string | null; now?: () => number } = {}): Browsers {
  const now = options.now ?? Date.now;
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  let memory: Paired[] = [];
  let standing: { state: CaptureDoorState; port: number | null } = { state: 'none', port: null };
  let code: { code: string; until: number; tries: number } | null = null;
  let wanted = false;

  const read = (): Paired[] => (file === null ? memory : readPaired(file));
  const write = (paired: Paired[]): void => {
    memory = paired;
    if (file !== null) writePaired(file, paired);
    changed();
  };
  const known = (id: string, origin: string): Paired | undefined => read().find((each) => each.id === id && each.origin === origin);
  const shown = () => (code !== null && code.until > now() ? code : null);

  function makeCode(): void {
    const place = capturePorts.findIndex((port) => port === standing.port);
    if (standing.state !== 'open' || place < 0) return;
    wanted = false;
    const rest = String(randomInt(10 ** (codeLength - 1))).padStart(codeLength - 1, '0');
    code = { code: `${place + 1}${rest}`, until: now() + codeLife, tries: codeTries };
  }

  return {
    facts() {
      const current = shown();
      return {
        door: standing.state,
        code: current && { code: current.code, until: new Date(current.until).toISOString() },
        paired: read().map(({ id, name, pairedAt, usedAt }): PairedBrowser => ({ id, name, pairedAt, usedAt })),
        extension: options.extension ?? null,
      };
    },
    door(state, port) {
      standing = { state, port: port ?? null };
      code = null;
      if (wanted) makeCode();
      changed();
    },
    pair() {
      wanted = true;
      makeCode();
      changed();
    },
    endPairing() {
      wanted = false;
      code = null;
      changed();
    },
    forget(id) {
      const paired = read();
      if (!paired.some((each) => each.id === id)) throw new FailureError({ kind: 'not-found', what: id });
      write(paired.filter((each) => each.id !== id));
    },
    tryCode(given, origin, name, former) {
      const current = shown();
      if (current === null) return { outcome: 'none' };
      if (!sameText(given, current.code)) {
        current.tries -= 1;
        if (current.tries === 0) code = null;
        changed();
        return { outcome: 'wrong', left: current.tries };
      }
      code = null;
      const id = randomBytes(8).toString('hex');
      const token = randomBytes(32).toString('base64url');
      const others = read().filter((each) => each.id !== former || each.origin !== origin);
      write([...others, { id, name: name.slice(0, 100), origin, hash: sha256(token), pairedAt: new Date(now()).toISOString(), usedAt: null }]);
      return { outcome: 'paired', id, token };
    },
    prove(id, origin, nonce, port) {
      const paired = known(id, origin);
      // The port is part of it, so that who squats another one cannot pass the question on to us.
      return paired === undefined ? null : createHmac('sha256', Buffer.from(paired.hash, 'hex')).update(`${nonce} ${port}`).digest('hex');
    },
    admits(id, token, origin) {
      const paired = known(id, origin);
      return paired !== undefined && sameText(sha256(token), paired.hash);
    },
    used(id) {
      write(read().map((each) => (each.id === id ? { ...each, usedAt: new Date(now()).toISOString() } : each)));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What a damaged file no longer tells is only whom to pair again. */
function readPaired(file: string): Paired[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw storageFailure(error, file);
  }
  try {
    const parsed = z.array(z.unknown()).safeParse(JSON.parse(text));
    return (parsed.data ?? []).flatMap((each) => Paired.safeParse(each).data ?? []);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function writePaired(file: string, paired: readonly Paired[]): void {
  const beside = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeFileSync(beside, `${JSON.stringify(paired, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(beside, file);
  } catch (error) {
    throw storageFailure(error, file);
  }
}

/** Compared by hash, in a time that tells nothing, of lengths neither. */
function sameText(given: string, secret: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given), 'hex'), Buffer.from(sha256(secret), 'hex'));
}
