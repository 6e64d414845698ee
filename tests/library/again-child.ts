import { openLibrary } from '../../electron/library/library.ts';
import { defaultSettings } from '../../shared/settings.ts';

/* Extracts one article again by another encoding and waits to be killed. Arguments: folder, id, encoding. */

const [path = '', id = '', encoding = ''] = process.argv.slice(2);
const library = await openLibrary({ path, version: '0', settings: { get: () => defaultSettings, change: () => defaultSettings, onChange: () => () => undefined } });
await library.answers.reextract({ id, encoding, kind: null, morePages: false, joins: null });
process.stdout.write('replaced\n');
setInterval(() => undefined, 1_000);
