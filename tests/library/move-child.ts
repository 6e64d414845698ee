import { join } from 'node:path';
import { openCare } from '../../electron/library/storage/care.ts';
import { moveFolder } from '../../electron/library/storage/move.ts';
import { openStore } from '../../electron/library/storage/store.ts';
import { writeWhole } from '../../electron/library/storage/layout.ts';

/* Moves a library to be killed at it: `move-child.ts BASE copy|rename`. BASE/named holds what the preferences would name. */
const [base = '', how] = process.argv.slice(2);
const from = join(base, 'old');
let store = await openStore({ path: from });
process.stdout.write('begun\n');
await moveFolder({
  from, to: join(base, 'new'), notes: join(base, 'notes'), follow: true, care: openCare(), copy: how === 'copy',
  progress: () => undefined,
  close: () => store.close(),
  point: (path) => writeWhole(join(base, 'named'), path),
  open: async (path) => {
    store = await openStore({ path });
  },
});
await store.close();
process.stdout.write('moved\n');
process.exit(0);
