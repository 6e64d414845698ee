import { networkInterfaces } from 'node:os';
import { type Failure, FailureError } from '../../../shared/failure.ts';

/** How far a request had come when it broke. */
export type Progress = 'asking' | 'reading';

const unreachable = new Set(['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EAI_AGAIN', 'EAI_FAIL']);
const timeouts = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEOUT']);
const certificates = /^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_CERT|ERR_SSL_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|ERROR_IN_CERT|CRL_|EPROTO$)/;

/**
 * What went wrong with a request to `host`, for the reader. `waited` is in seconds, for time-outs the system found;
 * `online` tells whether this machine has any network, because some systems answer "no such host" when they have none.
 */
export function networkFailure(error: unknown, host: string, progress: Progress, waited: number, online = hasNetwork): Failure {
  for (const each of causes(error)) {
    if (each instanceof FailureError) return each.failure;
  }
  const codes = causes(error).flatMap((each) => ('code' in each && typeof each.code === 'string' ? [each.code] : each.name === 'HTTPParserError' ? ['HPE'] : []));
  const has = (test: (code: string) => boolean) => codes.find(test);
  const certificate = has((code) => certificates.test(code));
  if (certificate !== undefined) return { kind: 'certificate', host, reason: certificate };
  if (has((code) => code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EAI_NONAME' || code === 'EAI_NODATA')) {
    return online() ? { kind: 'no-such-host', host } : { kind: 'no-network' };
  }
  if (has((code) => timeouts.has(code))) return { kind: 'timeout', host, waited: Math.round(waited) };
  if (has((code) => code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW')) {
    return { kind: 'too-large', limit: headerLimit };
  }
  if (has((code) => code === 'EHOSTUNREACH')) return online() ? { kind: 'no-connection', host } : { kind: 'no-network' };
  // One family without a route is ordinary; only when nothing else went wrong is it the network.
  if (codes.length > 0 && codes.every((code) => unreachable.has(code))) return { kind: 'no-network' };
  if (codes.length === 0) return { kind: 'internal', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  return progress === 'reading' ? { kind: 'cut-short', host } : { kind: 'no-connection', host };
}

/** Bytes of an answer's headers; more is no honest page. */
export const headerLimit = 64 * 1024;

/** True when any interface but loopback has an address. */
export function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((list) => list?.some((each) => !each.internal && !each.address.startsWith('fe80:')));
}

function causes(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const inner = error instanceof AggregateError ? error.errors : [];
  return [error, ...[error.cause, ...inner].flatMap((each: unknown) => causes(each, depth + 1))];
}
