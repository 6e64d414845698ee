import { ensureInstalled, nodePath, run, tool } from './checkout.mjs';

/* `npm run typecheck`: each room by its own rules. */

ensureInstalled();
let worst = 0;
for (const room of ['.', 'electron', 'renderer', 'extension', 'tests']) {
  worst = Math.max(worst, await run(nodePath(), [tool('typescript', 'bin/tsc'), '-p', room]));
}
process.exit(worst);
