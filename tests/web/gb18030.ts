/** Text as GB18030 bytes, as far as GB 2312 reaches: Node decodes it but has no encoder. */
export function gb18030(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    const pair = code < 0x80 ? [code] : pairs().get(sign);
    if (pair === undefined) throw new Error(`${sign} is not in GB 2312`);
    bytes.push(...pair);
  }
  return Uint8Array.from(bytes);
}

let table: Map<string, [number, number]> | null = null;

function pairs(): Map<string, [number, number]> {
  if (table !== null) return table;
  const decoder = new TextDecoder('gb18030');
  table = new Map();
  for (let lead = 0xa1; lead <= 0xf7; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  }
  return table;
}
