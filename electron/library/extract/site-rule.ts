import type { RuleProblem } from '../../../shared/site-rule.ts';
import { XPathError } from './xpath/failure.ts';
import { parseXPath, type Expression } from './xpath/parse.ts';

/** A rule file as it was read: its name, and its text in the format of FiveFilters' site config files. */
export type RuleText = { name: string; text: string };

/** An expression with where it stands. `only` is its `if_page_contains`. */
export type RulePath = { name: string; line: number; directive: PathDirective; expression: Expression; only?: Expression };
export type RuleWord = { name: string; line: number; directive: string; word: string };

const pathDirectives = ['title', 'body', 'author', 'date', 'strip', 'strip_attr', 'dissolve', 'single_page_link', 'next_page_link', 'native_ad_clue'] as const;
const wordDirectives = ['strip_id_or_class', 'strip_image_src', 'src_lazy_load_attr'] as const;
const flagDirectives = ['prune', 'skip_json_ld', 'autodetect_on_failure'] as const;
/** Written in many files, and either done by Lectern anyway or about something it has no part in. */
const withoutEffect = new Set(
  ('tidy parser convert_double_br_tags insert_detected_image footnotes requires_login login_uri login_username_field login_password_field login_extra_fields ' +
    'not_logged_in_xpath single_page_link_in_feed strip_comments skip_id_or_class').split(' '),
);
type PathDirective = (typeof pathDirectives)[number] | 'wrap_in';
type WordDirective = (typeof wordDirectives)[number];
type Flag = (typeof flagDirectives)[number];

/** What a rule says, its parts in the order of the file. Flags are null where nothing is said. */
export type SiteRule = {
  paths: Record<PathDirective, RulePath[]>;
  words: Record<WordDirective, RuleWord[]>;
  flags: Record<Flag, boolean | null>;
  wraps: Map<RulePath, string>;
  replacements: Array<{ name: string; line: number; find: string; replace: string }>;
  /** Header names in lower case. */
  headers: Record<string, string>;
  tests: Array<{ line: number; url: string; contains: Array<{ line: number; text: string }> }>;
  /** How many lines are of use. */
  directives: number;
  problems: RuleProblem[];
};

/** A file's text beyond this is not read, nor are more lines. */
export const mostRuleBytes = 200_000;
const mostLines = 3_000;
const longestValue = 8_000;
const headers = new Set(['user-agent', 'referer', 'accept-language', 'cookie']);
const wrappers = new Set(['blockquote', 'figure', 'figcaption', 'pre', 'code', 'p', 'div', 'em', 'strong', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'cite', 'b', 'i']);

export function emptyRule(): SiteRule {
  const none = <T extends string, V>(names: readonly T[], value: () => V): Record<T, V> => Object.fromEntries(names.map((name) => [name, value()])) as Record<T, V>;
  return {
    paths: none([...pathDirectives, 'wrap_in'] as const, () => [] as RulePath[]), words: none(wordDirectives, () => [] as RuleWord[]), flags: none(flagDirectives, () => null as boolean | null),
    wraps: new Map(), replacements: [], headers: {}, tests: [], directives: 0, problems: [],
  };
}

/** Reads a rule file. Never throws: what cannot be used is named in `problems` and left out. */
export function readRule({ name, text }: RuleText): SiteRule {
  const rule = emptyRule();
  if (text.length > mostRuleBytes) {
    rule.problems.push({ line: 0, kind: 'too-large', limit: mostRuleBytes });
    return rule;
  }
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  if (lines.length > mostLines) rule.problems.push({ line: mostLines + 1, kind: 'too-large', limit: mostRuleBytes });
  const state: State = { name, rule, finds: [], link: null, condition: null };
  for (const [index, line] of lines.slice(0, mostLines).entries()) readLine(state, line.trim(), index + 1);
  if (state.condition !== null) rule.problems.push({ line: state.condition.line, kind: 'without-effect', directive: 'if_page_contains' });
  for (const find of state.finds) rule.problems.push({ line: find.line, kind: 'find-without-replace' });
  rule.directives -= new Set(rule.problems.filter(({ kind }) => kind !== 'no-directive' && kind !== 'no-value' && kind !== 'too-large').map(({ line }) => line)).size;
  return rule;
}

/** `finds` wait for their `replace_string`, in order; `link` for an `if_page_contains`, or `condition` for a link: it stands before or after. */
type State = { name: string; rule: SiteRule; finds: Array<{ line: number; text: string }>; link: RulePath | null; condition: { line: number; expression: Expression } | null };

function readLine(state: State, text: string, line: number): void {
  if (text === '' || text.startsWith('#')) return;
  const { rule } = state;
  // The words to find may have a colon in them: `replace_string(a: b): c`.
  const replaced = /^replace_string\((.*?)\)\s*:(.*)$/i.exec(text);
  const parts = replaced === null ? /^([^:(]*)(?:\(([^)]*)\)\s*)?:(.*)$/s.exec(text) : [text, 'replace_string', replaced[1], replaced[2]];
  if (parts === null) return void rule.problems.push({ line, kind: 'no-directive' });
  const directive = (parts[1] ?? '').trim().toLowerCase();
  const about = parts[2] ?? null;
  const value = (parts[3] ?? '').trim();
  if (!/^[a-z][a-z0-9_]*$/.test(directive)) return void rule.problems.push({ line, kind: 'no-directive' });
  if (value === '' && directive !== 'replace_string') return void rule.problems.push({ line, kind: 'no-value', directive });
  if (value.length > longestValue) return void rule.problems.push({ line, kind: 'too-large', limit: longestValue });
  rule.directives++;
  takeDirective(state, directive, about, value, line);
}

