import { attr, createElement, createText, find, isElement, isText, textOf, type Element, type Node } from './tree.ts';

/** Code as its lines, with the language its page names. */
export function copyCode(pre: Element): Element {
  return listing(codeText(pre), languageOf(pre));
}

/** A listing as it is kept: `<pre data-lang><code>`. */
export function listing(text: string, lang: string | null): Element {
  const tidy = text.replace(/\u00a0/g, ' ').replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return createElement('pre', lang === null ? {} : { 'data-lang': lang }, [createElement('code', {}, [createText(tidy)])]);
}

/** What stands beside code: line numbers, names of languages, buttons. */
const beside =
  /(?:^|\s)(?:ln|ln-num|lnt|lnum)(?=\s|$)|(?:^|[\s_-])(?:gutters?(?:-wrapper)?|line-?nos?|linenos|linenodiv|line-?numbers?(?:-rows)?|CodeMirror-(?:linenumber|gutters?|cursors?|measure)|hljs-ln-(?:numbers|n|line-numbers)|pre-numbering|rouge-gutter|crayon-(?:nums|num|toolbar|info|plain-wrap)|code-snippet__line-index|blob-num|react-line-number|enlighter-(?:toolbar|linenumber)|hljs-button|copy(?:-?(?:btn|button|code|to-clipboard))?|code-?copy|cnblogs_code_(?:toolbar|copy)|code-toolbar-item|toolbar|clipboard|zeroclipboard-container|sr-only|visually-hidden)(?=\s|$)/i;
/** One element for each line. */
const lineNames = /(?:^|\s)(?:line|code-?line|token-line|highlight-line|gatsby-highlight-code-line|view-line|cm-line|CodeMirror-line|crayon-line|hljs-ln-code|blob-code(?:-inner)?|react-code-line-contents|ec-line|cl|hljs-line|prism-line|enlighter-line)(?=\s|$)/;

export const isBeside = (element: Element): boolean =>
  (element.tagName !== 'pre' && element.tagName !== 'code' && beside.test(attr(element, 'class') ?? '')) || (element.tagName === 'pre' && /(?:^|\s)(?:lineno|linenos|gutter|line-?numbers?)(?:\s|$)/.test(attr(element, 'class') ?? '') && /^[\s\d]*$/.test(textOf(element)));

/** The text of a listing with its lines, whatever marks them: line breaks, `<br>`, or an element for each line. */
export function codeText(node: Node): string {
  if (isText(node)) return node.value;
  if (!isElement(node)) return '';
  const tag = node.tagName;
  if (tag === 'br') return '\n';
  if (/^(?:button|script|style|svg|textarea|clipboard-copy|select|input)$/.test(tag) || isBeside(node)) return '';
  const parts = tag !== 'pre' ? 0 : node.childNodes.filter((child) => isElement(child) && child.tagName === 'code').length;
  let out = '';
  for (const [i, child] of node.childNodes.entries()) {
    // Between elements that are lines, white space is only the source's layout.
    if (isText(child) && /^\s+$/.test(child.value) && !child.value.includes('\n') && /^(?:tr|tbody|table|ul|ol)$/.test(tag)) continue;
    const inner = codeText(child);
    out += inner;
    if (isElement(child) && isLine(child, parts) && !isBeside(child) && !inner.endsWith('\n') && !breaksAt(node.childNodes[i + 1])) out += '\n';
  }
  return out;
}

function isLine(element: Element, codes: number): boolean {
  const tag = element.tagName;
  if (/^(?:div|li|p|tr)$/.test(tag)) return true;
  if (tag === 'code') return codes > 1;
  return /^(?:span|td|pre)$/.test(tag) && (lineNames.test(attr(element, 'class') ?? '') || attr(element, 'data-line') !== null);
}

const breaksAt = (node: Node | undefined): boolean => node !== undefined && (isText(node) ? /^[ \t]*\r?\n/.test(node.value) : isElement(node) && node.tagName === 'br');

const known = new Set(
  ('actionscript ada apache applescript asm assembly awk bash basic batch bat c c# c++ clojure cmake cobol coffeescript console cpp cs csharp css dart delphi diff docker dockerfile elixir elm erlang ' +
    'fortran fsharp go golang gradle graphql groovy haskell html http ini java javascript js json jsx julia kotlin latex less lisp lua makefile markdown matlab nginx nim nix objectivec objective-c ocaml ' +
    'pascal perl php plsql powershell prolog protobuf py python r rb ruby rs rust sass scala scheme scss sh shell sql svelte swift tcl tex toml ts tsx typescript vb vbnet verilog vhdl vim vue wasm xml yaml yml zig zsh').split(' '),
);
const nothing = /^(?:text|txt|plain|plaintext|plain-text|none|nohighlight|no-highlight|auto|default|wrapper|highlight|code|source|js-code|copy|undefined|line-numbers|numbers|block)$/;

/** The language of a listing, as its own classes and attributes or those around it name it; null when none does. */
export function languageOf(pre: Element): string | null {
  for (let at: Node | null = pre, up = 0; at !== null && isElement(at) && up < 4; at = isElement(at.parentNode) ? at.parentNode : null, up++) {
    for (const element of [at, up === 0 ? find(at, (one) => one.tagName === 'code') : null]) {
      const named = element === null ? null : namedBy(element);
      if (named !== null) return named;
    }
  }
  return null;
}

const attributes = /^(?:data-(?:lang|language|code-language|enlighter-language|syntax|programming-language|mode)|lang-name|lang)$/;

function namedBy(element: Element): string | null {
  for (const { name, value } of element.attrs) {
    if (!attributes.test(name)) continue;
    const plain = tidyName(value.replace(/^(?:text|application)\/(?:x-)?/, ''));
    if (plain !== null && (name !== 'lang' || (/^(?:pre|code)$/.test(element.tagName) && known.has(plain)))) return plain;
  }
  const words = (attr(element, 'class') ?? '').replace(/:\s+/g, ':').split(/[\s;]+/);
  for (const word of words) {
    const match = /^(?:language|lang|highlight-source|highlight-text|highlight|brush|src|sh_lang|code)[-:_](.+)$/i.exec(word);
    const plain = match === null ? null : tidyName(match[1] ?? '');
    if (plain !== null && (!/^(?:highlight|code|src)[-_]/i.test(word) || known.has(plain) || /^highlight-(?:source|text)/.test(word))) return plain;
  }
  // A bare name counts only beside a highlighter's own: `hljs python`, `sourceCode haskell`, `highlight yaml`, `syntaxhighlighter java`.
  if (!words.some((word) => /^(?:hljs|sourceCode|highlight|syntaxhighlighter|prettyprint|code|prism|chroma|enlighter|codehilite)$/i.test(word))) return null;
  for (const word of words) if (known.has(word.toLowerCase()) && !/^(?:code|basic)$/i.test(word)) return word.toLowerCase();
  return null;
}

function tidyName(name: string): string | null {
  const plain = name.trim().toLowerCase().replace(/[{,].*$/, '').replace(/-(?:basic|source)$/, '');
  return /^[a-z][\w+#.-]{0,19}$/.test(plain) && !nothing.test(plain) ? plain : null;
}
