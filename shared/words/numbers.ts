/** A whole number as the language writes it: 12,345. */
export function countText(value: number, locale: string): string {
  return value.toLocaleString(locale);
}

const steps = [
  { unit: 'GB', from: 1_000_000_000 },
  { unit: 'MB', from: 1_000_000 },
  { unit: 'KB', from: 1_000 },
] as const;

/** A size in bytes as people read it, in decimal units: 1.2 MB, 340 KB, 12 B. */
export function sizeText(bytes: number, locale: string): string {
  for (const { unit, from } of steps) {
    if (bytes < from * 0.9995) continue;
    const value = bytes / from;
    return `${value.toLocaleString(locale, { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
  }
  return `${countText(Math.round(bytes), locale)} B`;
}
