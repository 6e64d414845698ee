import { writeSync } from 'node:fs';
import { openLibrary } from '../../electron/library/library.ts';
import { FailureError } from '../../shared/failure.ts';
import { defaultSettings } from '../../shared/settings.ts';
import type { Work } from './long-acts.ts';

/*
 * Does one long work on the library in argv[2], named by argv[3], and says when it begins and ends, straight to the descriptor.
 * To be killed at it, or to run out of room.
 */
const [path = '', work = 'compact'] = process.argv.slice(2);
const say = (line: unknown) => writeSync(1, `${JSON.stringify(line)}\n`);
const settings = { ...defaultSettings, savingHeld: true };
const library = await openLibrary({ path, version: '0', settings: { get: () => settings, change: () => settings, onChange: () => () => undefined } });
const { answers } = library;
library.onNews((news) => {
  if (news.about === 'trouble') say({ failure: news.failure.kind });
});
say({ begun: true });
try {
  await perform(work as Work);
  await library.idle();
  say({ done: true });
} catch (error) {
  say({ failure: error instanceof FailureError ? error.failure.kind : String(error) });
}
process.exit(0);

async function perform(name: Work): Promise<void> {
  switch (name) {
    case 'compact':
      return void (await answers.compact({}));
    case 'rebuild':
      return void (await answers.rebuild({}));
    case 'check':
      return void (await answers.check({}));
    case 'retag':
      return void (await answers.retag({ tags: ['old'], to: 'new/name' }));
    case 'rule':
      return void (await answers.applyTagRule({ rule: { match: 'all', when: [{ by: 'tag', value: 'old' }], add: ['ruled'], favourite: true, archive: false, on: true } }));
    case 'empty':
      return void (await answers.erase({ ids: 'all' }));
    case 'merge': {
      const { rows } = await answers.list({ where: { list: 'all' }, sort: 'newest', from: 0, count: 60 });
      for (let at = 0; at + 1 < rows.length; at += 2) await answers.merge({ id: rows[at]?.id ?? '', others: [rows[at + 1]?.id ?? ''] });
      return;
    }
    case 'again': {
      const { ids } = await answers.older({});
      for (const id of ids) await answers.reextract({ id, encoding: null, kind: null, morePages: false, joins: null });
      return;
    }
    default:
      name satisfies never;
  }
}
