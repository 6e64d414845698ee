import type { LanguageFn } from 'highlight.js';
import type { Body } from './body.ts';
import type { FrameParts } from './frame-document.ts';
import { rangeAt } from './position.ts';

type Scope = 'code-word' | 'code-text' | 'code-note' | 'code-name';
type Node = string | { scope?: string; children: Node[] };

const scopes: Record<string, Scope> = {
  keyword: 'code-word', literal: 'code-word', built_in: 'code-word', 'meta': 'code-note', tag: 'code-word', name: 'code-word',
  'selector-tag': 'code-word', operator: 'code-word', type: 'code-name', title: 'code-name', attr: 'code-name', attribute: 'code-name',
  section: 'code-name', symbol: 'code-name', property: 'code-name', string: 'code-text', regexp: 'code-text', number: 'code-text',
  comment: 'code-note', quote: 'code-note', deletion: 'code-name', addition: 'code-text',
};

const languages: Record<string, () => Promise<{ default: LanguageFn }>> = {
  bash: () => import('highlight.js/lib/languages/bash'), c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'), csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'), diff: () => import('highlight.js/lib/languages/diff'),
  go: () => import('highlight.js/lib/languages/go'), ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'), javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'), kotlin: () => import('highlight.js/lib/languages/kotlin'),
  php: () => import('highlight.js/lib/languages/php'), python: () => import('highlight.js/lib/languages/python'),
  ruby: () => import('highlight.js/lib/languages/ruby'), rust: () => import('highlight.js/lib/languages/rust'),
  sql: () => import('highlight.js/lib/languages/sql'), swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'), xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

const alias: Record<string, string> = {
  sh: 'bash', shell: 'bash', zsh: 'bash', console: 'bash', 'c++': 'cpp', cs: 'csharp', toml: 'ini', js: 'javascript', jsx: 'javascript',
  mjs: 'javascript', kt: 'kotlin', py: 'python', rb: 'ruby', rs: 'rust', ts: 'typescript', tsx: 'typescript', html: 'xml', svg: 'xml',
  yml: 'yaml', golang: 'go', patch: 'diff',
};

/** A block longer than this many characters stays plain: colouring it would be felt. */
const longest = 50_000;

/**
 * Colours code whose language the page names, with the CSS Custom Highlight API: ranges over the text as it is, no
 * element added. Answers a function that takes the colours away.
 */
export async function colourCode({ doc, view }: FrameParts, body: Body, signal: AbortSignal): Promise<void> {
  const found = body.codes.flatMap(({ pre }) => {
    const named = (pre.dataset['lang'] ?? pre.querySelector('code')?.dataset['lang'] ?? '').toLowerCase();
    const language = alias[named] ?? named;
    return Object.hasOwn(languages, language) && (pre.textContent ?? '').length <= longest ? [{ pre, language }] : [];
  });
  const registry = (view as Window & { CSS?: typeof CSS }).CSS?.highlights;
  if (registry === undefined) return;
  for (const scope of new Set(Object.values(scopes))) registry.delete(scope);
  if (found.length === 0) return;
  const { default: highlighter } = await import('highlight.js/lib/core');
  const ranges = new Map<Scope, Range[]>();
  for (const { pre, language } of found) {
    const load = languages[language];
    if (load !== undefined && highlighter.getLanguage(language) === undefined) highlighter.registerLanguage(language, (await load()).default);
    if (signal.aborted) return;
    const result = highlighter.highlight(pre.textContent ?? '', { language, ignoreIllegals: true });
    const root = (result as unknown as { _emitter: { rootNode: Node } })._emitter.rootNode;
    for (const { scope, from, length } of tokensOf(root)) {
      const range = rangeAt(doc, pre, from, length);
      if (range !== null) ranges.set(scope, [...(ranges.get(scope) ?? []), range]);
    }
  }
  // The frame's own constructor: its registry takes no other's.
  const Highlight = (view as Window & { Highlight?: typeof globalThis.Highlight }).Highlight ?? globalThis.Highlight;
  for (const [scope, list] of ranges) registry.set(scope, new Highlight(...list));
}

/** The coloured stretches of highlight.js's tree, innermost scope last. */
function tokensOf(root: Node): Array<{ scope: Scope; from: number; length: number }> {
  const tokens: Array<{ scope: Scope; from: number; length: number }> = [];
  let at = 0;
  const walk = (node: Node): void => {
    if (typeof node === 'string') {
      at += node.length;
      return;
    }
    const from = at;
    for (const child of node.children) walk(child);
    const scope = scopes[node.scope?.split('.')[0] ?? ''];
    if (scope !== undefined && at > from) tokens.push({ scope, from, length: at - from });
  };
  walk(root);
  return tokens;
}
