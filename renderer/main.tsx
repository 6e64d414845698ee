import './style/fonts.css';
import './style/tokens.css';
import './style/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { prefetch } from './ask.ts';
import { paintFirstTheme } from './style/theme.ts';

paintFirstTheme();
prefetch('settings', {});
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App />);
