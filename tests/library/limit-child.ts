import { writeSync } from 'node:fs';
import { FailureError } from '../../shared/failure.ts';
import { keep } from '../../electron/library/articles.ts';
import { openStore } from '../../electron/library/storage/store.ts';

/*
 * Saves into the library in argv[2] until the system refuses to write, then tries on for a while. Says every address that
 * was acknowledged and every failure.
 */
const [path = ''] = process.argv.slice(2);
const say = (line: unknown) => writeSync(1, `${JSON.stringify(line)}\n`);
const store = await openStore({ path });
let failures = 0;
for (let number = 0; failures < 5 && number < 20_000; number++) {
  const urls = Array.from({ length: 20 }, (_, n) => `https://example.org/${number}/${n}/${'x'.repeat(150)}`);
  try {
    keep(store, urls.map((url) => ({ url, job: { from: 'web', typed: true } })), ['limit']);
    say({ saved: urls });
  } catch (error) {
    failures++;
    say({ failure: error instanceof FailureError ? error.failure : String(error) });
  }
}
say({ lists: store.db.prepare('SELECT count(*) AS n FROM articles WHERE saved = 1').get() });
