import { lecternLink, sendAddress, sendPage } from './act.js';
import { pairing } from './door.js';
import { say } from './words.js';

/* What runs without a window: the menu, the key, and sending, which must go on when the popup is closed. */

chrome.runtime.onInstalled.addListener(({ reason }) => {
  void makeMenu();
  if (reason === 'install') void chrome.runtime.openOptionsPage();
});

async function makeMenu() {
  await chrome.contextMenus.removeAll();
  chrome.contextMenus.create({ id: 'link', title: say('saveLink'), contexts: ['link'] });
  chrome.contextMenus.create({ id: 'selection', title: say('saveSelectionIn'), contexts: ['selection'] });
  chrome.contextMenus.create({ id: 'page', title: say('save'), contexts: ['page'] });
}

chrome.contextMenus.onClicked.addListener(({ menuItemId, linkUrl }, tab) => {
  if (tab?.id === undefined) return;
  if (menuItemId === 'link') void saveLink(tab.id, linkUrl);
  else void withBadge(tab.id, () => sendPage(tab.id ?? 0, menuItemId === 'selection' ? 'selection' : 'page', []));
});

chrome.commands.onCommand.addListener((command, tab) => {
  if (command === 'save-page' && tab?.id !== undefined) void withBadge(tab.id, () => sendPage(tab.id ?? 0, 'page', []));
});

chrome.runtime.onMessage.addListener(({ act, tab, tags }, sender, answer) => {
  // Only our own popup asks; pages cannot, and what runs in them does not.
  if (sender.id !== chrome.runtime.id || sender.tab !== undefined) return undefined;
  void withBadge(tab, () => sendPage(tab, act, tags)).then(answer);
  return true;
});

/**
 * A link goes as an address; without a pairing through the system, and Lectern asks.
 * @param {number} tab
 * @param {string | undefined} url
 */
async function saveLink(tab, url) {
  const link = lecternLink(url);
  if (url === undefined || link === null) return withBadge(tab, async () => ({ text: say('badAddress'), trouble: 'refused' }));
  if ((await pairing()) === null) return void (await chrome.tabs.update(tab, { url: link }));
  return withBadge(tab, () => sendAddress(url, []));
}

/**
 * Shows on the button how it went, for who did not open the popup.
 * @param {number} tabId
 * @param {() => Promise<import('./act.js').Result>} work
 */
async function withBadge(tabId, work) {
  const badge = async (/** @type {string} */ text, /** @type {string} */ title, /** @type {string} */ color) => {
    try {
      await Promise.all([chrome.action.setBadgeBackgroundColor({ color, tabId }), chrome.action.setBadgeText({ text, tabId }), chrome.action.setTitle({ title, tabId })]);
    } catch {
      // The tab was closed meanwhile; the page is sent all the same.
    }
  };
  await badge('…', say('sending'), '#5f6368');
  const result = await work();
  await badge(result.trouble === null ? '✓' : '!', result.text, result.trouble === null ? '#2f6b3f' : '#a3352b');
  return result;
}
