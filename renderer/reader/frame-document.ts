import type { TextLook } from './look.ts';
import type { Script } from './script.ts';

/** The parts of `reader.html` the reader fills. */
export type FrameParts = { doc: Document; view: Window; head: HTMLElement; body: HTMLElement; end: HTMLElement };

/** The parts of a loaded frame; null while it is not our blank page. */
export function partsOf(frame: HTMLIFrameElement): FrameParts | null {
  const doc = frame.contentDocument;
  const view = frame.contentWindow;
  const [head, body, end] = ['head', 'body', 'end'].map((id) => doc?.getElementById(id) ?? null);
  if (!doc || !view || !head || !body || !end) return null;
  return { doc, view, head, body, end };
}

/** The column's width in em that suits a script. */
export const usualMeasure: Record<Script, number> = { latin: 34, cjk: 38 };

/** The line height that suits a script: Arabic letters reach far above and below, Han characters fill their squares. */
export function usualLeading({ script, lang }: { script: Script; lang: string }): number {
  if (/^(?:ar|fa|ckb|ps|sd|ug)\b/i.test(lang)) return 1.9;
  if (/^(?:ur|ks)\b/i.test(lang)) return 2.2;
  return script === 'cjk' ? 1.8 : 1.6;
}

/** Which glyphs Han characters get: by the article's language. */
export function hanOf(lang: string): 'hans' | 'hant' | 'hk' | 'ja' | 'ko' {
  if (/^ja\b/i.test(lang)) return 'ja';
  if (/^ko\b/i.test(lang)) return 'ko';
  if (/^(?:zh(?:-hant)?-(?:hk|mo)|yue)\b/i.test(lang)) return 'hk';
  if (/^zh-(?:hant|tw)\b/i.test(lang)) return 'hant';
  return 'hans';
}

/** Sets the frame's document to the reader's preferences and the article's script. Sizes in px and em; no reload, no flash. */
export function dressFrame(
  doc: Document, settings: TextLook, theme: string, set: { script: Script; lang: string; dir: 'ltr' | 'rtl' },
): void {
  const root = doc.documentElement;
  const cjk = set.script === 'cjk';
  root.dataset['theme'] = theme;
  root.dataset['typeface'] = settings.typeface;
  root.dataset['script'] = set.script;
  root.dataset['han'] = hanOf(set.lang);
  root.toggleAttribute('data-justify', settings.justify);
  root.toggleAttribute('data-indent', settings.indent);
  root.style.setProperty('--text-size', `${settings.textSize}px`);
  root.style.setProperty('--measure-text', `${settings.columnWidth ?? usualMeasure[set.script]}em`);
  root.style.setProperty('--leading', String(settings.lineHeight ?? usualLeading(set)));
  root.style.setProperty('--paragraph-gap', String(settings.paragraphGap ?? (settings.indent ? (cjk ? 0.35 : 0.1) : cjk ? 0.7 : 0.8)));
  root.toggleAttribute('data-dense', !settings.spaceHan);
  root.toggleAttribute('data-untrimmed', !settings.trimMarks);
  root.toggleAttribute('data-vertical', settings.vertical && cjk);
  root.toggleAttribute('data-pages', settings.flow === 'pages');
  const body = doc.getElementById('body');
  if (body !== null) {
    body.lang = set.lang === 'und' ? '' : set.lang;
    body.dir = set.dir;
  }
}
