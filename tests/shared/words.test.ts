import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import { commands } from '../../shared/commands.ts';
import type { Failure, FailureKind } from '../../shared/failure.ts';
import { en } from '../../shared/words/en.ts';
import type { RuleProblem, XPathProblem } from '../../shared/site-rule.ts';
import { explain } from '../../shared/words/explain.ts';
import { sizeText } from '../../shared/words/numbers.ts';
import { chooseLanguage, languages, wordsFor } from '../../shared/words/words.ts';
import { zhCN } from '../../shared/words/zh-CN.ts';

const samples: { [K in FailureKind]: Extract<Failure, { kind: K }> } = {
  'no-network': { kind: 'no-network' },
  'no-such-host': { kind: 'no-such-host', host: 'example.org' },
  'no-connection': { kind: 'no-connection', host: 'example.org' },
  timeout: { kind: 'timeout', host: 'example.org', waited: 20 },
  refused: { kind: 'refused', host: 'example.org', status: 403 },
  gone: { kind: 'gone', host: 'example.org', status: 404 },
  'server-error': { kind: 'server-error', host: 'example.org', status: 502 },
  certificate: { kind: 'certificate', host: 'example.org', reason: 'CERT_HAS_EXPIRED' },
  'too-many-redirects': { kind: 'too-many-redirects', host: 'example.org' },
  'private-address': { kind: 'private-address', host: 'example.org' },
  'bad-address': { kind: 'bad-address', address: 'ftp://example.org' },
  'too-large': { kind: 'too-large', limit: 20_000_000 },
  'cut-short': { kind: 'cut-short', host: 'example.org' },
  'not-a-page': { kind: 'not-a-page', type: 'application/pdf' },
  'broken-archive': { kind: 'broken-archive' },
  'too-many-entries': { kind: 'too-many-entries', limit: 500_000 },
  'not-a-picture': { kind: 'not-a-picture', type: 'text/html' },
  'stand-in': { kind: 'stand-in', host: 'example.org' },
  'picture-cut-short': { kind: 'picture-cut-short', host: 'example.org' },
  'picture-too-large': { kind: 'picture-too-large', limit: 20_000_000 },
  'pictures-too-large': { kind: 'pictures-too-large', limit: 200_000_000 },
  'too-many-pictures': { kind: 'too-many-pictures', limit: 500 },
  'pictures-off': { kind: 'pictures-off' },
  'no-article': { kind: 'no-article' },
  'too-many-pages': { kind: 'too-many-pages', limit: 30 },
  'made-by-script': { kind: 'made-by-script', host: 'example.org', why: 'no-engine' },
  wall: { kind: 'wall', host: 'example.org', wall: 'login' },
  'no-page-kept': { kind: 'no-page-kept' },
  'too-complex': { kind: 'too-complex' },
  cancelled: { kind: 'cancelled' },
  'not-found': { kind: 'not-found', what: 'x' },
  'bad-input': { kind: 'bad-input', problem: 'x' },
  'too-big-a-request': { kind: 'too-big-a-request', limit: 1_000_000 },
  'read-only': { kind: 'read-only', why: 'folder' },
  'in-use': { kind: 'in-use', path: '/library' },
  'disk-full': { kind: 'disk-full', path: '/library' },
  'no-room': { kind: 'no-room', path: '/library', needed: 2_000_000, free: 1_000_000 },
  'bad-folder': { kind: 'bad-folder', path: '/library', why: 'inside' },
  'bad-copy': { kind: 'bad-copy', path: '/library/lectern.json' },
  damaged: { kind: 'damaged', part: 'article.html' },
  storage: { kind: 'storage', path: '/library', reason: 'EACCES' },
  internal: { kind: 'internal', detail: 'x' },
};

type Word = { path: string; text: string };

