import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { FailureError } from '../../../shared/failure.ts';

/** Answers every address of a name, as the system's resolver does. Replaced only where a test imitates a resolver. */
export type Resolve = (
  host: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: Array<{ address: string; family: number }>) => void,
) => void;

const systemResolve: Resolve = (host, callback) => lookup(host, { all: true }, callback);

/** True for an address anyone on the internet could reach; false for private, local, special and tunnelled ones. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv4') return true;
  // `::a.b.c.d` and `::ffff:0:a.b.c.d` reach IPv4 on some systems; ISATAP hides one in its last half.
  const parts = ipaddr.IPv6.parse(address.toString()).parts;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = parts;
  if (a === 0 && b === 0 && c === 0 && d === 0) return false;
  if (a === 0x64 && b === 0xff9b) return false;
  if (e === 0 && f === 0x5efe) return false;
  return (a & 0xe000) === 0x2000;
}

/** Throws `private-address` when the host is written as a non-public address; names are judged when they are resolved. */
export function refusePrivateLiteral(hostname: string): void {
  const literal = hostname.replace(/^\[|\]$/g, '');
  const name = literal.replace(/\.+$/, '').toLowerCase();
  // No public name has a single label or one of these endings; a proxy would resolve them in its own network.
  const local = !/[.:]/.test(name) || /\.(?:localhost|local|internal|lan|home\.arpa|intranet)$/.test(name);
  if (local || (ipaddr.isValid(literal) && !isPublicAddress(literal))) {
    throw new FailureError({ kind: 'private-address', host: hostname });
  }
}

/**
 * A look-up for sockets: the very addresses it has checked are the ones connected to, so a resolver that answers
 * differently a second time gains nothing. One private address among several refuses the host.
 */
export function publicLookup(resolve: Resolve = systemResolve): LookupFunction {
  return (host, options, callback) => {
    resolve(host, (error, addresses) => {
      if (error) return callback(error, '', 0);
      if (addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address))) {
        return callback(new FailureError({ kind: 'private-address', host }), '', 0);
      }
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      return callback(null, first?.address ?? '', first?.family ?? 0);
    });
  };
}

/**
 * A look-up for the host the reader typed, which may be a private one. A name that once answered with public addresses
 * only belongs to the public net and is kept to it while Lectern runs: else its owner could show a page, then point the
 * name at the reader's own network for the pictures.
 */
export function typedLookup(resolve: Resolve = systemResolve): LookupFunction {
  const outside = new Set<string>();
  return (host, options, callback) => {
    resolve(host, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const among = addresses.filter(({ address }) => isPublicAddress(address)).length;
      if (among === addresses.length) outside.add(host);
      // Both at once is the same trick in one answer: the public address serves the page and then falls silent.
      else if (among > 0 || outside.has(host)) return callback(new FailureError({ kind: 'private-address', host }), '', 0);
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      return callback(null, first?.address ?? '', first?.family ?? 0);
    });
  };
}
