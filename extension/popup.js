import { hasSelection, lecternLink } from './act.js';
import { ask, pairing } from './door.js';
import { keepCompletion } from './completion.js';
import { fillWords, say } from './words.js';

/* The window under the button: tags, what to save, and how it went. */

/** @template {HTMLElement} E @param {string} id @param {new () => E} kind @returns {E} */
function part(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(id);
  return element;
}

const page = part('page', HTMLButtonElement);
const selection = part('selection', HTMLButtonElement);
const pair = part('pair', HTMLButtonElement);
const address = part('address', HTMLButtonElement);
const outcome = part('outcome', HTMLElement);

fillWords();
const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
const link = lecternLink(tab?.url);
part('title', HTMLElement).textContent = tab?.title ?? '';

/** @param {import('./act.js').Result} result */
function show({ text, trouble }) {
  outcome.textContent = text;
  outcome.dataset['trouble'] = trouble ?? 'none';
  pair.hidden = trouble !== 'unpaired' && trouble !== 'no-answer';
  address.hidden = trouble === null || link === null;
}

let selected = false;
let sending = false;

function showButtons() {
  page.disabled = sending || tab?.id === undefined;
  selection.disabled = sending || !selected;
}

const tags = keepCompletion(part('tags', HTMLInputElement), part('known', HTMLUListElement));

/** @param {'page' | 'selection'} act */
async function send(act) {
  if (tab?.id === undefined || sending) return;
  sending = true;
  showButtons();
  pair.hidden = true;
  address.hidden = true;
  outcome.textContent = say('sending');
  outcome.dataset['trouble'] = 'none';
  // Sent from the background, so that it goes on when this window is closed.
  show(/** @type {import('./act.js').Result} */ (await chrome.runtime.sendMessage({ act, tab: tab.id, tags: tags.chosen() })));
  sending = false;
  showButtons();
}

part('form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void send('page');
});
selection.addEventListener('click', () => void send('selection'));
pair.addEventListener('click', () => void chrome.runtime.openOptionsPage().then(() => close()));
address.addEventListener('click', () => {
  if (tab?.id === undefined || link === null) return;
  void chrome.tabs.update(tab.id, { url: link }).then(() => close());
});

showButtons();
if ((await pairing()) === null) show({ text: say('unpaired'), trouble: 'unpaired' });
else if (tab?.id !== undefined) {
  selected = await hasSelection(tab.id);
  showButtons();
  const known = await ask('/tags', {});
  if (known.ok && Array.isArray(known.value)) tags.offer(known.value.map(String));
  else if (!sending) show({ text: say('noAnswer'), trouble: 'no-answer' });
}
