/** The families of browsers an extension is packed for. */
export type Family = 'chrome' | 'firefox';
export function manifestFor(family: Family): Record<string, unknown>;
export function makeFolder(family: Family, folder: string): void;
export function zipOf(folder: string): Buffer;
export function packExtension(into?: string): string[];
