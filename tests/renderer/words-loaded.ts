import { beforeAll } from 'vitest';
import { loadWords } from '../../renderer/words.ts';

/* The window loads the words of its language before its first screen; here both are there from the beginning. */
beforeAll(async () => {
  await Promise.all([loadWords('en'), loadWords('zh-CN')]);
});
