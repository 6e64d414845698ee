import { ClipboardType, Copy, ExternalLink, FileText, Link, Printer, RefreshCw, RotateCcw, Share2, StickyNote, Tags, Trash2, type LucideIcon } from 'lucide-react';
import type { Article } from '../../shared/article.ts';
import { keyCaps, runnable, type RunnableId } from '../../shared/commands.ts';
import { canShare, share } from '../acts.ts';
import { runCommand } from '../commands.ts';
import { isMac } from '../keyboard.ts';
import { Menu } from '../parts/Menu.tsx';
import { useWords } from '../words.ts';

/** What is done with an article now and then; on a narrow window also what has no room in the toolbar. */
export function MoreMenu({ article }: { article: Article }) {
  const words = useWords();
  const ready = article.stage.state === 'ready';
  const item = (id: RunnableId, icon: LucideIcon, group: number, label = words.more.items[id as keyof typeof words.more.items]) => ({ label, icon, group, keys: keysOf(id), run: () => void runCommand(id) });
  const { share: shareLabel } = words.more;
  const items = [
    item('article.tag', Tags, 1, words.reader.editTags),
    item('article.note', StickyNote, 1, article.note === null ? words.note.add : words.note.edit),
    ...(article.url === null ? [] : [item('article.openOriginal', ExternalLink, 1, words.reader.original), item('article.copyLink', Link, 2)]),
    ...(article.url !== null && canShare() ? [{ label: shareLabel, icon: Share2, group: 2, run: () => void share(article) }] : []),
    ...(ready ? [item('article.copyText', Copy, 2), item('article.copyFormatted', ClipboardType, 2), item('article.copyMarkdown', FileText, 2), item('article.print', Printer, 3), item('article.again', RefreshCw, 4)] : []),
    article.trashedAt === null ? item('article.trash', Trash2, 5, words.reader.trash) : item('article.trash', RotateCcw, 5, words.reader.restore),
  ];
  return <Menu label={words.more.title} items={items} />;
}

/** The caps of a command's first way to be pressed. */
function keysOf(id: RunnableId): string[] | undefined {
  const command = runnable.find((each) => each.id === id);
  return command === undefined ? undefined : keyCaps(command, isMac())[0];
}
