/** The largest file that is taken, in bytes: its base64 must pass the door in one piece. */
export const largestFile = 33_000_000;
/** What the file dialog offers. */
export const acceptedFiles = '.html,.htm,.xhtml,.txt,.md,.markdown,.csv,.tsv,.json,.zip,.opml,.xml,text/html,text/plain,text/markdown';

/** What a file will be read as, or why it is left out. */
export type FileReading = 'page' | 'text' | 'markdown' | 'unknown' | 'too-large' | 'empty';

/** By name and size alone; the library looks at the content. */
export function readingOf(name: string, size: number): FileReading {
  if (size === 0) return 'empty';
  if (size > largestFile) return 'too-large';
  if (/\.x?html?$/iu.test(name)) return 'page';
  if (/\.(?:md|markdown|mdown)$/iu.test(name)) return 'markdown';
  return /\.(?:txt|text)$/iu.test(name) ? 'text' : 'unknown';
}

export function isTaken(reading: FileReading): boolean {
  return reading !== 'too-large' && reading !== 'empty';
}

/** A file's bytes in base64. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts: string[] = [];
  // A call takes only so many arguments; a multiple of three keeps the pieces joinable.
  const step = 24_576;
  for (let at = 0; at < bytes.length; at += step) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + step))));
  }
  return parts.join('');
}
