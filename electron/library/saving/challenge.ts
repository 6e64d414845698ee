import { isRobotCheck } from '../extract/wall-signs.ts';
import { unpack } from './unpack.ts';

/** Bytes of a refusal that are looked at; a page that checks for robots says so early. */
const enough = 200_000;

/** Whether an answer that refuses is a check for robots, by its headers or its page. What cannot be read counts as none. */
export async function isChallenge(status: number, headers: Record<string, string>, body: AsyncIterable<Uint8Array>): Promise<boolean> {
  if (![403, 405, 429, 503].includes(status)) return false;
  if (isRobotCheck(headers, '')) return true;
  if (!/html/i.test(headers['content-type'] ?? '')) return false;
  try {
    const bytes = await unpack(body, headers['content-encoding'] ?? '', { bytes: enough, ratio: 200, ratioFrom: enough }, () => undefined);
    return isRobotCheck(headers, Buffer.from(bytes).toString('utf8'));
  } catch {
    // Too large, broken off or given up on: then the status is all there is to tell.
    return false;
  }
}
