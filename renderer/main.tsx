import './key.ts';
import './style/fonts.css';
import './style/tokens.css';
import './style/base.css';
import { createRoot } from 'react-dom/client';
import { GIVEN } from '../shared/first-questions.ts';
import { App } from './App.tsx';
import { ask, askGivenAgain, peek, takeGiven, untilAnswered } from './ask.ts';
import { paintFirstTheme } from './style/theme.ts';
import { beginWhereLeft } from './last-address.ts';
import { loadLateParts } from './late-part.tsx';

async function begin(into: HTMLElement): Promise<void> {
  const given = document.getElementById(GIVEN);
  if (given !== null) takeGiven(given.textContent);
  given?.remove();
  const known = peek('settings', {}).value;
  const settings = known === undefined ? await ask('settings', {}) : { ok: true as const, value: known };
  if (settings.ok) beginWhereLeft(settings.value.lastAddress);
  createRoot(into).render(<App />);
  await firstPaint();
  askGivenAgain();
  await loadLateParts();
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
