import { expect, test } from 'vitest';
import { typedLookup, type Resolve } from '../../electron/library/saving/public-address.ts';
import { refererFor } from '../../electron/library/saving/picture-ways.ts';
import { FailureError } from '../../shared/failure.ts';

/** A resolver that gives each of these answers once, then the last one for ever. */
function answers(...rounds: string[][]): Resolve {
  let round = 0;
  return (_host, done) => done(null, (rounds[Math.min(round++, rounds.length - 1)] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
}

function ask(lookup: ReturnType<typeof typedLookup>, host: string, all: boolean): Promise<unknown> {
  return new Promise((done) => {
    lookup(host, { all }, (error, found) => done(error instanceof FailureError ? error.failure.kind : (error ?? found)));
  });
}

test.each([true, false])('a typed name that pointed outside cannot point inside afterwards (all addresses: %s)', async (all) => {
  for (const inside of [['127.0.0.1'], ['192.168.1.1'], ['::1'], ['fd00::1'], ['169.254.169.254'], ['93.184.216.34', '10.0.0.1']]) {
    const lookup = typedLookup(answers(['93.184.216.34'], inside));
    expect(await ask(lookup, 'evil.example', all)).toEqual(all ? [{ address: '93.184.216.34', family: 4 }] : '93.184.216.34');
    expect(await ask(lookup, 'evil.example', all)).toBe('private-address');
    expect(await ask(lookup, 'evil.example', all)).toBe('private-address');
  }
});

test('nor can it point at both at once', async () => {
  expect(await ask(typedLookup(answers(['93.184.216.34', '127.0.0.1'])), 'evil.example', true)).toBe('private-address');
  expect(await ask(typedLookup(answers(['::1', '2606:2800:220:1::1'])), 'evil.example', false)).toBe('private-address');
});

test('a typed name of the reader’s own network stays reachable', async () => {
  const lookup = typedLookup(answers(['192.168.1.20']));
  for (let n = 0; n < 3; n++) expect(await ask(lookup, 'nas.home.example', false)).toBe('192.168.1.20');
});

test.each([
  ['https://a.example/share/secret?key=1#part', 'https://a.example/p.png', 'https://a.example/share/secret?key=1'],
  ['https://a.example/share/secret?key=1', 'https://pictures.example/p.png', 'https://a.example/'],
  ['http://wiki.home:8080/private/plan', 'https://pictures.example/p.png', 'http://wiki.home:8080/'],
  ['https://a.example/x', 'http://a.example/p.png', null],
])('of %s, the server of %s is told %s', (page, picture, told) => expect(refererFor(page, picture)).toBe(told));
