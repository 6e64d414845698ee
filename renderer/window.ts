import { useEffect } from 'react';
import type { News } from '../shared/contract.ts';
import { followActivity, heedActivity } from './activity.ts';
import { api } from './api.ts';
import { ask, heed } from './ask.ts';
import { runCommand } from './commands.ts';
import { listenIn } from './gestures.ts';
import { keepAddress } from './last-address.ts';
import { NARROW } from './layout.ts';
import { sayFailure } from './parts/toasts.ts';
import { followHash, openArticle, openPanel, useView } from './view.ts';
import { isLoaded, languageOf, loadWords, useLanguage } from './words.ts';

/** What each piece of news does to the window. */
export function take(news: News): void {
  if (news.about === 'settings' && !isLoaded(languageOf(news.settings))) {
    // Another language is spoken once its words are there.
    void loadWords(languageOf(news.settings)).then(() => heed(news));
    return;
  }
  heed(news);
  heedActivity(news);
  switch (news.about) {
    case 'open':
      return openArticle(news.id, news.highlight === undefined ? {} : { mark: news.highlight });
    case 'offer':
      return openPanel('add', { text: news.urls.join('\n'), offered: true });
    case 'command':
      return void runCommand(news.command);
    case 'trouble':
      return sayFailure(news.failure);
    case 'switched':
      // Nothing known of the library before holds: not its articles, not the address, not what was chosen.
      location.hash = '#/home';
      return location.reload();
    case 'moving':
    case 'articles':
    case 'tags':
    case 'highlights':
    case 'searches':
    case 'queue':
    case 'pictures':
    case 'care':
    case 'opening':
    case 'settings':
    case 'browsers':
      return undefined;
    default:
      return news satisfies never;
  }
}

/** Ties the window to the world while it is open: news, keys, drops, the address, its own width and language. */
export function useWindow(): void {
  const language = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    const width = matchMedia(`(width < ${NARROW}px)`);
    const measure = () => useView.setState({ narrow: width.matches });
    measure();
    width.addEventListener('change', measure);
    // What another machine wrote into a shared folder is seen when this window is looked at, also where the system tells of nothing.
    const heedOthers = () => void ask('heedOthers', {});
    window.addEventListener('focus', heedOthers);
    const stops = [() => window.removeEventListener('focus', heedOthers), api.onNews(take), keepAddress(), followActivity(), followHash(), listenIn(document), () => width.removeEventListener('change', measure)];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}
