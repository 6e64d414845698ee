/** A long list in pieces, the event loop getting its turn between them. */
export async function* pieces<T>(list: readonly T[]): AsyncGenerator<T[]> {
  for (let from = 0; from < list.length; from += 500) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve));
    yield list.slice(from, from + 500);
  }
}
