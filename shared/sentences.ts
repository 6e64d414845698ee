/** A stretch `[from, to)` of a text, in UTF-16 units. */
export type Sentence = { from: number; to: number };

/** Longer than this a sentence is taken in parts, at its commas: a voice that has begun cannot be asked to turn back within it. */
const longest = 280;
/** After these a full stop ends no sentence. */
const abbreviation = /(?:^|[\s(])(?:Dr|Mr|Mrs|Ms|Prof|Sr|Jr|St|Mt|vs|cf|ca|approx|e\.g|i\.e|No|Nr|Fig|Vol|pp?|[A-Z])\.\s*$/;

/** A text's sentences in order, without the white space around them. `lang` is BCP 47; unknown ones are read as English. */
export function sentencesOf(text: string, lang: string): Sentence[] {
  const sentences: Sentence[] = [];
  let begun: number | null = null;
  for (const { index, segment } of segmenterFor(lang).segment(text)) {
    begun ??= index;
    const to = index + segment.length;
    // “Why?” she asked: what goes on in a small letter is the same sentence.
    if (to < text.length && (abbreviation.test(text.slice(begun, to)) || /^\p{Ll}/u.test(text.slice(to)))) continue;
    sentences.push(...partsOf(text, begun, to));
    begun = null;
  }
  if (begun !== null) sentences.push(...partsOf(text, begun, text.length));
  return sentences;
}

function segmenterFor(lang: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(lang, { granularity: 'sentence' });
  } catch {
    return new Intl.Segmenter('en', { granularity: 'sentence' });
  }
}

function* partsOf(text: string, from: number, to: number): Generator<Sentence> {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  while (end - start > longest) {
    const cut = start + cutWithin(text.slice(start, start + longest));
    yield { from: start, to: cut };
    start = cut;
    while (start < end && /\s/.test(text.charAt(start))) start += 1;
  }
  if (/[\p{L}\p{N}]/u.test(text.slice(start, end))) yield { from: start, to: end };
}

/** After the last comma in the second half, else after the last blank, else at the very end, between two characters. */
function cutWithin(text: string): number {
  const comma = text.search(/[,;:，；：、][^,;:，；：、]*$/);
  if (comma > text.length / 2) return comma + 1;
  const blank = text.lastIndexOf(' ');
  if (blank > text.length / 2) return blank + 1;
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length;
}
