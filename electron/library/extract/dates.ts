import type { Moment } from '../../../shared/article.ts';

/*
 * Dates as pages write them, in any of the languages people read. A Moment keeps what was printed: no zone is invented
 * except for scripts whose pages are nearly always of one zone, and then it is marked as assumed.
 */

const months: Record<string, number> = {};
for (const [at, names] of [
  'jan january januar janvier enero gennaio janeiro januari stycznia январь января ianuarie ocak tammikuuta leden ledna',
  'feb february februar février fevrier febrero febbraio fevereiro februari lutego февраль февраля şubat helmikuuta únor února',
  'mar march märz maerz mars marzo março marco maart marca март марта mart mrt maaliskuuta březen března mär',
  'apr april avril abril aprile kwietnia апрель апреля nisan huhtikuuta duben dubna',
  'may mai mayo maggio maio mei maja май мая mayıs toukokuuta květen května maj',
  'jun june juni juin junio giugno junho czerwca июнь июня haziran kesäkuuta červen června',
  'jul july juli juillet julio luglio julho lipca июль июля temmuz heinäkuuta červenec července',
  'aug august août aout agosto augustus sierpnia август августа ağustos elokuuta srpen srpna augusti',
  'sep sept september septembre septiembre settembre setembro września сентябрь сентября eylül syyskuuta září',
  'oct october oktober octobre octubre ottobre outubro października октябрь октября ekim lokakuuta říjen října okt',
  'nov november novembre noviembre novembro listopada ноябрь ноября kasım marraskuuta listopad',
  'dec december dezember décembre decembre diciembre dicembre dezembro grudnia декабрь декабря aralık joulukuuta prosinec prosince dez',
].entries()) {
  for (const name of names.split(' ')) months[name] = at + 1;
}
for (const [name, month] of Object.entries({ ene: 1, janv: 1, gen: 1, févr: 2, fevr: 2, fev: 2, avr: 4, abr: 4, mag: 5, giu: 6, juil: 7, lug: 7, ago: 8, set: 9, ott: 10, out: 10, dic: 12, déc: 12 })) months[name] = month;
const monthNames = Object.keys(months).toSorted((a, b) => b.length - a.length).join('|');

const clock = String.raw`(?:[T\s,·|/-]*(?:at|um|à|a las|le|om|kl\.?|в)?\s*(上午|下午|午前|午後|오전|오후)?\s*(\d{1,2})\s*[:：时時시]\s*(\d{2})(?:\s*[:：分분]\s*(\d{2}))?(?:\.\d+)?\s*分?\s*秒?\s*([ap]\.?m\.?)?\s*(Z\b|UTC|GMT|[+-]\d{2}:?\d{2}\b|[+-]\d{2}\b|EST|EDT|CST|CDT|MST|MDT|PST|PDT|CET|CEST|BST|JST|KST|IST)?)?`;
const patterns: Array<{ test: RegExp; order: 'ymd' | 'mdy' | 'dmy' | 'dMy' | 'Mdy' }> = [
  { test: new RegExp(String.raw`(?<!\d)((?:19|20)\d{2})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})(?!\d)\s*(?:日|号|일)?\s*(?:[（(]?(?:星期|周|週)?[一二三四五六日天月火水木金土월화수목금토일](?:曜日?)?[)）]?)?${clock}`, 'iu'), order: 'ymd' },
  { test: new RegExp(String.raw`(?<![\p{L}\d])(${monthNames})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+((?:19|20)\d{2})(?!\d)${clock}`, 'iu'), order: 'Mdy' },
  { test: new RegExp(String.raw`(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s*(?:de\s+)?[- ]?(${monthNames})(?![\p{L}])\.?,?\s*(?:de\s+|del\s+)?[- ]?((?:19|20)\d{2})(?!\d)${clock}`, 'iu'), order: 'dMy' },
  { test: new RegExp(String.raw`(?<![\d.])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d{2})(?!\d)${clock}`, 'iu'), order: 'dmy' },
  { test: new RegExp(String.raw`(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?!\d)`, 'u'), order: 'ymd' },
];

const zones: Record<string, string> = { Z: 'Z', UTC: 'Z', GMT: 'Z', EST: '-05:00', EDT: '-04:00', CST: '-06:00', CDT: '-05:00', MST: '-07:00', MDT: '-06:00', PST: '-08:00', PDT: '-07:00', CET: '+01:00', CEST: '+02:00', BST: '+01:00', JST: '+09:00', KST: '+09:00', IST: '+05:30' };

export type FoundDate = { moment: Moment; at: number; length: number };

/** The first date in a text with where it stands, or null. `lang` decides 03/04/2020 and the assumed zone. */
export function findDate(text: string, lang: string | null): FoundDate | null {
  let best: FoundDate | null = null;
  for (const { test, order } of patterns) {
    const match = test.exec(text);
    if (match === null || (best !== null && best.at <= match.index)) continue;
    const moment = read(match, order, lang);
    if (moment !== null) best = { moment, at: match.index, length: match[0].length };
  }
  return best;
}

