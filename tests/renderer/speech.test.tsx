import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ArticleId } from '../../shared/article.ts';
import { sayingAt, sayingsOf } from '../../renderer/reader/spoken.ts';
import { speak, stopSpeaking, useSpeech, type Saying } from '../../renderer/speech/speech.ts';
import { voiceFor, voicesFor } from '../../renderer/speech/voices.ts';
import { rowOf } from './fake-library.ts';
import { closeWindow, openWindow } from './window.tsx';

const voice = (name: string, lang: string, localService = true, first = false) => ({ name, voiceURI: `uri:${name}`, lang, localService, default: first }) as SpeechSynthesisVoice;
const voices = [voice('Far', 'en-US', false, true), voice('Ann', 'en-GB'), voice('Bob', 'en_US'), voice('婷', 'zh-CN'), voice('善怡', 'zh-HK')];

/** The system's engine as a window sees it, with a mouth that waits to be told when it is done. */
class Engine extends EventTarget {
  list = voices;
  spoken: SpeechSynthesisUtterance[] = [];
  cancelled = 0;
  getVoices() { return this.list; }
  speak(utterance: SpeechSynthesisUtterance) { this.spoken.push(utterance); }
  cancel() {
    this.cancelled += 1;
    // As engines do it: what is cut off tells of an error, later.
    const last = this.spoken.at(-1);
    queueMicrotask(() => last?.dispatchEvent(new Event('error')));
  }
  end() { act(() => void this.spoken.at(-1)?.dispatchEvent(new Event('end'))); }
  fail() { act(() => void this.spoken.at(-1)?.dispatchEvent(new Event('error'))); }
  get last() { return this.spoken.at(-1); }
}

let engine: Engine;
beforeEach(() => {
  engine = new Engine();
  vi.stubGlobal('speechSynthesis', engine);
  vi.stubGlobal('SpeechSynthesisUtterance', class extends EventTarget {
    voice: SpeechSynthesisVoice | null = null;
    lang = '';
    rate = 1;
    readonly text: string;
    constructor(text: string) {
      super();
      this.text = text;
    }
  });
});
afterEach(() => {
  act(stopSpeaking);
  closeWindow();
  vi.unstubAllGlobals();
});

const rows = [rowOf(1), rowOf(2)];
const saying = (text: string, lang = 'en'): Saying => ({ block: 0, from: 0, to: text.length, text, lang });
const id = rows[0]?.id as ArticleId;

test('only voices of this machine are offered, the fitting ones, the reader’s choice first', () => {
  expect(voicesFor('en', voices).map(({ name }) => name)).toEqual(['Ann', 'Bob']);
  expect(voiceFor('en-US', voices, {})?.name).toBe('Bob');
  expect(voiceFor('en-US', voices, { en: 'uri:Ann' })?.name).toBe('Ann');
  expect(voiceFor('en', voices, { en: 'uri:gone' })?.name).toBe('Ann');
  expect(voiceFor('zh-Hans', voices, {})?.name).toBe('婷');
  expect(voiceFor('zh-HK', voices, {})?.name).toBe('善怡');
  expect(voiceFor('yue', voices.filter(({ lang }) => lang !== 'zh-HK'), {})?.name).toBe('婷');
  expect(voiceFor('fr', voices, {})).toBeNull();
  const many = [voice('English espeak-ng', 'en'), voice('English+Adam espeak-ng', 'en'), voice('Lone+Wolf', 'en')];
  expect(voicesFor('en', many).map(({ name }) => name)).toEqual(['English espeak-ng', 'Lone+Wolf']);
});

