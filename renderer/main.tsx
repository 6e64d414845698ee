import './key.ts';
import './style/fonts.css';
import './style/tokens.css';
import './style/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { ask, askGivenAgain, peek, takeGiven, untilAnswered } from './ask.ts';
import { paintFirstTheme } from './style/theme.ts';
import { beginWhereLeft } from './last-address.ts';
import { isList } from './hash.ts';
import { loadLateParts } from './late-part.tsx';
import { Home, Reader } from './late-parts.ts';
import { useView } from './view.ts';
import { languageOf, loadWords } from './words.ts';

async function begin(into: HTMLElement): Promise<void> {
  // Most likely the language too, while what is shown first is asked for.
  const words = loadWords(languageOf(undefined));
  const first = await ask('first', {});
  if (first.ok) takeGiven(first.value);
  const settings = peek('settings', {}).value;
  if (settings !== undefined) beginWhereLeft(settings.lastAddress);
  const language = languageOf(settings);
  await Promise.all([language === languageOf(undefined) ? words : loadWords(language), loadFirstPlace()]);
  createRoot(into).render(<App />);
  await firstPaint();
  askGivenAgain();
  await loadLateParts();
}

/** A place that is loaded when it is wanted is wanted now; an article comes beside its list. */
async function loadFirstPlace(): Promise<void> {
  const { where, article, narrow } = useView.getState();
  if (article !== null) {
    const reader = Reader.load();
    if (narrow || !isList(where)) await reader;
  } else if (where.list === 'home') await Home.load();
}

/** Once what is asked first has come, is painted, and nothing else is to be done. */
async function firstPaint(): Promise<void> {
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
  await untilAnswered();
  await new Promise((rests) => requestIdleCallback(rests));
}

paintFirstTheme();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
void begin(root);