/** A machine-written date (`2024-06-03T16:39:01+08:00`, an epoch, an HTTP date) or, failing that, a printed one. */
export function readDate(text: string, lang: string | null): Moment | null {
  const trimmed = text.trim();
  const epoch = /^\d{10}(?:\d{3})?$/.exec(trimmed);
  if (epoch !== null) {
    const date = new Date(Number(trimmed) * (trimmed.length === 10 ? 1_000 : 1));
    return sane(date.getUTCFullYear()) ? { local: date.toISOString().slice(0, 19), offset: 'Z', assumed: false } : null;
  }
  return findDate(trimmed.slice(0, 200), lang)?.moment ?? null;
}

function read(match: RegExpExecArray, order: string, lang: string | null): Moment | null {
  const g = (n: number): string => match[n] ?? '';
  let year = 0; let month = 0; let day = 0; let rest = 4;
  switch (order) {
    case 'ymd': [year, month, day] = [Number(g(1)), Number(g(2)), Number(g(3))]; break;
    case 'Mdy': [month, day, year] = [months[g(1).toLowerCase()] ?? 0, Number(g(2)), Number(g(3))]; break;
    case 'dMy': [day, month, year] = [Number(g(1)), months[g(2).toLowerCase()] ?? 0, Number(g(3))]; break;
    default: {
      [day, month, year] = [Number(g(1)), Number(g(3)), Number(g(4))];
      if (month > 12 || (g(2) === '/' && /^en(?:-us)?$/i.test(lang ?? 'en') && day <= 12)) [day, month] = [month, day];
      rest = 5;
    }
  }
  if (!sane(year) || month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  const pad = (value: number): string => String(value).padStart(2, '0');
  const date = `${year}-${pad(month)}-${pad(day)}`;
  const compact = order === 'ymd' && /^\d{8}/.test(match[0]);
  let hour = compact ? Number(match[4] ?? -1) : match[rest + 1] === undefined ? -1 : Number(g(rest + 1));
  const minute = compact ? g(5) : g(rest + 2);
  const second = compact ? g(6) : g(rest + 3);
  if (hour < 0 || hour > 24 || minute === '' || Number(minute) > 59) return { local: date, ...assumedZone(lang, null) };
  const half = `${g(rest)}${compact ? '' : g(rest + 4)}`.toLowerCase();
  if (/p|下午|午後|오후/.test(half) && hour < 12) hour += 12;
  if (/a\.?m|上午|午前|오전/.test(half) && hour === 12) hour = 0;
  if (hour === 24) hour = 0;
  const zone = compact ? '' : g(rest + 5);
  return { local: `${date}T${pad(hour)}:${minute}${second === '' ? '' : `:${second}`}`, ...assumedZone(lang, zone === '' ? null : offset(zone)) };
}

function offset(zone: string): string | null {
  const known = zones[zone.toUpperCase()];
  if (known !== undefined) return known;
  const digits = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  return digits === null ? null : `${digits[1]}${digits[2]}:${digits[3] ?? '00'}`;
}

function assumedZone(lang: string | null, zone: string | null): { offset: string | null; assumed: boolean } {
  if (zone !== null) return { offset: zone, assumed: false };
  if (/^zh/i.test(lang ?? '')) return { offset: '+08:00', assumed: true };
  if (/^(?:ja|ko)/i.test(lang ?? '')) return { offset: '+09:00', assumed: true };
  return { offset: null, assumed: false };
}

const sane = (year: number): boolean => year >= 1990 && year <= new Date().getUTCFullYear() + 1;

/** The day in an address: `/2024/05/13/`, `/2024-05/13/`, `t20240513_`, `/20240513/`; null without a full one. */
export function dateInAddress(url: string, lang: string | null): Moment | null {
  const path = URL.parse(url)?.pathname ?? '';
  const match =
    /(?:^|[/_-])((?:19|20)\d{2})([-/_])(0?[1-9]|1[0-2])[-/_](0[1-9]|[12]\d|3[01]|[1-9])(?=[/_.-]|$)/.exec(path) ??
    /(?:^|[/_-])((?:19|20)\d{2})()(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)/.exec(path) ??
    /(?:^|[/_-])((?:19|20)\d{2})([-/_])(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)/.exec(path) ??
    /t((?:19|20)\d{2})()(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])_/.exec(path) ??
    /[/_-](20\d{2})()(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{2,12}(?=[/_.-]|$)/.exec(path);
  if (match === null) return null;
  return readDate(`${match[1]}-${(match[3] ?? '').padStart(2, '0')}-${(match[4] ?? '').padStart(2, '0')}`, lang);
}