const of = { line: 2, directive: 'abc', name: 'abc' };
const xpathSamples: { [K in XPathProblem['kind']]: Extract<XPathProblem, { kind: K }> } = {
  syntax: { kind: 'syntax', at: 2, found: 'abc' }, 'unknown-function': { kind: 'unknown-function', name: 'abc' }, 'unknown-axis': { kind: 'unknown-axis', name: 'abc' },
  'wrong-arguments': { kind: 'wrong-arguments', name: 'abc' }, 'too-long': { kind: 'too-long' }, 'too-much': { kind: 'too-much' },
};
const problemSamples: { [K in RuleProblem['kind']]: Extract<RuleProblem, { kind: K }> } = {
  'unknown-directive': { ...of, kind: 'unknown-directive' }, 'without-effect': { ...of, kind: 'without-effect' }, 'no-directive': { ...of, kind: 'no-directive' }, 'no-value': { ...of, kind: 'no-value' },
  'bad-value': { ...of, kind: 'bad-value', value: 'def' }, 'header-refused': { ...of, kind: 'header-refused', header: 'abc' }, 'replace-without-find': { ...of, kind: 'replace-without-find' },
  'find-without-replace': { ...of, kind: 'find-without-replace' }, 'broken-xpath': { ...of, kind: 'broken-xpath', problem: xpathSamples.syntax }, 'file-name': { ...of, kind: 'file-name' }, 'too-large': { ...of, kind: 'too-large', limit: 2 },
};
const ruleSamples: Record<string, unknown> = Object.fromEntries([
  ...Object.entries(problemSamples).map(([kind, problem]) => [`siteRules.problem.${kind}`, problem]),
  ...Object.entries(xpathSamples).map(([kind, problem]) => [`siteRules.xpath.${kind}`, problem]),
]);

