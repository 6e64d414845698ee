import { accents, below, big, functions, inAlphabet, integrals, isAlphabet, letters, limits, signs, spaces } from './tex-symbols.ts';
import { parsePart, find, isMath, type Element } from './tree.ts';

/** Longer sources and deeper nesting than any formula has are not read. */
const longest = 8_000;
const deepest = 60;

/**
 * A TeX formula as a `<math>` element with its source kept as annotation; what is not understood stays readable as its
 * source. Null for an empty one.
 */
export function mathOf(tex: string, block: boolean): Element | null {
  const source = tex.trim();
  if (source === '') return null;
  const drawn = toMathml(source);
  const html = `<math${block ? ' display="block"' : ''}><semantics>${drawn === null ? `<mtext>${escaped(source)}</mtext>` : `<mrow>${drawn}</mrow>`}<annotation encoding="application/x-tex">${escaped(source)}</annotation></semantics></math>`;
  const math = find(parsePart(html), (element) => isMath(element) && element.tagName === 'math');
  if (math !== null) math.parentNode = null;
  return math;
}

/** The content of a formula in MathML, or null where it uses what is not known here. */
export function toMathml(tex: string): string | null {
  if (tex.length > longest) return null;
  try {
    const parser = createParser(tokensOf(tex));
    const out = parser.row(() => false);
    return parser.isAtEnd() ? out : null;
  } catch (error) {
    if (error === unknown) return null;
    throw error;
  }
}

const unknown = Symbol('unknown');
const fail = (): never => {
  throw unknown;
};
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
const mi = (text: string): string => `<mi>${escaped(text)}</mi>`;
const mo = (text: string, more = ''): string => `<mo${more}>${escaped(text)}</mo>`;
const row = (inner: string): string => `<mrow>${inner}</mrow>`;
/** Several nodes as one. */
const single = (inner: string): string => (/^<mrow>(?:(?!<\/?mrow).)*<\/mrow>$/s.test(inner) || /^<(mi|mn|mo)(?: [^>]*)?>[^<]*<\/\1>$/.test(inner) ? inner : row(inner));
const upright = (text: string): string => ([...text].length === 1 ? `<mi mathvariant="normal">${escaped(text)}</mi>` : mi(text));

type Token = { kind: 'command' | 'sign' | 'space'; text: string };

function tokensOf(tex: string): Token[] {
  const out: Token[] = [];
  for (const [all, command] of tex.replace(/(?<!\\)%.*/g, '').matchAll(/\\([A-Za-z]+\*?|[\s\S])|\s+|[\s\S]/gu)) {
    if (command !== undefined) out.push({ kind: 'command', text: /^\s$/.test(command) ? ' ' : command });
    else out.push({ kind: /^\s/.test(all) ? 'space' : 'sign', text: all });
  }
  return out;
}

const matrices: Record<string, [string, string]> = { matrix: ['', ''], smallmatrix: ['', ''], pmatrix: ['(', ')'], bmatrix: ['[', ']'], Bmatrix: ['{', '}'], vmatrix: ['|', '|'], Vmatrix: ['‖', '‖'], cases: ['{', ''], rcases: ['', '}'], array: ['', ''], subarray: ['', ''] };
const lines = /^(?:align|aligned|alignat|alignedat|split|gather|gathered|eqnarray|equation|multline|displaymath|math)\*?$/;
const ignored = new Set(['displaystyle', 'textstyle', 'scriptstyle', 'scriptscriptstyle', 'limits', 'nolimits', 'nonumber', 'notag', 'big', 'Big', 'bigg', 'Bigg', 'bigl', 'bigr', 'Bigl', 'Bigr', 'biggl', 'biggr', 'Biggl', 'Biggr', 'bigm', 'Bigm', 'hline', 'allowbreak', 'strut', 'mathstrut', 'relax', 'mathord', 'mathop', 'mathbin', 'mathrel', 'mathopen', 'mathclose', 'mathinner', 'rm', 'bf', 'it', 'left.', 'right.', '/', '-']);
const texts = new Set(['text', 'textrm', 'textnormal', 'textit', 'textbf', 'textsf', 'texttt', 'mbox', 'hbox', 'operatorname', 'operatorname*', 'mathrm', 'mathop', 'unicode']);

