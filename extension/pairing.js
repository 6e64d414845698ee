import { find, pair, pairing, unpair } from './door.js';
import { fillWords, say } from './words.js';

/* Where this browser is paired with Lectern, by the code that Lectern shows in its preferences. */

const origins = ['http://127.0.0.1/*'];

/** @template {HTMLElement} E @param {string} id @param {new () => E} kind @returns {E} */
function part(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(id);
  return element;
}

const code = part('code', HTMLInputElement);
const name = part('name', HTMLInputElement);
const button = part('pair', HTMLButtonElement);
const outcome = part('outcome', HTMLElement);
const forget = part('unpair', HTMLButtonElement);

/** What the reader's list of paired browsers calls this one, until they say otherwise. */
function ownName() {
  const agent = navigator.userAgent;
  const browser = /Firefox\//.test(agent) ? 'Firefox' : /Edg\//.test(agent) ? 'Edge' : /OPR\//.test(agent) ? 'Opera' : /Chrom/.test(agent) ? 'Chrome' : 'Browser';
  const system = /Windows/.test(agent) ? 'Windows' : /Mac OS/.test(agent) ? 'macOS' : /Linux/.test(agent) ? 'Linux' : '';
  return `${browser} ${system}`.trim();
}

async function showStanding() {
  const kept = await pairing();
  forget.hidden = kept === null;
  part('standing', HTMLElement).textContent = say(kept === null ? 'notPaired' : (await find()) === null ? 'pairedAway' : 'paired');
}

/** @param {Promise<boolean>} asked whether the reader gives the right to ask this machine */
async function pairNow(asked) {
  const result = (await asked) ? await pair(code.value, name.value.trim() || ownName()) : /** @type {const} */ ({ ok: false, why: 'no-right' });
  if (result.ok) code.value = '';
  outcome.dataset['trouble'] = result.ok ? 'none' : 'some';
  outcome.textContent = wordsFor(result);
  button.disabled = false;
  await showStanding();
}

/** @param {Awaited<ReturnType<typeof pair>> | { ok: false, why: 'no-right' }} result */
function wordsFor(result) {
  if (result.ok) return say('pairedNow');
  switch (result.why) {
    case 'wrong-code':
      return result.left > 0 ? say('wrongCode', String(result.left)) : say('codeVoid');
    case 'not-a-code':
      return say('notACode');
    case 'no-right':
      return say('noRight');
    default:
      return say('pairNoAnswer');
  }
}

part('form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  button.disabled = true;
  outcome.textContent = '';
  // Firefox lets the reader take this right away; it can only be asked for at a press.
  void pairNow(chrome.permissions.request({ origins }));
});
forget.addEventListener('click', () => void unpair().then(showStanding));

fillWords();
name.value = ownName();
await showStanding();
