import { openLibrary } from '../../electron/library/library.ts';
import { defaultSettings } from '../../shared/settings.ts';

/* Saves addresses into a library, says what it was told, and waits to be killed. Arguments: folder, addresses… */

const [path = '', ...urls] = process.argv.slice(2);
const library = await openLibrary({ path, version: '0', manners: { hostPause: 0, retryPauses: [] }, settings: { get: () => defaultSettings, change: () => defaultSettings, onChange: () => () => undefined } });
library.onNews((news) => {
  if (news.about === 'queue') process.stdout.write(`done ${news.facts.done}\n`);
});
const saved = await library.answers.save({ urls, tags: ['kept'], typed: true });
process.stdout.write(`saved ${saved.length}\n`);
await library.idle();
process.stdout.write('idle\n');
setInterval(() => undefined, 1_000);
