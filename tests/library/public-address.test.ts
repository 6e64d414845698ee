import { isIP } from 'node:net';
import { expect, test } from 'vitest';
import { fetchPublic } from '../../electron/library/saving/fetch-public.ts';
import { networkFailure } from '../../electron/library/saving/network-failure.ts';
import { isPublicAddress, publicLookup, type Resolve } from '../../electron/library/saving/public-address.ts';
import { FailureError } from '../../shared/failure.ts';
import { startWeb } from '../web/web.ts';

const publicOnes = ['93.184.216.34', '1.1.1.1', '8.8.8.8', '223.5.5.5', '2606:4700:4700::1111', '2400:3200::1', '2001:4860:4860::8888'];
const otherOnes = [
  '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.254', '127.0.0.1', '127.1.2.3', '169.254.169.254', '172.16.0.1', '172.31.255.1',
  '192.0.0.1', '192.0.2.1', '192.168.0.1', '192.168.255.255', '198.18.0.1', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255',
  '::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1', '64:ff9b::a00:1', '64:ff9b:1::1', '100::1', 'fc00::1', 'fd12:3456::1', 'fe80::1',
  'fec0::1', 'ff02::1', '2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:db8::1', '2002:7f00:1::', '2002:c0a8:101::1', '2606:4700::5efe:7f00:1', 'fe80::1%eth0', 'nonsense', '',
];

test.each(publicOnes)('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));
test.each(otherOnes)('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

/** Spellings of this machine and its neighbours, by every road a page could take. */
const spellings = [
  '127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f.1', '0x7f000001', '0177.0.0.1', '017700000001', '127.0.0.1.', '①②⑦.⓪.⓪.①', '127。0。0。1', '１２７.０.０.１', '0', '0.0.0.0',
  '[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]', '[2002:7f00:1::]', '[fe80::1]', '[fd00::1]',
  'localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'router', 'printer.local', 'nas.lan', 'db.internal', 'wiki.intranet', 'box.home.arpa', '169.254.169.254', '192.168.1.1', '10.0.0.138', '172.16.3.4', '100.100.100.200',
];

test('no spelling of this machine or its neighbours is connected to unless it was typed', async () => {
  const web = await startWeb({ '/': '<p>Not for pages.</p>' });
  const asked: string[] = [];
  // Were a name to get past the first check, this would lead it home.
  const resolve: Resolve = (host, done) => {
    asked.push(host);
    done(null, [{ address: '127.0.0.1', family: 4 }]);
  };
  for (const host of [...spellings, 'news.example.org', '127.0.0.1.nip.example']) {
    const outcome = await fetchPublic(`http://${host}:${web.port}/`, { accept: '*/*', resolve }).then(
      () => 'connected',
      (error: unknown) => (error instanceof FailureError ? error.failure.kind : String(error)),
    );
    expect(`${host} ${outcome}`).toBe(`${host} private-address`);
  }
  expect(web.hits).toEqual([]);
  expect(asked).toEqual(['news.example.org', '127.0.0.1.nip.example']);
  await web.close();
});

test('a typed host may be private, another port or another host may not', async () => {
  const [home, other] = [await startWeb({ '/': '<p>Home</p>' }), await startWeb({ '/': '<p>Other</p>' })];
  const kind = (address: string) =>
    fetchPublic(address, { accept: '*/*', privateHost: home.host }).then(() => 'read', (error: unknown) => (error instanceof FailureError ? error.failure.kind : String(error)));
  expect(await kind(`${home.origin}/`)).toBe('read');
  expect(await kind(`${other.origin}/`)).toBe('private-address');
  expect(await kind(`http://localhost:${home.port}/`)).toBe('private-address');
  expect(other.hits).toEqual([]);
  await home.close();
  await other.close();
});

const looked = (resolve: Resolve, all: boolean) =>
  new Promise<unknown>((done) => {
    publicLookup(resolve)('news.example.org', { all }, (error, address) => done(error ?? address));
  });

test('a name is looked up once, and what was checked is what is connected to', async () => {
  const answers = ['93.184.216.34', '127.0.0.1'];
  let calls = 0;
  const changing: Resolve = (_, done) => {
    const address = answers[calls++] ?? '127.0.0.1';
    done(null, [{ address, family: isIP(address) }]);
  };
  expect(await looked(changing, true)).toEqual([{ address: '93.184.216.34', family: 4 }]);
  expect(calls).toBe(1);
});

test('one private address among public ones refuses the name', async () => {
  expect(await looked((_, done) => done(null, [{ address: '93.184.216.34', family: 4 }, { address: '10.0.0.1', family: 4 }]), false)).toBeInstanceOf(FailureError);
  expect(await looked((_, done) => done(null, []), true)).toBeInstanceOf(FailureError);
});

const coded = (code: string) => Object.assign(new Error(code), { code });
test.each([
  ['ENOTFOUND', true, 'no-such-host'], ['ENOTFOUND', false, 'no-network'], ['EAI_AGAIN', true, 'no-network'], ['ENETUNREACH', true, 'no-network'], ['EHOSTUNREACH', true, 'no-connection'],
  ['EHOSTUNREACH', false, 'no-network'], ['ECONNREFUSED', true, 'no-connection'], ['ECONNRESET', true, 'no-connection'], ['ETIMEDOUT', true, 'timeout'], ['UND_ERR_CONNECT_TIMEOUT', true, 'timeout'],
  ['CERT_HAS_EXPIRED', true, 'certificate'], ['DEPTH_ZERO_SELF_SIGNED_CERT', true, 'certificate'], ['ERR_TLS_CERT_ALTNAME_INVALID', true, 'certificate'], ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true, 'certificate'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', true, 'certificate'],
])('%s (online: %s) is told as %s', (code, online, kind) => {
  expect(networkFailure(coded(code), 'h', 'asking', 10, () => online).kind).toBe(kind);
  expect(networkFailure(new Error('outer', { cause: new AggregateError([coded(code)]) }), 'h', 'asking', 10, () => online).kind).toBe(kind);
});

test('one family without a route does not hide what the other met', () => {
  const both = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]);
  expect(networkFailure(both, 'h', 'asking', 1, () => true).kind).toBe('no-connection');
});
