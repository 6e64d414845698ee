/** A whole number as the language writes it: 12,345. */
export function countText(value: number, locale: string): string {
  return formatOf(locale, 3).format(value);
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** A time of today, to the second, on this machine's clock: 14:05:09. `at` is ISO 8601. */
export function timeText(at: string, locale: string): string {
  return dated(at, (date) => date.toLocaleTimeString(locale, { ...clock, second: '2-digit' }));
}

/** A moment with its day, on this machine's clock. `at` is ISO 8601. */
export function momentText(at: string, locale: string): string {
  return dated(at, (date) => date.toLocaleString(locale, { month: 'long', day: 'numeric', ...clock }));
}

/** What is no time is shown as it is. */
function dated(at: string, text: (date: Date) => string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : text(date);
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
    return `${formatOf(locale, value < 10 ? 1 : 0).format(value)} ${unit}`;
  }
  return `${countText(Math.round(bytes), locale)} B`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Made once for each language: to make one takes longer than to open an article may. */
function formatOf(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
  formats.set(key, known);
  return known;
}
