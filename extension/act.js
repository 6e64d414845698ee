import { ask } from './door.js';
import { say } from './words.js';

/**
 * What a save came to, for the reader. `trouble` is null when it is kept.
 * @typedef {{ text: string, trouble: null | import('./door.js').Trouble | 'cannot' }} Result
 */

/**
 * Sends a tab's page, or what is selected in it.
 * @param {number} tab
 * @param {'page' | 'selection'} part
 * @param {string[]} tags
 * @returns {Promise<Result>}
 */
export async function sendPage(tab, part, tags) {
  let page;
  try {
    page = await readPage(tab, part);
  } catch {
    // The browser's own pages, its shop and its PDF viewer let nobody in.
    page = null;
  }
  if (page === null) return { text: say('cannot'), trouble: 'cannot' };
  return told(await ask('/capture', { ...page, part, tags }));
}

/**
 * Sends an address alone.
 * @param {string} url
 * @param {string[]} tags
 * @returns {Promise<Result>}
 */
export async function sendAddress(url, tags) {
  return told(await ask('/save', { url, tags }), true);
}

/**
 * Whether something is selected; false also where nobody is let in.
 * @param {number} tab
 */
export async function hasSelection(tab) {
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab }, files: ['page.js'] });
    const [frame] = await chrome.scripting.executeScript({ target: { tabId: tab }, func: () => window.lecternPage?.selected() ?? false });
    return frame?.result === true;
  } catch {
    return false;
  }
}

/**
 * @param {number} tab
 * @param {'page' | 'selection'} part
 */
async function readPage(tab, part) {
  await chrome.scripting.executeScript({ target: { tabId: tab }, files: ['page.js'] });
  const [frame] = await chrome.scripting.executeScript({ target: { tabId: tab }, func: (/** @type {'page' | 'selection'} */ wanted) => window.lecternPage?.capture(wanted), args: [part] });
  return frame?.result ?? null;
}

/**
 * @param {import('./door.js').Answer} answer
 * @param {boolean} addressOnly
 * @returns {Result}
 */
function told(answer, addressOnly = false) {
  if (answer.ok) {
    const saved = /** @type {{ outcome?: string } | Array<{ outcome?: string }>} */ (answer.value);
    const { outcome } = Array.isArray(saved) ? (saved[0] ?? {}) : saved;
    if (addressOnly) return { text: say(outcome === 'known' ? 'knownAddress' : 'keptAddress'), trouble: null };
    return { text: say(outcome === 'known' ? 'renewed' : 'kept'), trouble: null };
  }
  switch (answer.why) {
    case 'unpaired':
      return { text: say('unpaired'), trouble: answer.why };
    case 'no-answer':
      return { text: say('noAnswer'), trouble: answer.why };
    case 'too-large':
      return { text: say('tooLarge'), trouble: answer.why };
    default:
      return { text: say(answer.kind === 'bad-address' ? 'badAddress' : answer.kind === 'bad-input' ? 'badTags' : answer.kind === 'disk-full' ? 'diskFull' : answer.kind === 'read-only' ? 'readOnly' : 'refused'), trouble: 'refused' };
  }
}

/**
 * Hands an address over without pairing: Lectern comes forward and asks. Null for what is no page of the web.
 * @param {string | undefined} url
 */
export function lecternLink(url) {
  return url !== undefined && /^https?:\/\//i.test(url) ? `lectern://save?url=${encodeURIComponent(url)}` : null;
}
