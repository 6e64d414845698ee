/**
 * A sentence of `_locales`, in the browser's language.
 * @param {string} name
 * @param {...string} given
 */
export function say(name, ...given) {
  return chrome.i18n.getMessage(name, given);
}

/** Puts the words into a page: `data-say` for its text, `data-say-label` for its accessible name. */
export function fillWords() {
  document.documentElement.lang = chrome.i18n.getUILanguage();
  for (const element of document.querySelectorAll('[data-say]')) element.textContent = say(element.getAttribute('data-say') ?? '');
  for (const element of document.querySelectorAll('[data-say-label]')) element.setAttribute('aria-label', say(element.getAttribute('data-say-label') ?? ''));
}
