import { z } from 'zod';

/** A paired browser's name in the library: 16 random hex digits, no secret. */
export const BrowserId = z.string().regex(/^[0-9a-f]{16}$/);
export type BrowserId = z.infer<typeof BrowserId>;

/** A browser that may hand pages to this library. Times are ISO 8601 in UTC; `usedAt` is null before its first page. */
export type PairedBrowser = { id: BrowserId; name: string; pairedAt: string; usedAt: string | null };

/**
 * How the way in from the reader's browsers stands. `none` is a host that has no such way (a command line);
 * `no-port` says that other programs hold every port it may have.
 */
export type CaptureDoorState = 'none' | 'closed' | 'open' | 'no-port';

/** What Preferences shows of it. `code` is to be typed into the extension before `until`. `extension` is a folder, absolute. */
export type BrowserFacts = {
  door: CaptureDoorState;
  code: { code: string; until: string } | null;
  paired: PairedBrowser[];
  extension: string | null;
};

/**
 * Where the extension looks for Lectern on 127.0.0.1, in this order; `extension/ports.js` has the same. Below every
 * system's range of passing ports, and taken by no program of note. The first digit of a code says which of them, from 1.
 */
export const capturePorts = [27_491, 28_153, 29_347, 30_671, 31_849] as const;

/** Digits of a code, the first of which names the port. */
export const codeLength = 8;

/** The longest page, in characters, that a browser may hand over. */
export const captureLimit = 30_000_000;
