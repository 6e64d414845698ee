import { ports } from './ports.js';

/*
 * The way to the Lectern on this machine. What is sent goes only to who has proven to know this browser's token: any
 * program may listen on a port, and pages are nobody's business.
 */

/**
 * @typedef {{ browser: string, token: string, port: number }} Pairing
 * @typedef {'unpaired' | 'no-answer' | 'too-large' | 'refused'} Trouble
 * @typedef {{ ok: true, value: unknown } | { ok: false, why: Trouble, kind?: string }} Answer
 */

const wait = { hello: 3_000, send: 60_000 };

/** @returns {Promise<Pairing | null>} */
export async function pairing() {
  const { pairing: kept } = await chrome.storage.local.get('pairing');
  return /** @type {Pairing | undefined} */ (kept) ?? null;
}

/** Forgets this browser's side of the pairing. */
export async function unpair() {
  await chrome.storage.local.remove('pairing');
}

/**
 * Pairs by the code that Lectern shows. Its first digit names the port, so that it is shown to nobody else.
 * @param {string} typed
 * @param {string} name what Lectern calls this browser
 * @returns {Promise<{ ok: true } | { ok: false, why: 'not-a-code' | 'no-answer' } | { ok: false, why: 'wrong-code', left: number }>}
 */
export async function pair(typed, name) {
  const code = typed.replace(/\D/g, '');
  const port = ports[Number(code[0]) - 1];
  if (code.length !== 8 || port === undefined) return { ok: false, why: 'not-a-code' };
  const former = (await pairing())?.browser ?? null;
  const answer = await post(port, '/pair', { code, name, former }, { patience: wait.hello });
  if (answer?.status === 403) return { ok: false, why: 'wrong-code', left: Number(answer.body['left']) };
  if (answer?.status !== 200) return { ok: false, why: 'no-answer' };
  await chrome.storage.local.set({ pairing: { browser: answer.body['browser'], token: answer.body['token'], port } });
  return { ok: true };
}

/** Finds Lectern; null when it is not there or no longer knows this browser. */
export async function find() {
  const kept = await pairing();
  if (kept === null) return null;
  if (await isLectern(kept, kept.port)) return kept;
  const others = ports.filter((port) => port !== kept.port);
  const found = await Promise.any(others.map(async (port) => ((await isLectern(kept, port)) ? port : Promise.reject(new Error('not there'))))).catch(() => null);
  if (found === null) return null;
  const moved = { ...kept, port: found };
  await chrome.storage.local.set({ pairing: moved });
  return moved;
}

/**
 * Asks Lectern something as this browser.
 * @param {'/tags' | '/capture' | '/save'} what
 * @param {object} input
 * @returns {Promise<Answer>}
 */
export async function ask(what, input) {
  if ((await pairing()) === null) return { ok: false, why: 'unpaired' };
  const kept = await find();
  if (kept === null) return { ok: false, why: 'no-answer' };
  const answer = await post(kept.port, what, input, { patience: wait.send, token: `${kept.browser}.${kept.token}` });
  if (answer === null) return { ok: false, why: 'no-answer' };
  if (answer.body['ok'] === true) return { ok: true, value: answer.body['value'] };
  const failure = /** @type {{ kind?: string } | undefined} */ (answer.body['failure']);
  return { ok: false, why: answer.status === 413 ? 'too-large' : 'refused', kind: failure?.kind ?? '' };
}

/**
 * Whether the listener at the port knows our token, without telling it: it keeps the token's hash, and signs with it.
 * @param {Pairing} kept
 * @param {number} port
 */
async function isLectern({ browser, token }, port) {
  const nonce = hex(crypto.getRandomValues(new Uint8Array(16)));
  const answer = await post(port, '/hello', { browser, nonce }, { patience: wait.hello });
  if (answer?.status !== 200) return false;
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  const key = await crypto.subtle.importKey('raw', hash, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const proof = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${nonce} ${port}`));
  return answer.body['proof'] === hex(new Uint8Array(proof));
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {number} port
 * @param {string} path
 * @param {object} input
 * @param {{ patience: number, token?: string }} options
 * @returns {Promise<{ status: number, body: Record<string, unknown> } | null>} null when nobody answers, or not in JSON
 */
async function post(port, path, input, { patience, token }) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(input),
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    return { status: response.status, body: await response.json() };
  } catch {
    // Nobody there, someone else, or hung up: to the reader it is one thing.
    return null;
  }
}
