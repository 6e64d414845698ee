/** A day of this machine's calendar as `YYYY-MM-DD`. */
export type Day = string;

/** The day on which a moment falls here; '' for what is no moment. */
export function dayOf(at: string | number | Date): Day {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The day so many days later, or earlier. */
export function dayAfter(day: Day, days: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  // Noon: no change of the clocks moves it to another day.
  return dayOf(new Date(year, month - 1, date + days, 12));
}

/** When a day begins and ends here, `[from, to)` in ISO 8601. */
export function boundsOf(day: Day): { from: string; to: string } {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return { from: new Date(year, month - 1, date).toISOString(), to: new Date(year, month - 1, date + 1).toISOString() };
}

const two = (value: number): string => String(value).padStart(2, '0');
