import './key.ts';
import './style/fonts.css';
import './style/tokens.css';
import './style/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { ask } from './ask.ts';
import { paintFirstTheme } from './style/theme.ts';
import { beginWhereLeft } from './last-address.ts';
import { loadLateParts } from './late-part.tsx';

async function begin(into: HTMLElement): Promise<void> {
  const settings = await ask('settings', {});
  if (settings.ok) beginWhereLeft(settings.value.lastAddress);
  createRoot(into).render(<App />);
  requestIdleCallback(() => void loadLateParts());
}

paintFirstTheme();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
void begin(root);