function createParser(tokens: Token[]) {
  let at = 0;
  let depth = 0;

  const peek = (): Token | undefined => tokens[at];
  const isAtEnd = (): boolean => at >= tokens.length;
  const skipSpace = (): void => {
    while (tokens[at]?.kind === 'space') at++;
  };
  const isSign = (token: Token | undefined, text: string): boolean => token?.kind === 'sign' && token.text === text;
  const isCommand = (token: Token | undefined, text: string): boolean => token?.kind === 'command' && token.text === text;

  /** Atoms until `ends` says so; the ending token is not taken. */
  function rowOf(ends: (token: Token) => boolean): string {
    if (++depth > deepest) fail();
    let out = '';
    for (let token = peek(); token !== undefined && !ends(token); token = peek()) {
      if (token.kind === 'space') at++;
      else if (isSign(token, '}') || isCommand(token, 'right') || isCommand(token, 'end')) break;
      else if (isCommand(token, 'over') || isCommand(token, 'choose') || isCommand(token, 'atop')) {
        at++;
        const bottom = rowOf(ends);
        depth--;
        const fraction = `<mfrac${token.text === 'over' ? '' : ' linethickness="0"'}>${row(out)}${row(bottom)}</mfrac>`;
        return token.text === 'choose' ? `${mo('(')}${fraction}${mo(')')}` : fraction;
      } else out += scripted();
    }
    depth--;
    return out;
  }

  /** The raw text of a `{…}`, or the next token. */
  function raw(): string {
    skipSpace();
    if (!isSign(peek(), '{')) return tokens[at++]?.text ?? fail();
    let open = 0;
    let out = '';
    do {
      const token = tokens[at++] ?? fail();
      if (isSign(token, '{') && open++ === 0) continue;
      if (isSign(token, '}') && --open === 0) break;
      out += token.kind === 'command' ? (/^[^A-Za-z]/.test(token.text) ? token.text : `\\${token.text} `) : token.text;
    } while (open > 0);
    return out;
  }

  function argument(): string {
    skipSpace();
    const token = peek() ?? fail();
    // Without braces an argument is one sign: `\frac12` is a half.
    if (token.kind === 'sign' && /\d/.test(token.text)) {
      at++;
      return `<mn>${token.text}</mn>`;
    }
    if (!isSign(token, '{')) return atom();
    at++;
    const inner = rowOf(() => false);
    if (!isSign(peek(), '}')) fail();
    at++;
    return row(inner);
  }

  function optional(): string | null {
    skipSpace();
    if (!isSign(peek(), '[')) return null;
    at++;
    const inner = rowOf((token) => isSign(token, ']'));
    if (!isSign(peek(), ']')) fail();
    at++;
    return row(inner);
  }

  function scripted(): string {
    const start = peek();
    const base = isSign(start, '^') || isSign(start, '_') ? row('') : atom();
    const takesLimits = start?.kind === 'command' && (start.text in big || limits.has(start.text) || /^(?:over|under)brace$/.test(start.text) || start.text === 'operatorname*');
    let upper = '';
    let lower = '';
    for (;;) {
      skipSpace();
      const token = peek();
      if (isCommand(token, 'limits') || isCommand(token, 'nolimits')) at++;
      else if (isSign(token, '^')) {
        at++;
        upper += argument();
      } else if (isSign(token, '_')) {
        at++;
        lower += argument();
      } else if (isSign(token, "'") || isSign(token, '′')) {
        at++;
        upper += mo('′');
      } else break;
    }
    if (upper === '' && lower === '') return base;
    const [sub, sup] = [single(lower), single(upper)];
    if (takesLimits) return lower === '' ? `<mover>${base}${sup}</mover>` : upper === '' ? `<munder>${base}${sub}</munder>` : `<munderover>${base}${sub}${sup}</munderover>`;
    return lower === '' ? `<msup>${base}${sup}</msup>` : upper === '' ? `<msub>${base}${sub}</msub>` : `<msubsup>${base}${sub}${sup}</msubsup>`;
  }

  function atom(): string {
    const token = tokens[at++] ?? fail();
    if (token.kind === 'command') return command(token.text);
    const { text } = token;
    if (text === '{') {
      const inner = rowOf(() => false);
      if (!isSign(peek(), '}')) fail();
      at++;
      return row(inner);
    }
    if (text === '}' || text === '&' || text === '#' || text === '$') return fail();
    if (text === '~') return space('0.33em');
    if (/[\d.]/.test(text)) {
      let number = text;
      while (peek()?.kind === 'sign' && /[\d.]/.test(peek()?.text ?? '')) number += tokens[at++]?.text ?? '';
      return number === '.' ? mo('.') : `<mn>${number}</mn>`;
    }
    if (/\p{Script=Han}/u.test(text)) return `<mtext>${text}</mtext>`;
    if (/\p{L}/u.test(text)) return mi(text);
    return mo(text === '-' ? '−' : text === '*' ? '∗' : text, /^[()[\]|]$/.test(text) ? ' stretchy="false"' : '');
  }

  const space = (width: string): string => `<mspace width="${width}"></mspace>`;

  function delimiter(): string {
    skipSpace();
    const token = tokens[at++] ?? fail();
    if (token.kind === 'sign') return token.text === '.' ? '' : token.text === '<' ? '⟨' : token.text === '>' ? '⟩' : token.text;
    return signs[token.text] ?? fail();
  }

  function command(name: string): string {
    const letter = letters[name];
    if (letter !== undefined) return /^[Α-Ω]$/.test(letter) ? upright(letter) : mi(letter);
    const sign = signs[name] ?? big[name] ?? integrals[name];
    if (sign !== undefined) return mo(sign, /^[{}[\]|‖⟨⟩⌊⌋⌈⌉]$/.test(sign) ? ' stretchy="false"' : '');
    if (functions.has(name) || limits.has(name)) return `${upright(name.replace(/^(arg|lim)(max|min|sup|inf)$/, '$1 $2'))}<mo>⁡</mo>`.replace(limits.has(name) ? '<mo>⁡</mo>' : '', '');
    if (name in spaces) return space(spaces[name] ?? '0');
    if (isAlphabet(name)) return styled(name);
    if (texts.has(name)) return /^(?:operatorname\*?|mathrm)$/.test(name) ? upright(raw().replace(/\\[,;: ]|\s+/g, name === 'mathrm' ? '' : ' ').replace(/\\/g, '') || fail()) : `<mtext>${escaped(raw().replace(/^\s|\s$/g, '\u00a0'))}</mtext>`;
    if (name in accents) return `<mover accent="true">${argument()}${mo(accents[name] ?? '', /^(?:wide|over)/.test(name) ? ' stretchy="true"' : ' stretchy="false"')}</mover>`;
    if (name in below) return `<munder>${argument()}${mo(below[name] ?? '', ' stretchy="true"')}</munder>`;
    if (ignored.has(name)) return '';
    switch (name) {
      case 'frac': case 'dfrac': case 'tfrac': case 'cfrac': return `<mfrac>${argument()}${argument()}</mfrac>`;
      case 'binom': case 'dbinom': case 'tbinom': return row(`${mo('(')}<mfrac linethickness="0">${argument()}${argument()}</mfrac>${mo(')')}`);
      case 'sqrt': {
        const degree = optional();
        const inner = argument();
        return degree === null ? `<msqrt>${inner}</msqrt>` : `<mroot>${inner}${degree}</mroot>`;
      }
      case 'left': return fenced();
      case 'middle': return mo(delimiter(), ' fence="true" stretchy="true"');
      case 'begin': return environment();
      case 'overset': case 'stackrel': { const over = argument(); return `<mover>${argument()}${over}</mover>`; }
      case 'underset': { const under = argument(); return `<munder>${argument()}${under}</munder>`; }
      case 'xrightarrow': case 'xleftarrow': { const under = optional(); const over = argument(); const arrow = mo(name === 'xrightarrow' ? '→' : '←', ' stretchy="true"'); return under === null ? `<mover>${arrow}${over}</mover>` : `<munderover>${arrow}${under}${over}</munderover>`; }
      case 'boxed': case 'fbox': return `<menclose notation="box">${argument()}</menclose>`;
      case 'cancel': case 'bcancel': return `<menclose notation="updiagonalstrike">${argument()}</menclose>`;
      case 'phantom': case 'hphantom': case 'vphantom': return `<mphantom>${argument()}</mphantom>`;
      case 'substack': return `<mtable>${raw().split('\\\\ ').map((line) => `<mtr><mtd>${toMathml(line) ?? fail()}</mtd></mtr>`).join('')}</mtable>`;
      case 'not': return mo(`${/<mo[^>]*>([^<]+)</.exec(atom())?.[1] ?? fail()}\u0338`);
      case 'bmod': return mo('mod');
      case 'pmod': return row(`${space('0.5em')}${mo('(')}${mi('mod')}${space('0.3em')}${argument()}${mo(')')}`);
      case 'color': case 'label': case 'hspace': case 'vspace': case 'tag': case 'tag*': { const value = raw(); return name.startsWith('tag') ? `${space('2em')}<mtext>(${escaped(value)})</mtext>` : ''; }
      case 'textcolor': raw(); return argument();
      default: return fail();
    }
  }

  /** `\mathbf{AB}`: every letter in its place in the alphabet. */
  function styled(name: string): string {
    const inner = argument();
    return inner.replace(/<(mi|mn)([^>]*)>([^<&]+)<\/\1>/g, (_all, tag: string, more: string, text: string) => `<${tag}${more}>${[...text].map((one) => inAlphabet(one, name)).join('')}</${tag}>`);
  }

  function fenced(): string {
    const open = delimiter();
    const inner = rowOf(() => false);
    if (!isCommand(peek(), 'right')) fail();
    at++;
    const close = delimiter();
    const fence = (sign: string, form: string): string => (sign === '' ? '' : mo(sign, ` fence="true" form="${form}" stretchy="true"`));
    return row(`${fence(open, 'prefix')}${inner}${fence(close, 'postfix')}`);
  }

  function environment(): string {
    const name = raw();
    const fences = matrices[name.replace('*', '')];
    if (fences === undefined && !lines.test(name)) return fail();
    if (/^(?:array|subarray|alignat\*?|alignedat)$/.test(name)) raw();
    const rows: string[][] = [[]];
    const ends = (token: Token): boolean => isSign(token, '&') || isCommand(token, '\\') || isCommand(token, 'cr');
    for (;;) {
      rows.at(-1)?.push(rowOf(ends));
      const token = tokens[at++] ?? fail();
      if (isCommand(token, 'end')) break;
      if (isSign(token, '&')) continue;
      if (!ends(token)) fail();
      skipSpace();
      if (isSign(peek(), '[')) optional();
      rows.push([]);
    }
    if (raw() !== name) fail();
    if (rows.at(-1)?.join('') === '') rows.pop();
    const aligns = /^(?:cases|rcases)$/.test(name) ? ' columnalign="left"' : lines.test(name) && rows.some((cells) => cells.length > 1) ? ' columnalign="right left"' : '';
    const table = `<mtable${aligns}${lines.test(name) ? ' displaystyle="true"' : ''}>${rows.map((cells) => `<mtr>${cells.map((cell) => `<mtd>${cell}</mtd>`).join('')}</mtr>`).join('')}</mtable>`;
    const [open, close] = fences ?? ['', ''];
    return row(`${open === '' ? '' : mo(open, ' fence="true" form="prefix" stretchy="true"')}${table}${close === '' ? '' : mo(close, ' fence="true" form="postfix" stretchy="true"')}`);
  }

  return { row: rowOf, isAtEnd };
}