test('what is said leaves out code, marks of notes and small print, and keeps its place in the text', () => {
  const root = document.createElement('div');
  root.innerHTML = '<p>First one.<sup><a href="#n">12</a></sup> Second one.</p><pre>let a = 1;</pre><p lang="ja"><ruby>漢<rt>かん</rt></ruby>字。</p><p>两句话。第二句。</p>';
  const blocks = [...root.children] as HTMLElement[];
  const sayings = sayingsOf({ blocks }, 'und');
  expect(sayings.map(({ text }) => text)).toEqual(['First one.', 'Second one.', '漢字。', '两句话。', '第二句。']);
  expect(sayings.map(({ lang }) => lang.slice(0, 2))).toEqual(['en', 'en', 'ja', 'zh', 'zh']);
  expect(blocks[0]?.textContent?.slice(sayings[1]?.from, sayings[1]?.to)).toContain('Second one.');
  expect(sayingAt(sayings, { block: 1, offset: 0 })).toBe(2);
  expect(sayingAt(sayings, { block: 3, offset: 5 })).toBe(4);
  expect(sayingAt(sayings, { block: 9, offset: 0 })).toBe(0);
});

test('sentence after sentence, with pause, skipping and an end, while the list is browsed', async () => {
  const user = userEvent.setup();
  const library = await openWindow(rows, { settings: { speechRate: 1.5 } });
  act(() => speak(id, 'A title', [saying('One.'), saying('Two.'), saying('三。', 'zh')], 0));
  const bar = screen.getByRole('region', { name: 'Read aloud' });
  expect(engine.last).toMatchObject({ text: 'One.', rate: 1.5, lang: 'en-GB' });
  engine.end();
  expect(engine.last?.text).toBe('Two.');
  expect(within(bar).getByText('Sentence 2 of 3')).toBeTruthy();
  await user.click(within(bar).getByRole('button', { name: 'Pause' }));
  const before = engine.spoken.length;
  await Promise.resolve();
  // What was cut off tells of an error; that is no trouble, and nothing goes on by itself.
  expect(useSpeech.getState().now).toMatchObject({ state: 'paused', trouble: null, at: 1 });
  expect(engine.spoken).toHaveLength(before);
  await user.click(within(bar).getByRole('button', { name: 'Sentence before' }));
  await user.click(within(bar).getByRole('button', { name: 'Go on' }));
  expect(engine.last?.text).toBe('One.');
  await user.click(within(bar).getByRole('button', { name: 'Next sentence' }));
  await user.selectOptions(within(bar).getByRole('combobox', { name: 'Speed' }), '2');
  await waitFor(() => expect(engine.last).toMatchObject({ text: 'Two.', rate: 2 }));
  await user.selectOptions(within(bar).getByRole('combobox', { name: 'Voice' }), 'uri:Bob');
  await waitFor(() => expect(engine.last?.voice?.name).toBe('Bob'));
  expect(library.settings.speechVoices).toEqual({ en: 'uri:Bob' });
  engine.end();
  expect(engine.last).toMatchObject({ text: '三。', lang: 'zh-CN' });
  engine.end();
  expect(screen.queryByRole('region', { name: 'Read aloud' })).toBeNull();
});

test('without a voice for the language that is said, and one that comes is used at once', async () => {
  await openWindow(rows);
  engine.list = voices.filter(({ localService }) => !localService);
  act(() => void engine.dispatchEvent(new Event('voiceschanged')));
  act(() => speak(id, 'A title', [saying('One.')], 0));
  expect(screen.getByText(/no voice of its own for English/)).toBeTruthy();
  expect(engine.spoken).toEqual([]);
  engine.list = voices;
  act(() => void engine.dispatchEvent(new Event('voiceschanged')));
  expect(engine.last?.text).toBe('One.');
  expect(screen.queryByText(/no voice/)).toBeNull();
});

test('a voice that fails stops the reading where it is, and says so', async () => {
  await openWindow(rows);
  act(() => speak(id, 'A title', [saying('One.'), saying('Two.')], 0));
  engine.fail();
  expect(screen.getByText(/did not answer/)).toBeTruthy();
  expect(useSpeech.getState().now).toMatchObject({ at: 0, state: 'paused' });
});
