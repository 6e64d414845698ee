import { create } from 'zustand';

/** The text being looked up in the reader's dictionaries; null while the panel is closed. */
export const useLookUp = create<{ text: string | null; lang: string | null }>(() => ({ text: null, lang: null }));

/** Looks a text up in the reader's dictionaries, shown in a panel of its own; an empty one waits there to be typed. `lang` is the text's language, for its glyphs. */
export function lookUp(text: string, lang: string | null): void {
  useLookUp.setState({ text: text.replace(/\s+/g, ' ').trim().slice(0, 200), lang });
}

export const closeLookUp = () => useLookUp.setState({ text: null, lang: null });

/** Looks up what is selected in the article, or in the window itself. */
export function lookUpSelected(): void {
  const inside = document.querySelector<HTMLIFrameElement>('iframe:not([data-print])')?.contentDocument;
  const selected = inside?.getSelection()?.toString() ?? '';
  lookUp(selected === '' ? (document.getSelection()?.toString() ?? '') : selected, inside?.getElementById('body')?.lang ?? null);
}
