import type { Answers } from '../../../shared/contract.ts';
import { english } from './en.ts';
import { chinese } from './zh-cn.ts';

/**
 * Keeps the sample article of an empty library: a whole page, handed in as any text is, so that it goes through every
 * step a page from the web does. The same language twice is the same article.
 */
export function sample(queue: Pick<Answers, 'saveText'>): Answers['sample'] {
  return ({ language }) =>
    queue.saveText({ text: language === 'zh-CN' ? chinese : english, format: 'html', name: 'Lectern', url: null, tags: [] });
}
