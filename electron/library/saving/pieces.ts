/** A long list in pieces small enough to be written down without being noticed, the event loop getting its turn between them. */
export async function* pieces<T>(list: readonly T[]): AsyncGenerator<T[]> {
  for (let from = 0; from < list.length; from += 100) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve));
    yield list.slice(from, from + 100);
  }
}
