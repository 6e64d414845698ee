import { fetchPublic } from '../../electron/library/saving/fetch-public.ts';
import { FailureError } from '../../shared/failure.ts';

/* Fetches addresses with the proxy its environment names; prints what came of each. */

for (const url of process.argv.slice(2)) {
  const line = await fetchPublic(url, { accept: '*/*' }).then(
    ({ bytes }) => Buffer.from(bytes).toString(),
    (error: unknown) => (error instanceof FailureError ? error.failure.kind : String(error)),
  );
  process.stdout.write(`${line}\n`);
}
