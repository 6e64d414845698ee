import { foldText } from './fold.ts';

/** Local days as `YYYY-MM-DD`: from the first, up to the other without it; null where there is no end. */
export type Span = { from: string; to: string | null } | { from: null; to: string };

const units: Record<string, 'd' | 'w' | 'm' | 'y'> = {
  d: 'd', day: 'd', days: 'd', 天: 'd', 日: 'd', w: 'w', week: 'w', weeks: 'w', 周: 'w', 星期: 'w',
  m: 'm', month: 'm', months: 'm', 月: 'm', 个月: 'm', y: 'y', year: 'y', years: 'y', 年: 'y',
};

/**
 * `2024`, `2024-06`, `2024-06-03` (also with `/`, `.` or 年月日) are that year, month or day; `7d`, `2w`, `3m`, `1y` (7天, 2周,
 * 3个月, 1年) the time since then, up to now; `today` and `yesterday` those days. Null for anything else, such as 31 February.
 */
export function readDates(text: string, now: Date): { from: string; to: string | null } | null {
  const value = foldText(text.trim());
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  if (value === 'today' || value === '今天') return days(new Date(year, month, day), new Date(year, month, day + 1));
  if (value === 'yesterday' || value === '昨天') return days(new Date(year, month, day - 1), new Date(year, month, day));
  const ago = /^(\d{1,4})\s*([a-z]+|天|日|周|星期|个?月|年)$/u.exec(value);
  const unit = ago === null ? undefined : units[ago[2] ?? ''];
  // A year is written with four digits: 2024年 is one, 3年 is how long ago.
  if (ago !== null && unit !== undefined && !(unit === 'y' && /^\d{4}年$/u.test(value))) {
    const count = Number(ago[1]);
    const then = unit === 'y' ? new Date(year - count, month, day) : unit === 'm' ? new Date(year, month - count, day) : new Date(year, month, day - count * (unit === 'w' ? 7 : 1));
    return then.getFullYear() < 0 ? null : { from: iso(then), to: null };
  }
  return absolute(value);
}

function absolute(value: string): { from: string; to: string } | null {
  const found = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?$/u.exec(value);
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)];
  const from = new Date(year, month - 1, day);
  if (year < 100 || month < 1 || month > 12 || from.getMonth() !== month - 1 || from.getDate() !== day) return null;
  if (found[3] !== undefined) return days(from, new Date(year, month - 1, day + 1));
  return days(from, found[2] === undefined ? new Date(year + 1, 0, 1) : new Date(year, month, 1));
}

const days = (from: Date, to: Date) => ({ from: iso(from), to: iso(to) });

function iso(day: Date): string {
  const part = (value: number, length: number) => String(value).padStart(length, '0');
  return `${part(day.getFullYear(), 4)}-${part(day.getMonth() + 1, 2)}-${part(day.getDate(), 2)}`;
}
