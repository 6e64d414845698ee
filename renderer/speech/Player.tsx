import { AudioLines, Pause, Play, SkipBack, SkipForward, X } from 'lucide-react';
import { useEffect } from 'react';
import { ask, useAsk } from '../ask.ts';
import controls from '../parts/controls.module.css';
import { IconButton } from '../parts/IconButton.tsx';
import { sayFailure } from '../parts/toasts.ts';
import { openArticle, useView } from '../view.ts';
import { useLanguage, useWords } from '../words.ts';
import styles from './Player.module.css';
import { followVoices, sayAnew, skip, stopSpeaking, togglePause, useSpeech, type Speaking } from './speech.ts';
import { speechLanguage, voiceFor, voicesFor } from './voices.ts';

const rates = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** What is being read aloud, over whatever is on the screen; nothing while nothing is. */
export function Player() {
  const now = useSpeech((state) => state.now);
  useEffect(followVoices, []);
  return now === null ? null : <Bar now={now} />;
}

function Bar({ now }: { now: Speaking }) {
  const words = useWords();
  const open = useView((view) => view.article);
  const { value: settings } = useAsk('settings', {});
  const voices = useSpeech((state) => state.voices);
  const lang = now.sayings[now.at]?.lang ?? 'en';
  const fitting = voicesFor(lang, voices);
  const chosen = settings?.speechVoices ?? {};
  const paused = now.state === 'paused';
  const name = now.title === '' ? words.app.untitled : now.title;
  const change = async (patch: { speechRate?: number; speechVoices?: Record<string, string> }) => {
    const reply = await ask('changeSettings', patch);
    if (reply.ok) sayAnew();
    else sayFailure(reply.failure);
  };
  return (
    <section className={styles['bar']} data-player="" aria-label={words.speech.title}>
      <AudioLines className={styles['sign']} size={20} strokeWidth={1.5} aria-hidden />
      <IconButton icon={SkipBack} label={words.speech.back} onClick={() => skip(-1)} />
      <IconButton icon={paused ? Play : Pause} label={paused ? words.speech.goOn : words.speech.pause} hint="L" onClick={togglePause} />
      <IconButton icon={SkipForward} label={words.speech.next} onClick={() => skip(1)} />
      <div className={styles['what']}>
        {open === now.id ? (
          <span className={styles['title']}><bdi>{name}</bdi></span>
        ) : (
          <button type="button" className={styles['title']} onClick={() => openArticle(now.id)}><bdi>{name}</bdi></button>
        )}
        <Told now={now} />
      </div>
      {fitting.length > 1 && (
        <select
          className={`${controls['select']} ${styles['voice']}`} aria-label={words.speech.voice} value={voiceFor(lang, voices, chosen)?.voiceURI ?? ''}
          onChange={(event) => void change({ speechVoices: { ...chosen, [speechLanguage(lang)]: event.target.value } })}
        >
          {fitting.map((voice) => <option key={voice.voiceURI} value={voice.voiceURI}>{voice.name}</option>)}
        </select>
      )}
      <select
        className={controls['select']} aria-label={words.speech.speed} value={settings?.speechRate ?? 1}
        onChange={(event) => void change({ speechRate: Number(event.target.value) })}
      >
        {rates.map((rate) => <option key={rate} value={rate}>{words.speech.times(rate)}</option>)}
      </select>
      <IconButton icon={X} label={words.speech.stop} onClick={stopSpeaking} />
    </section>
  );
}

/** How far it is, or why nothing is heard. */
function Told({ now }: { now: Speaking }) {
  const words = useWords().speech;
  const language = useLanguage();
  const { trouble, at, sayings } = now;
  const text = trouble === null ? '' : trouble.kind === 'refused' ? words.refused : words.noVoice(nameOf(trouble.lang, language));
  return (
    <>
      <span className={styles['told']} role="status">{text}</span>
      {text === '' && <span className={styles['told']}>{words.sentence(at + 1, sayings.length)}</span>}
    </>
  );
}

function nameOf(lang: string, language: string): string {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(speechLanguage(lang)) ?? lang;
  } catch {
    return lang;
  }
}
