/** Text of one line that stays text in Markdown: signs that mean something, and a number or sign at the start that would make a list or heading. */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_[\]<>&~|]/g, '\\$&')
    .replace(/^([#+-]|\d{1,9}(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
    .replace(/!(?=\\\[)/g, '\\!');
}

/** An address as a link of Markdown takes it between `<` and `>`: nothing in it ends it or begins a line. */
export function markdownAddress(url: string): string {
  return url.replace(/[<>\s\\\p{Cc}]/gu, encodeURIComponent);
}
