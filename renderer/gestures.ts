import { handleKey, isTyping } from './keyboard.ts';
import { openPanel, useView, type AddDraft } from './view.ts';

/** What was dropped or pasted, as the Add panel takes it: files first, then addresses, then text. */
export function draftFrom(data: DataTransfer | null): AddDraft | null {
  if (data === null) return null;
  if (data.files.length > 0) return { files: [...data.files] };
  // Lines beginning with # are comments in text/uri-list.
  const links = data.getData('text/uri-list').split(/\r?\n/u).filter((line) => line !== '' && !line.startsWith('#'));
  const text = links.length > 0 ? links.join('\n') : data.getData('text/plain');
  return text.trim() === '' ? null : { text };
}

const carries = (data: DataTransfer | null): boolean =>
  data !== null && ['Files', 'text/uri-list', 'text/plain'].some((type) => data.types.includes(type));

/**
 * Listens for keys, pastes and drops in a document: the window's own, and the reader's frame (call it again when the
 * frame loads another). Answers the stop.
 */
export function listenIn(document: Document): () => void {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  /** Set while something of this very document is dragged: a pane's edge, a word. */
  let own = false;
  document.addEventListener('keydown', handleKey, options);
  document.addEventListener('paste', (event) => {
    if (isTyping(event.target) || useView.getState().panel !== null) return;
    const draft = draftFrom(event.clipboardData);
    if (draft === null) return;
    event.preventDefault();
    openPanel('add', draft);
  }, options);
  document.addEventListener('dragstart', () => { own = true; }, options);
  document.addEventListener('dragend', () => { own = false; }, options);
  const over = (event: DragEvent) => {
    if (own || isTyping(event.target) || !carries(event.dataTransfer)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    useView.setState({ dropping: true });
  };
  document.addEventListener('dragenter', over, options);
  document.addEventListener('dragover', over, options);
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) useView.setState({ dropping: false });
  }, options);
  document.addEventListener('drop', (event) => {
    useView.setState({ dropping: false });
    if (own || event.defaultPrevented || isTyping(event.target)) return;
    const draft = draftFrom(event.dataTransfer);
    event.preventDefault();
    if (draft !== null) openPanel('add', draft);
  }, options);
  return () => stop.abort();
}
