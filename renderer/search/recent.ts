import { create } from 'zustand';

const KEPT = 'lectern.searches';
const AT_MOST = 6;

function remembered(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(stored) ? stored.filter((each) => typeof each === 'string').slice(0, AT_MOST) : [];
  } catch {
    // Storage may be switched off or hold something else: then there are no recent searches.
    return [];
  }
}

/** What was searched for and led to an article, newest first. A view thing: kept by the window, not by the library. */
export const useRecent = create<{ queries: string[] }>(() => ({ queries: remembered() }));

function keep(queries: string[]): void {
  useRecent.setState({ queries });
  try {
    localStorage.setItem(KEPT, JSON.stringify(queries));
  } catch {
    // Then they last as long as the window.
  }
}

/** Puts a search at the top of the recent ones. */
export function rememberSearch(query: string): void {
  const text = query.trim();
  if (text === '') return;
  keep([text, ...useRecent.getState().queries.filter((each) => each !== text)].slice(0, AT_MOST));
}

export function forgetSearches(): void {
  keep([]);
}
