/** A character in UTF-8, each of its bytes taken for a character of Latin-1. */
const doubled = /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/g;
/** Controls that no text has on purpose. */
const control = /[\u0080-\u009f]/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Text that was turned into UTF-8 twice, set right: `â\u0080\u0099` is an apostrophe. Only where one of its bytes became a
 * control, which is proof; `Ã©` may be meant.
 */
export function undoubled(text: string): string {
  if (!control.test(text)) return text;
  return text.replace(doubled, (run) => {
    if (!control.test(run)) return run;
    try {
      return utf8.decode(Uint8Array.from(run, (character) => character.charCodeAt(0)));
    } catch {
      return run; // no UTF-8 after all
    }
  });
}
