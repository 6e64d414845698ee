import type { ArticleId } from '../../shared/article.ts';
import { ask } from '../ask.ts';
import { say, sayFailure } from '../parts/toasts.ts';

/** Puts a whole article on the clipboard with its title and where it is from: as plain text, Markdown, or formatted. */
export async function copyArticle(id: ArticleId, as: 'text' | 'markdown' | 'formatted'): Promise<void> {
  const [plain, formatted] = await Promise.all([
    ask('render', { id, as: as === 'markdown' ? 'markdown' : 'text', pictures: 'origin' }),
    as === 'formatted' ? ask('render', { id, as: 'fragment' }) : null,
  ]);
  if (!plain.ok) return sayFailure(plain.failure);
  if (formatted !== null && !formatted.ok) return sayFailure(formatted.failure);
  const forms: Record<string, Blob> = { 'text/plain': new Blob([plain.value.text], { type: 'text/plain' }) };
  if (formatted !== null) forms['text/html'] = new Blob([formatted.value.text], { type: 'text/html' });
  try {
    await navigator.clipboard.write([new ClipboardItem(forms)]);
  } catch (fault) {
    return sayFailure({ kind: 'internal', detail: String(fault) });
  }
  say((words) => words.toast.copiedArticle);
}
