import { ArrowLeft } from 'lucide-react';
import { isList } from '../hash.ts';
import { closeArticle, useView } from '../view.ts';
import { useWords } from '../words.ts';
import { IconButton } from './IconButton.tsx';

/** Back from the article to where it was opened from; nothing where that is still beside it. */
export function BackButton() {
  const words = useWords();
  const needed = useView((view) => view.narrow || !isList(view.where));
  return needed ? <IconButton icon={ArrowLeft} label={words.app.back} hint="Esc" onClick={closeArticle} /> : null;
}