function takeDirective(state: State, directive: string, about: string | null, value: string, line: number): void {
  const { name, rule } = state;
  if (isOneOf(pathDirectives, directive)) {
    const path = pathOf(state, directive, value, line);
    if (path !== null) rule.paths[directive].push(path);
    if (path !== null && (directive === 'single_page_link' || directive === 'next_page_link')) takeLink(state, path);
  } else if (isOneOf(wordDirectives, directive)) rule.words[directive].push({ name, line, directive, word: value.replace(/["']/g, '') });
  else if (isOneOf(flagDirectives, directive)) {
    if (/^(?:yes|no|true|false)$/i.test(value)) rule.flags[directive] = /^(?:yes|true)$/i.test(value);
    else rule.problems.push({ line, kind: 'bad-value', directive, value: value.slice(0, 80) });
  } else if (directive === 'wrap_in') takeWrap(state, about ?? '', value, line);
  else if (directive === 'if_page_contains') takeCondition(state, value, line);
  else if (directive === 'http_header') takeHeader(rule, about, value, line);
  else if (directive === 'find_string') state.finds.push({ line, text: value });
  else if (directive === 'replace_string') {
    const find = about ?? state.finds.shift()?.text ?? '';
    if (find === '') rule.problems.push({ line, kind: 'replace-without-find' });
    else rule.replacements.push({ name, line, find, replace: value });
  } else if (directive === 'test_url') rule.tests.push({ line, url: value, contains: [] });
  else if (directive === 'test_contains') rule.tests.at(-1)?.contains.push({ line, text: value });
  else rule.problems.push({ line, kind: withoutEffect.has(directive) ? 'without-effect' : 'unknown-directive', directive: directive.slice(0, 60) });
}

const isOneOf = <T extends string>(names: readonly T[], name: string): name is T => (names as readonly string[]).includes(name);

function pathOf({ name, rule }: State, directive: PathDirective, value: string, line: number): RulePath | null {
  const expression = expressionOf(rule, directive, value, line);
  return expression === null ? null : { name, line, directive, expression };
}

function expressionOf(rule: SiteRule, directive: string, value: string, line: number): Expression | null {
  try {
    return parseXPath(value);
  } catch (error) {
    if (!(error instanceof XPathError)) throw error;
    rule.problems.push({ line, kind: 'broken-xpath', directive, problem: error.problem });
    return null;
  }
}

function takeWrap(state: State, tag: string, value: string, line: number): void {
  const wrapper = tag.trim().toLowerCase();
  if (!wrappers.has(wrapper)) return void state.rule.problems.push({ line, kind: 'bad-value', directive: 'wrap_in', value: wrapper.slice(0, 80) });
  const path = pathOf(state, 'wrap_in', value, line);
  if (path === null) return;
  state.rule.paths.wrap_in.push(path);
  state.rule.wraps.set(path, wrapper);
}

/** A condition on the link before it, or on the next one where there is none yet. */
function takeCondition(state: State, value: string, line: number): void {
  const expression = expressionOf(state.rule, 'if_page_contains', value, line);
  if (expression === null) return;
  if (state.link !== null) state.link.only = expression;
  else state.condition = { line, expression };
}

function takeLink(state: State, path: RulePath): void {
  if (state.condition !== null) path.only = state.condition.expression;
  state.link = path;
  state.condition = null;
}

/** `http_header(user-agent): …`, or the older `http_header: User-Agent: …`. */
function takeHeader(rule: SiteRule, about: string | null, value: string, line: number): void {
  const [, header = '', said = ''] = about === null ? (/^([^:]*):(.*)$/s.exec(value) ?? []) : [value, about, value];
  const named = header.trim().toLowerCase();
  if (!headers.has(named)) return void rule.problems.push({ line, kind: 'header-refused', header: (named || value).slice(0, 60) });
  // What a header can carry, and no line break that would begin another one.
  if (!/^[\x20-\x7e]{1,2000}$/.test(said.trim())) return void rule.problems.push({ line, kind: 'bad-value', directive: 'http_header', value: said.slice(0, 80) });
  rule.headers[named] = said.trim();
}

/** The rules for one page as one: the first says what comes first, and its flags win. */
export function mergeRules(rules: readonly SiteRule[]): SiteRule {
  const whole = emptyRule();
  for (const rule of rules) {
    for (const key of [...pathDirectives, 'wrap_in'] as const) whole.paths[key].push(...rule.paths[key]);
    for (const key of wordDirectives) whole.words[key].push(...rule.words[key]);
    for (const key of flagDirectives) whole.flags[key] ??= rule.flags[key];
    for (const [path, tag] of rule.wraps) whole.wraps.set(path, tag);
    whole.replacements.push(...rule.replacements);
    whole.tests.push(...rule.tests);
    whole.problems.push(...rule.problems);
    whole.headers = { ...rule.headers, ...whole.headers };
    whole.directives += rule.directives;
    if (rule.flags.autodetect_on_failure === false) break;
  }
  return whole;
}
