/** Endings of English words, and what stands in their place in a dictionary; the first that is found counts. */
const endings: ReadonlyArray<[RegExp, readonly string[]]> = [
  [/['’]s$/, ['']],
  [/ies$/, ['y', 'ie']],
  [/(?<=[sxz]|[cs]h)es$/, ['', 'e']],
  [/(?<!s)s$/, ['']],
  [/ied$/, ['y']],
  [/(?<double>[bdgklmnprt])\k<double>(?:ed|ing|er|est)$/, ['$<double>']],
  [/ed$/, ['', 'e']],
  [/ying$/, ['y', 'ie']],
  [/ing$/, ['', 'e']],
  [/i(?:er|est)$/, ['y']],
  [/(?:er|est)$/, ['', 'e']],
  [/ily$/, ['y']],
  [/ly$/, ['', 'le']],
];
const han = /^\p{Script=Han}/u;

/**
 * What is looked up for a text, in order: as it is, without the marks around it, its likely base forms in English, and
 * for Han characters what it begins with, the longest first.
 */
export function baseForms(text: string): string[] {
  const plain = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  const forms = new Set([text, plain]);
  const low = plain.toLowerCase();
  for (const [ending, others] of endings) {
    if (!ending.test(low)) continue;
    for (const other of others) forms.add(low.replace(ending, other));
  }
  if (han.test(plain)) {
    const letters = [...plain].slice(0, 12);
    for (let length = letters.length - 1; length > 0; length -= 1) forms.add(letters.slice(0, length).join(''));
  }
  return [...forms].filter((form) => form.length > 0);
}
