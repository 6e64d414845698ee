import { create } from 'zustand';
import type { ArticleId } from '../../shared/article.ts';
import { peek } from '../ask.ts';
import { voiceFor } from './voices.ts';

/** What is said in one breath: the stretch of a block's text it stands for, and how it sounds. */
export type Saying = { block: number; from: number; to: number; text: string; lang: string };

/** An article being read aloud. `trouble`: the system has no voice for a language, or the voice did not speak. */
export type Speaking = {
  id: ArticleId;
  title: string;
  sayings: readonly Saying[];
  at: number;
  state: 'speaking' | 'paused';
  trouble: { kind: 'no-voice'; lang: string } | { kind: 'refused' } | null;
};

/** What is being read aloud; it goes on while the reader looks at other things, and ends with the window. */
export const useSpeech = create<{ now: Speaking | null; voices: readonly SpeechSynthesisVoice[] }>(() => ({ now: null, voices: [] }));

/** Each saying has a number of its own: what the engine still tells of an earlier one is no news. */
let turn = 0;
/** Kept while it is spoken: without it an engine forgets to tell of its end. */
let uttered: SpeechSynthesisUtterance | null = null;

const engine = (): SpeechSynthesis | null => (typeof speechSynthesis === 'undefined' ? null : speechSynthesis);

/** Learns of the system's voices, which it tells late and again; answers the stop. */
export function followVoices(): () => void {
  const from = engine();
  if (from === null) return () => undefined;
  const learn = () => {
    useSpeech.setState({ voices: from.getVoices() });
    const { now } = useSpeech.getState();
    if (now?.state === 'speaking' && now.trouble?.kind === 'no-voice') say();
  };
  // A window that goes must not leave its voice behind.
  const hush = () => from.cancel();
  learn();
  from.addEventListener('voiceschanged', learn);
  window.addEventListener('pagehide', hush);
  return () => {
    from.removeEventListener('voiceschanged', learn);
    window.removeEventListener('pagehide', hush);
    stopSpeaking();
  };
}

/** Begins to read an article aloud from one of its sayings. */
export function speak(id: ArticleId, title: string, sayings: readonly Saying[], at: number): void {
  if (sayings.length === 0) return;
  useSpeech.setState({ now: { id, title, sayings, at: Math.min(at, sayings.length - 1), state: 'speaking', trouble: null } });
  say();
}

/** Pauses, or goes on from the beginning of the sentence. */
export function togglePause(): void {
  const { now } = useSpeech.getState();
  if (now === null) return;
  if (now.state === 'speaking') {
    hush();
    useSpeech.setState({ now: { ...now, state: 'paused' } });
  } else {
    useSpeech.setState({ now: { ...now, state: 'speaking' } });
    say();
  }
}

/** Goes so many sentences on or back; past the last one it ends. */
export function skip(by: number): void {
  const { now } = useSpeech.getState();
  if (now === null) return;
  const at = now.at + by;
  if (at >= now.sayings.length) return stopSpeaking();
  useSpeech.setState({ now: { ...now, at: Math.max(0, at) } });
  if (now.state === 'speaking') say();
}

/** Says the sentence anew, as after another voice or speed was chosen. */
export function sayAnew(): void {
  if (useSpeech.getState().now?.state === 'speaking') say();
}

/** Falls silent and forgets what was read. */
export function stopSpeaking(): void {
  hush();
  useSpeech.setState({ now: null });
}

function hush(): void {
  turn += 1;
  uttered = null;
  engine()?.cancel();
}

function say(): void {
  hush();
  const { now, voices } = useSpeech.getState();
  const saying = now?.sayings[now.at];
  const from = engine();
  if (now === null || saying === undefined) return;
  const settings = peek('settings', {}).value;
  const voice = voiceFor(saying.lang, voices, settings?.speechVoices ?? {});
  if (from === null || voice === null) {
    useSpeech.setState({ now: { ...now, trouble: { kind: 'no-voice', lang: saying.lang } } });
    return;
  }
  if (now.trouble !== null) useSpeech.setState({ now: { ...now, trouble: null } });
  const mine = turn;
  const utterance = new SpeechSynthesisUtterance(saying.text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.rate = settings?.speechRate ?? 1;
  utterance.addEventListener('end', () => {
    if (mine === turn) skip(1);
  });
  // Not passed over: a voice that fails once fails for the whole article, and the reader would find it at its end.
  utterance.addEventListener('error', () => {
    const failed = useSpeech.getState().now;
    if (mine === turn && failed !== null) useSpeech.setState({ now: { ...failed, state: 'paused', trouble: { kind: 'refused' } } });
  });
  uttered = utterance;
  from.speak(uttered);
}
