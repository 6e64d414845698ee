import { togglePause, useSpeech } from './speech.ts';

/** The article on the screen, which can be read aloud from where the reader is. */
export type Readable = { id: string; begin(): void };

let readable: Readable | null = null;

/** Says what is on the screen to be read aloud; answers the stop. */
export function becomeReadable(article: Readable): () => void {
  readable = article;
  return () => {
    if (readable === article) readable = null;
  };
}

/** Reads the article on the screen aloud; or pauses what is being read, and goes on with it. */
export function readAloud(): void {
  const { now } = useSpeech.getState();
  if (now !== null && (readable === null || readable.id === now.id)) togglePause();
  else readable?.begin();
}
