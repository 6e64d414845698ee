import { commands, isRunnable, type Command, type RunnableId } from '../shared/commands.ts';
import { exportShown } from './export/export-shown.ts';
import { copyLink, copyLinks, openOriginal, retry, toggleArchive, toggleFavourite, toggleFinished, toggleTrash } from './acts.ts';
import { ask, peek } from './ask.ts';
import { keepAddresses, saveBookmarks } from './bookmarks/bookmark-acts.ts';
import { lookUpSelected } from './dictionary/look-up.ts';
import { currentMarking } from './highlights/current.ts';
import { currentList, targets } from './list/current.ts';
import { clearSelection } from './list/selection.ts';
import { say, sayFailure, undoLast } from './parts/toasts.ts';
import type { copyArticle } from './reader/copy-article.ts';
import { currentFinding } from './reader/finding-current.ts';
import { spoken, datesIn } from './words.ts';
import { shownTheme } from './style/theme.ts';
import { closeArticle, editNote, editTags, extractAgain, foldPane, go, openArticle, openPanel, setFocus, useView, type Place } from './view.ts';
import type { SettingsPatch } from '../shared/settings.ts';

const USUAL_TEXT_SIZE = 19;

async function change(patch: SettingsPatch): Promise<void> {
  const reply = await ask('changeSettings', patch);
  if (!reply.ok) sayFailure(reply.failure);
}

function resizeText(by: number): void {
  const size = peek('settings', {}).value?.textSize ?? USUAL_TEXT_SIZE;
  void change({ textSize: Math.min(40, Math.max(12, size + by)) });
}

function toggleAid(aid: 'dimOthers' | 'ruler' | 'wordBeginnings'): void {
  void change({ [aid]: peek('settings', {}).value?.[aid] !== true });
}

/** After the open article has left the list: the next one is opened, or the reading pane closed. */
async function trashTargets(): Promise<void> {
  const rows = targets();
  const { article } = useView.getState();
  const opened = rows.some((row) => row.id === article && row.trashedAt === null);
  if (opened) {
    currentList()?.step(1);
    if (useView.getState().article === article) closeArticle();
  }
  if (await toggleTrash(rows)) clearSelection();
}

/** One article is shown with its encodings and all that changes; several are tried together. */
async function extractTargetsAgain(): Promise<void> {
  const rows = targets();
  const [only] = rows;
  if (only !== undefined && rows.length === 1) extractAgain(only.id);
  else {
    const ready = rows.filter(({ stage }) => stage.state === 'ready');
    const { tryMany } = await import('./again/run.ts');
    tryMany(ready.map(({ id }) => id), rows.length - ready.length);
  }
}

async function copyFirst(as: Parameters<typeof copyArticle>[1]): Promise<void> {
  const [row] = targets();
  if (row !== undefined) await (await import('./reader/copy-article.ts')).copyArticle(row.id, as);
}

async function printFirst(): Promise<void> {
  const [row] = targets();
  if (row === undefined) return;
  const [article, settings] = await Promise.all([ask('article', { id: row.id }), ask('settings', {})]);
  if (!article.ok) return sayFailure(article.failure);
  if (!settings.ok) return sayFailure(settings.failure);
  const { language, words } = spoken();
  if (article.value.stage.state !== 'ready') return say((words) => words.toast.notReady);
  const { printArticle } = await import('./reader/print-article.ts');
  await printArticle(article.value, settings.value, words, datesIn(language, words));
}

/** Opens an unread article by chance. */
async function surprise(): Promise<void> {
  const reply = await ask('surprise', { not: useView.getState().article });
  if (!reply.ok) sayFailure(reply.failure);
  else if (reply.value.id === null) say((words) => words.toast.noSurprise);
  else openArticle(reply.value.id);
}

const goTo = (list: Exclude<Place['list'], 'tag' | 'site' | 'search'>) => () => go({ list });

