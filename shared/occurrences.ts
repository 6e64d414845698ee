/** From so many steps on, at the worst, a plain search is not trusted: its time may be the product of both lengths. */
const plain = 10_000_000;

/** Where `wanted` begins in `text`, at most so many places, in order; in a time that grows with the lengths alone, whatever they hold. */
export function occurrencesOf(text: string, wanted: string, most: number): number[] {
  const places: number[] = [];
  if (text.length * wanted.length < plain) {
    for (let at = text.indexOf(wanted); at >= 0 && places.length < most; at = text.indexOf(wanted, at + 1)) places.push(at);
    return places;
  }
  // Knuth, Morris and Pratt: a text of one letter and a quote of nearly only that letter are somebody's joke.
  const back = bordersOf(wanted);
  for (let at = 0, matched = 0; at < text.length && places.length < most; at++) {
    while (matched > 0 && text.charCodeAt(at) !== wanted.charCodeAt(matched)) matched = back[matched - 1] ?? 0;
    if (text.charCodeAt(at) === wanted.charCodeAt(matched)) matched++;
    if (matched < wanted.length) continue;
    places.push(at + 1 - matched);
    matched = back[matched - 1] ?? 0;
  }
  return places;
}

/** For each beginning of a text, the length of its longest part that both begins and ends it. */
function bordersOf(text: string): Uint32Array {
  const borders = new Uint32Array(text.length);
  for (let at = 1, length = 0; at < text.length; at++) {
    while (length > 0 && text.charCodeAt(at) !== text.charCodeAt(length)) length = borders[length - 1] ?? 0;
    if (text.charCodeAt(at) === text.charCodeAt(length)) length++;
    borders[at] = length;
  }
  return borders;
}
