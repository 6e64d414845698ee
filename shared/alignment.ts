/** How a pattern lies over a stretch of text: for each of its signs the one it stands on, -1 for none, and whether they are the same. */
export type Alignment = { on: Int32Array; same: Uint8Array };

let cells = new Uint16Array(0);

/** Lays `pattern` over `text` at the least edit distance; what of the text is before and after it costs nothing. Fills (pattern + 1) × (text + 1) cells. */
export function align(pattern: string, text: string): Alignment {
  const [rows, width] = [pattern.length + 1, text.length + 1];
  if (cells.length < rows * width) cells = new Uint16Array(rows * width);
  const table = cells;
  table.fill(0, 0, width);
  for (let i = 1; i < rows; i++) {
    const row = i * width;
    const sign = pattern.charCodeAt(i - 1);
    let left = i;
    let corner = table[row - width] ?? 0;
    table[row] = i;
    for (let j = 1; j < width; j++) {
      const above = table[row - width + j] ?? 0;
      const through = text.charCodeAt(j - 1) === sign ? corner : corner + 1;
      let least = through;
      if (above + 1 < least) least = above + 1;
      if (left + 1 < least) least = left + 1;
      table[row + j] = least;
      left = least;
      corner = above;
    }
  }
  return traced(pattern, text, table, width);
}

function traced(pattern: string, text: string, table: Uint16Array, width: number): Alignment {
  const found: Alignment = { on: new Int32Array(pattern.length).fill(-1), same: new Uint8Array(pattern.length) };
  const last = pattern.length * width;
  let j = 0;
  for (let at = 1; at < width; at++) if ((table[last + at] ?? 0) < (table[last + j] ?? 0)) j = at;
  for (let i = pattern.length; i > 0;) {
    const here = table[i * width + j] ?? 0;
    const equal = j > 0 && pattern.charCodeAt(i - 1) === text.charCodeAt(j - 1);
    if (j > 0 && here === (table[(i - 1) * width + j - 1] ?? 0) + (equal ? 0 : 1)) {
      found.on[i - 1] = j - 1;
      found.same[i - 1] = equal ? 1 : 0;
      i--;
      j--;
    } else if (here === (table[(i - 1) * width + j] ?? 0) + 1) i--;
    else j--;
  }
  return found;
}