const runs: Record<RunnableId, () => void> = {
  preferences: () => openPanel('preferences'),
  add: () => openPanel('add'),
  undo: () => void undoLast(),
  // Where no text is open, what is sought can only be in the library.
  find: () => (currentFinding() === null ? openPanel('search') : currentFinding()?.begin()),
  lookUp: lookUpSelected,
  search: () => openPanel('search'),
  'tags.manage': () => openPanel('tags'),
  'tags.rules': () => openPanel('tagRules'),
  'sidebar.toggle': () => {
    const view = useView.getState();
    if (view.narrow) useView.setState({ drawer: !view.drawer });
    else foldPane('sidebar', !sidebarIsFolded());
  },
  'list.toggle': () => foldPane('list', !(useView.getState().listFolded ?? false)),
  focus: () => {
    const { focus, article } = useView.getState();
    if (article !== null) setFocus(!focus);
  },
  'text.bigger': () => resizeText(1),
  'text.smaller': () => resizeText(-1),
  'text.reset': () => void change({ textSize: USUAL_TEXT_SIZE }),
  'aid.dimOthers': () => toggleAid('dimOthers'),
  'aid.ruler': () => toggleAid('ruler'),
  'aid.wordBeginnings': () => toggleAid('wordBeginnings'),
  'theme.toggle': () => void change({ appearance: shownTheme().dark ? 'light' : 'dark' }),
  'article.open': () => currentList()?.open(),
  'list.next': () => currentList()?.step(1),
  'list.previous': () => currentList()?.step(-1),
  'list.select': () => currentList()?.toggle(),
  'speech.toggle': () => void import('./speech/begin.ts').then(({ readAloud }) => readAloud()),
  'list.export': exportShown,
  'highlight.mark': () => currentMarking()?.mark(),
  'highlight.list': () => currentMarking()?.list(),
  'highlight.next': () => currentMarking()?.step(1),
  'highlight.previous': () => currentMarking()?.step(-1),
  'article.archive': () => void toggleArchive(targets()).then(clearSelection),
  'article.favourite': () => void toggleFavourite(targets()),
  'article.finish': () => void toggleFinished(targets()),
  'article.tag': () => editTags(targets()),
  'article.openOriginal': () => targets().slice(0, 1).forEach(openOriginal),
  'article.copyLink': () => targets().length > 1 ? void copyLinks(targets()) : targets().forEach((row) => void copyLink(row)),
  'article.copyText': () => void copyFirst('text'),
  'article.copyFormatted': () => void copyFirst('formatted'),
  'article.copyMarkdown': () => void copyFirst('markdown'),
  'article.print': () => void printFirst(),
  'article.note': () => targets().slice(0, 1).forEach(editNote),
  'article.saveBookmark': () => void saveBookmarks(targets()).then(clearSelection),
  'article.keepAddress': () => void keepAddresses(targets()).then(clearSelection),
  'article.retry': () => void retry(targets().filter((row) => row.stage.state === 'failed')),
  'article.again': () => void extractTargetsAgain(),
  'article.trash': () => void trashTargets(),
  'go.home': goTo('home'),
  'go.inbox': goTo('inbox'),
  'go.reading': goTo('reading'),
  'go.favourites': goTo('favourites'),
  'go.archive': goTo('archive'),
  'go.all': goTo('all'),
  'go.queue': goTo('queue'),
  'go.bookmarks': goTo('bookmarks'),
  'go.duplicates': goTo('duplicates'),
  'go.highlights': goTo('highlights'),
  'go.trash': goTo('trash'),
  'go.statistics': goTo('statistics'),
  'go.surprise': () => void surprise(),
  shortcuts: () => openPanel('shortcuts'),
};

/** Whether the sidebar is folded now: as chosen, else folded while an article is open on a middling window. */
export function sidebarIsFolded(): boolean {
  const { sidebarFolded, article } = useView.getState();
  return sidebarFolded ?? (article !== null && window.innerWidth < 1120);
}

/** Whether a command has anything to act on now. */
export function canRun(command: Command): boolean {
  switch (command.when) {
    case 'always':
      return true;
    case 'article':
      return targets().length > 0;
    case 'list':
      return currentList() !== null;
    default:
      return command.when satisfies never;
  }
}

/** Runs a command by its id, from a key, a menu or the palette; answers whether there was anything to run. */
export function runCommand(id: string): boolean {
  const command = commands.find((each) => each.id === id);
  if (command === undefined || !isRunnable(id) || !canRun(command)) return false;
  runs[id]();
  return true;
}
