/** The two-letter language a voice or a text is in: `zh` of `zh-Hans-CN`, and of Cantonese, which has voices of its own. */
export function speechLanguage(lang: string): string {
  const [first = '', ...rest] = lang.toLowerCase().replaceAll('_', '-').split('-');
  if (first === 'yue' || (first === 'zh' && rest.includes('hk'))) return 'yue';
  if (first === 'cmn') return 'zh';
  return first;
}

/**
 * The voices that speak a language without a network, the system's own choice first. A voice that is not of this
 * machine would send the text away, and is never offered.
 */
export function voicesFor(lang: string, voices: readonly SpeechSynthesisVoice[]): SpeechSynthesisVoice[] {
  const wanted = speechLanguage(lang);
  const names = new Set(voices.map((voice) => voice.name));
  // eSpeak has each voice a hundred times, with a speaker's name after a plus: the plain one stands for them all.
  const local = voices.filter((voice) => voice.localService && !(voice.name.includes('+') && names.has(voice.name.replace(/\+\S+/, ''))));
  const exact = local.filter((voice) => speechLanguage(voice.lang) === wanted);
  // Written Cantonese is read by a Mandarin voice rather than not at all.
  const fitting = exact.length > 0 || wanted !== 'yue' ? exact : local.filter((voice) => speechLanguage(voice.lang) === 'zh');
  const near = (voice: SpeechSynthesisVoice): number => Number(voice.lang.toLowerCase().replaceAll('_', '-') === lang.toLowerCase()) * 2 + Number(voice.default);
  return fitting.toSorted((a, b) => near(b) - near(a));
}

/** The voice for a language: the reader's choice while the system still has it, else the first that fits; null for none. */
export function voiceFor(lang: string, voices: readonly SpeechSynthesisVoice[], chosen: Readonly<Record<string, string>>): SpeechSynthesisVoice | null {
  const fitting = voicesFor(lang, voices);
  return fitting.find((voice) => voice.voiceURI === chosen[speechLanguage(lang)]) ?? fitting[0] ?? null;
}
