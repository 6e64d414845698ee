import { setImmediate } from 'node:timers/promises';
import type { ArticleId } from '../../../shared/article.ts';
import type { Answers } from '../../../shared/contract.ts';
import { highlightsAsMarkdown } from '../../../shared/highlight-markdown.ts';
import { highlightsOf } from '../highlights.ts';
import { indexRow, toRow } from '../rows.ts';
import { all } from '../storage/database.ts';
import type { Store } from '../storage/store.ts';

/** Highlights as Markdown: of one article, or of all, those of the article marked last first. */
export const exportHighlights =
  (store: Store): Answers['exportHighlights'] =>
  async ({ id }) => {
    const shown = 'SELECT article FROM highlights WHERE shown = 1 GROUP BY article ORDER BY max(made_at) DESC, article DESC';
    const ids = id === null ? all<{ article: ArticleId }>(store.db, shown).map(({ article }) => article) : [indexRow(store.db, id).id];
    const texts: string[] = [];
    let count = 0;
    for (const [at, article] of ids.entries()) {
      // A whole life's reading: others get their turn between articles.
      if (at % 50 === 49) await setImmediate();
      const highlights = highlightsOf(store, article);
      count += highlights.length;
      texts.push(highlightsAsMarkdown(toRow(store, indexRow(store.db, article)), highlights));
    }
    return { text: texts.join('\n'), count };
  };
