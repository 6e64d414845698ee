import { readDates, type Span } from './query-dates.ts';
import { foldText } from './fold.ts';
import { normalTag } from './tag-spelling.ts';

export const states = ['unread', 'reading', 'read', 'favourite', 'archived', 'trashed', 'waiting', 'failed', 'bookmark'] as const;
export type State = (typeof states)[number];
export const havings = ['highlight', 'note', 'image', 'code', 'tag'] as const;
export type Having = (typeof havings)[number];

/** What narrows the list. Dates are local days, `from` included and `to` not; minutes are more than `over`, fewer than `under`. */
export type Narrowing =
  | { by: 'tag' | 'lang'; value: string }
  /** `prefix` while it is still being typed. */
  | { by: 'site' | 'byline'; value: string; prefix: boolean }
  | { by: 'is'; value: State }
  | { by: 'has'; value: Having }
  | ({ by: 'saved' | 'published' } & Span)
  | { by: 'minutes'; over: number | null; under: number | null };

export const operators = ['tag', 'site', 'by', 'lang', 'is', 'has', 'before', 'after', 'saved', 'published', 'longer', 'shorter'] as const;
export type Operator = (typeof operators)[number];

const names: Record<Operator, string[]> = {
  tag: ['tag', '标签'],
  site: ['site', '站点', '网站'],
  by: ['by', 'author', '作者'],
  lang: ['lang', 'language', '语言'],
  is: ['is', '状态'],
  has: ['has', '含', '包含'],
  before: ['before', '早于'],
  after: ['after', '晚于'],
  saved: ['saved', '保存'],
  published: ['published', '发布'],
  longer: ['longer', '长于'],
  shorter: ['shorter', '短于'],
};

const stateNames: Record<State, string[]> = {
  unread: ['unread', 'new', '未读'],
  reading: ['reading', 'begun', '在读'],
  read: ['read', 'finished', 'done', '已读', '读完', '已读完'],
  favourite: ['favourite', 'favorite', 'starred', '收藏'],
  archived: ['archived', 'archive', '归档', '已归档'],
  trashed: ['trashed', 'trash', 'deleted', '废纸篓', '回收站'],
  waiting: ['waiting', 'queued', '等待'],
  failed: ['failed', '失败'],
  bookmark: ['bookmark', 'bookmarks', '书签'],
};

const havingNames: Record<Having, string[]> = {
  highlight: ['highlight', 'highlights', '高亮', '划线'],
  note: ['note', 'notes', '笔记'],
  image: ['image', 'images', 'picture', 'pictures', '图片'],
  code: ['code', '代码'],
  tag: ['tag', 'tags', '标签'],
};

const languageNames: Record<string, string[]> = {
  zh: ['chinese', '中文', '汉语'], en: ['english', '英文', '英语'], ja: ['japanese', '日文', '日语'], ko: ['korean', '韩文', '韩语'],
  fr: ['french', '法文', '法语'], de: ['german', '德文', '德语'], es: ['spanish', '西班牙文', '西班牙语'], ru: ['russian', '俄文', '俄语'],
  it: ['italian'], pt: ['portuguese'], ar: ['arabic', '阿拉伯文', '阿拉伯语'],
};

function named<T extends string>(table: Record<T, string[]>, name: string): T | null {
  const folded = foldText(name);
  return (Object.keys(table) as T[]).find((key) => table[key].includes(folded)) ?? null;
}

const every = Object.values(names).flat().toSorted((a, b) => b.length - a.length);
const opening = new RegExp(`(${every.join('|')})[:：]`, 'iuy');
const typed = new RegExp(`^(${every.join('|')})[:：]`, 'iu');

/** The operator that begins at a place of the text, and how long its name with the colon is; null for plain text. */
export function operatorAt(text: string, at: number): { operator: Operator; length: number } | null {
  opening.lastIndex = at;
  const found = opening.exec(text) ?? null;
  const operator = found === null ? null : named(names, found[1] ?? '');
  return found === null || operator === null ? null : { operator, length: found[0].length };
}

/** The operator that a word begins with, and what follows its colon. */
export function splitOperator(word: string): { operator: Operator; name: string; value: string } | null {
  const found = typed.exec(word);
  const operator = found === null ? null : named(names, found[1] ?? '');
  return found === null || operator === null ? null : { operator, name: found[0], value: word.slice(found[0].length) };
}

/** Every spelling of an operator, the shortest English one first. */
export function spellingsOf(operator: Operator): readonly string[] {
  return names[operator];
}

export type BadValue = 'unknown-state' | 'unknown-having' | 'unknown-language' | 'unreadable-date' | 'unreadable-minutes' | 'no-words';

/** What an operator with its value asks for, or why that cannot be told. `now` is what relative dates count from. */
export function narrowingOf(operator: Operator, value: string, now: Date): Narrowing | { bad: BadValue } {
  switch (operator) {
    case 'tag':
      return normalTag(value) === '' ? { bad: 'no-words' } : { by: 'tag', value: normalTag(value) };
    case 'site':
      return { by: 'site', prefix: false, value: value.trim().toLowerCase().replace(/^(?:https?:\/\/)?(?:www\.)?/, '').replace(/\/.*$/, '') };
    case 'by':
      return { by: 'byline', value, prefix: false };
    case 'lang':
      return languageOf(value);
    case 'is': {
      const state = named(stateNames, value.trim());
      return state === null ? { bad: 'unknown-state' } : { by: 'is', value: state };
    }
    case 'has': {
      const having = named(havingNames, value.trim());
      return having === null ? { bad: 'unknown-having' } : { by: 'has', value: having };
    }
    case 'before':
    case 'after':
    case 'saved':
    case 'published': {
      const span = readDates(value, now);
      if (span === null) return { bad: 'unreadable-date' };
      if (operator === 'after') return { by: 'saved', from: span.from, to: null };
      if (operator === 'before') return { by: 'saved', from: null, to: span.from };
      return { by: operator, ...span };
    }
    case 'longer':
    case 'shorter': {
      const minutes = minutesOf(value);
      if (minutes === null) return { bad: 'unreadable-minutes' };
      return operator === 'longer' ? { by: 'minutes', over: minutes, under: null } : { by: 'minutes', over: null, under: minutes };
    }
    default:
      return operator satisfies never;
  }
}

function languageOf(value: string): Narrowing | { bad: BadValue } {
  const text = value.trim().toLowerCase().replaceAll('_', '-');
  const code = named(languageNames, text);
  if (code !== null) return { by: 'lang', value: code };
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/.test(text) ? { by: 'lang', value: text } : { bad: 'unknown-language' };
}

/** `20`, `20m`, `1.5h`, `20分钟`. */
function minutesOf(value: string): number | null {
  const found = /^(\d{1,4}(?:\.\d{1,2})?)\s*(m|min|mins|minutes?|分|分钟|h|hours?|小时)?$/u.exec(foldText(value.trim()));
  if (found === null) return null;
  return Number(found[1]) * (/^(?:h|小)/u.test(found[2] ?? '') ? 60 : 1);
}