/** Every sentence of a language; those made by functions, with numbers and with names put in. */
function sentences(value: unknown, path: string): Word[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value === 'function') {
    const made = value as (...given: unknown[]) => unknown;
    if (path in ruleSamples) return sentences(made(ruleSamples[path]), path);
    if (path.startsWith('failure.')) return sentences(made(samples[path.slice('failure.'.length) as FailureKind]), path);
    return [[2, 2, 2], [1, 1, 1], [0, 0, 0], ['abc', 2, 2], [['abc', 'def'], 2, 2]].flatMap((given) => {
      try {
        return sentences(made(...given), path);
      } catch {
        // Not every sentence takes every kind of thing.
        return [];
      }
    });
  }
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is no sentence`);
  return Object.entries(value).flatMap(([key, inner]) => sentences(inner, path === '' ? key : `${path}.${key}`));
}

/** The keys, with the kind of what they hold. */
function shape(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} ${typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => shape(inner, path === '' ? key : `${path}.${key}`));
}

const inEnglish = sentences(en, '');
const inChinese = sentences(zhCN, '');

test('both languages have the same keys', () => {
  expect(shape(zhCN, '').toSorted()).toEqual(shape(en, '').toSorted());
  expect(inEnglish.length).toBeGreaterThan(300);
});

test('every sentence says something, without exclamation marks and without blame', () => {
  const all = [...inEnglish, ...inChinese];
  expect(all.filter(({ text }) => text.trim() === '')).toEqual([]);
  expect(all.filter(({ text }) => /[!！]/u.test(text))).toEqual([]);
  expect(all.filter(({ text }) => /\b(oops|sorry|invalid|illegal|please)\b/iu.test(text))).toEqual([]);
  expect(all.filter(({ text }) => /undefined|\[object/u.test(text))).toEqual([]);
});

test('every failure says what happened and what to do, in both languages', () => {
  for (const language of languages) {
    const words = wordsFor(language);
    for (const failure of Object.values(samples)) {
      const { what, todo } = explain(words, failure);
      expect(what, failure.kind).toMatch(/[.。：:]|x$/u);
      expect(todo.length, failure.kind).toBeGreaterThan(4);
      expect(words.failureGroup[failure.kind].length, failure.kind).toBeGreaterThan(1);
    }
  }
  expect(explain(en, samples.refused).what).toBe('The site answered 403: it may want you to be signed in.');
  expect(explain(en, { kind: 'refused', host: 'example.org', status: 451 }).what).toContain('legal');
  expect(explain(zhCN, { kind: 'refused', host: 'example.org', status: 429 }).todo).toBe('请过几分钟再试。');
});

test('every command has a name in both languages', () => {
  for (const { id } of commands) {
    expect(en.commands[id], id).toMatch(/\p{Script=Latin}/u);
    expect(zhCN.commands[id], id).toMatch(/\p{Script=Han}/u);
  }
});

test('Chinese is set as Chinese is: its own punctuation, a space beside Latin letters and numbers', () => {
  // Made up for this test: what a library, a page or a person would put in has its own letters.
  const plain = inChinese.map(({ path, text }) => ({ path, text: text.replace(/abc|def/gu, '') }));
  const own = plain.filter(({ path }) => !path.startsWith('cli.'));
  expect(own.filter(({ text }) => /\p{Script=Han}[,;:?]|\p{Script=Han}\.(?!\w)/u.test(text))).toEqual([]);
  expect(own.filter(({ text }) => /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9%]\p{Script=Han}/u.test(text))).toEqual([]);
  expect(plain.filter(({ text }) => /[“”‘’]/u.test(text))).toEqual([]);
  expect(plain.filter(({ text }) => /您|资料库/u.test(text))).toEqual([]);
});

test('no sentence is written in a component', () => {
  const root = resolve(import.meta.dirname, '../../renderer');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((file) => written(readFileSync(join(root, file), 'utf8')).map((text) => `${file}: ${text}`))).toEqual([]);
});

test('the search for sentences in components finds them', () => {
  expect(written('const a = <p title="Two words">Some text{"more"}</p>;').toSorted()).toEqual(['Some text', 'Two words', 'more']);
  expect(written('const a = <p className="quiet">{words.app.name} · <code>{"·"}</code></p>;')).toEqual([]);
});

const spoken = new Set(['aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription', 'title', 'placeholder', 'alt', 'label']);

/** Texts with letters that a component's JSX would show or have read out. */
function written(source: string): string[] {
  const found: string[] = [];
  const add = (text: unknown) => {
    if (typeof text === 'string' && /\p{L}/u.test(text)) found.push(text.trim());
  };
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { type, ...parts } = node as { type?: string; value?: unknown; name?: { name?: unknown }; children?: unknown[] };
    if (type === 'JSXText') add(parts.value);
    if (type === 'JSXAttribute' && spoken.has(String(parts.name?.name))) add(literal(parts.value));
    if (type === 'JSXElement' || type === 'JSXFragment') {
      for (const child of parts.children ?? []) if ((child as { type?: string }).type === 'JSXExpressionContainer') add(literal(child));
    }
    Object.values(parts).forEach(visit);
  };
  visit(parseSync('component.tsx', source).program);
  return found;
}

/** The text of a literal, also in braces. */
function literal(node: unknown): unknown {
  const { type, value, expression } = (node ?? {}) as { type?: string; value?: unknown; expression?: unknown };
  if (type === 'JSXExpressionContainer') return literal(expression);
  return type === 'Literal' ? value : undefined;
}

test('the language is the preference, else the first of the system that Lectern speaks', () => {
  expect(chooseLanguage('zh-CN', ['en'])).toBe('zh-CN');
  expect(chooseLanguage('system', ['fr-FR', 'zh-Hant-TW', 'en'])).toBe('zh-CN');
  expect(chooseLanguage('system', ['en_GB.UTF-8'])).toBe('en');
  expect(chooseLanguage('system', [])).toBe('en');
});

test('sizes are told as people say them', () => {
  const sizes = [0, 999, 1_000, 1_234_567, 34_000_000, 999_999, 2_500_000_000];
  expect(sizes.map((bytes) => sizeText(bytes, 'en'))).toEqual(['0 B', '999 B', '1 KB', '1.2 MB', '34 MB', '1 MB', '2.5 GB']);
});
