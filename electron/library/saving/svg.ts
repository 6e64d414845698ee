import { type DefaultTreeAdapterMap, defaultTreeAdapter as tree, Parser } from 'parse5';
import { FailureError } from '../../../shared/failure.ts';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const kept = new Set(
  (
    'svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc linearGradient ' +
    'radialGradient stop clipPath mask pattern marker image style switch filter feBlend feColorMatrix feComponentTransfer ' +
    'feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB ' +
    'feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight ' +
    'feTile feTurbulence'
  ).split(' '),
);
const textOnly = new Set(['title', 'desc', 'style']);
const deepest = 256;
/** More shapes than this after every `use`, mask and pattern is followed is a bomb, not a drawing. */
const mostShapes = 100_000;
/** Milliseconds a drawing may take to be parsed. */
const patience = 2_000;

/**
 * A drawing rebuilt from an allow-list: no script, handlers, foreign content, animation or address outside itself.
 * Null when it is no drawing, too deep, or a bomb of references.
 */
export function cleanSvg(bytes: Uint8Array): { bytes: Uint8Array; width: number | null; height: number | null } | null {
  if (bytes.byteLength > 4_000_000) return null;
  const document = parsed(Buffer.from(bytes).toString('utf8'));
  const root = document && firstSvg(document);
  if (root === null || shapesOf(root) > mostShapes) return null;
  const text = written(root, 0);
  return text === null ? null : { bytes: Buffer.from(text, 'utf8'), ...sizeOf(root) };
}

/**
 * The drawing as the HTML standard's parser sees it; null when it takes too long. Pictures are read between everything
 * else the library does, so what nests, or makes the parser look back ever further, is given up on.
 */
function parsed(text: string): Node | null {
  const parser = new Parser<DefaultTreeAdapterMap>();
  const begun = performance.now();
  let tags = 0;
  const count = (): void => {
    tags += 1;
    if (tags % 64 === 0 && performance.now() - begun > patience) throw new FailureError({ kind: 'too-complex' });
  };
  const start = parser.onStartTag.bind(parser);
  const end = parser.onEndTag.bind(parser);
  parser.onStartTag = (token) => {
    count();
    if (parser.openElements.stackTop < deepest * 2) start(token);
  };
  parser.onEndTag = (token) => {
    count();
    end(token);
  };
  try {
    parser.tokenizer.write(text, true);
    return parser.document;
  } catch (error) {
    if (error instanceof FailureError) return null;
    throw error;
  }
}

function firstSvg(node: Node): Element | null {
  const waiting: Node[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (tree.isElementNode(next) && next.tagName === 'svg') return next;
    if ('childNodes' in next) for (let i = next.childNodes.length - 1; i >= 0; i--) waiting.push(next.childNodes[i] as Node);
  }
  return null;
}

function written(element: Element, depth: number): string | null {
  if (depth > deepest) return null;
  const name = element.tagName;
  const attributes = element.attrs.flatMap(({ prefix, name: own, value }) => attribute(name, prefix ? `${prefix}:${own}` : own, value));
  if (depth === 0) attributes.unshift('xmlns="http://www.w3.org/2000/svg"', 'xmlns:xlink="http://www.w3.org/1999/xlink"');
  let inside = '';
  for (const child of element.childNodes) {
    if (tree.isTextNode(child)) inside += xml(child.value);
    else if (tree.isElementNode(child) && !textOnly.has(name)) {
      if (!kept.has(child.tagName)) {
        // A link's drawing stays, without the link.
        if (child.tagName === 'a') inside += written({ ...child, tagName: 'g', attrs: [] }, depth + 1) ?? '';
        continue;
      }
      const text = written(child, depth + 1);
      if (text === null) return null;
      inside += text;
    }
  }
  if (name === 'style' && reachesOut(inside)) return '';
  return `<${[name, ...attributes].join(' ')}>${inside}</${name}>`;
}

function attribute(element: string, name: string, value: string): string[] {
  if (!/^[a-z][a-z0-9-]*(?::[a-z][a-z0-9-]*)?$/i.test(name) || /^(?:on|xmlns|xml:base)/i.test(name)) return [];
  if (/^(?:href|xlink:href|src)$/i.test(name)) {
    const inner = /^#[^\s"'<>]+$/.test(value) && name !== 'src';
    const picture = element === 'image' && /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i.test(value);
    if (!inner && !picture) return [];
  } else if (reachesOut(value)) return [];
  return [`${name}="${xml(value)}"`];
}

/** Style text or a value that names anything outside the drawing, or hides that it does. */
function reachesOut(text: string): boolean {
  if (/@import|\\|expression\s*\(|javascript:/i.test(text)) return true;
  for (const call of text.matchAll(/(?:url|image|image-set|src)\s*\(/gi)) {
    // In steps that never go back: the white space of a hostile drawing may be megabytes.
    inner.lastIndex = call.index + call[0].length;
    inner.test(text);
    if (text[inner.lastIndex] !== '#') return true;
  }
  return false;
}

/** What may stand between the bracket and the `#` of an address inside the drawing. Always matches. */
const inner = /\s*(?:(?:&quot;|["'])\s*)?/y;

function shapesOf(root: Element): number {
  const ids = new Map<string, Element>();
  const all: Element[] = [root];
  for (let i = 0; i < all.length; i++) {
    const element = all[i];
    if (!element) break;
    const id = value(element, 'id');
    if (id !== null && !ids.has(id)) ids.set(id, element);
    for (const child of element.childNodes) if (tree.isElementNode(child)) all.push(child);
  }
  const counted = new Map<Element, number>();
  // Children come after their parents in `all`, so going backwards every child is counted first; `use` may point anywhere.
  const open = new Set<Element>();
  function count(element: Element, depth: number): number {
    const known = counted.get(element);
    if (known !== undefined) return known;
    if (open.has(element) || depth > deepest * 2) return Number.POSITIVE_INFINITY;
    open.add(element);
    let sum = 1;
    for (const child of element.childNodes) if (tree.isElementNode(child)) sum += count(child, depth + 1);
    const target = element.tagName === 'use' ? ids.get((value(element, 'href') ?? '').slice(1)) : undefined;
    if (target) sum += count(target, depth + 1);
    // A mask or pattern is drawn for each shape that names it, and what it names for each of its own; round in a circle nothing is.
    for (const { value: text } of element.attrs) {
      for (const [, id = ''] of text.matchAll(named)) {
        const painted = ids.get(id);
        if (painted && !open.has(painted)) sum += count(painted, depth + 1);
      }
    }
    open.delete(element);
    counted.set(element, sum);
    return sum;
  }
  return Math.max(count(root, 0), styled(all, ids, (element) => count(element, 0)));
}

/** The most that rules of a stylesheet could have drawn: any of what they name may be named inside any other. */
function styled(all: readonly Element[], ids: ReadonlyMap<string, Element>, count: (element: Element) => number): number {
  const text = all.flatMap((element) => (element.tagName === 'style' ? element.childNodes.map((child) => (tree.isTextNode(child) ? child.value : '')) : [])).join('');
  const painted = new Set([...text.matchAll(named)].map(([, id = '']) => ids.get(id)));
  let most = 1;
  for (const element of painted) if (element && !/gradient$/i.test(element.tagName)) most *= Math.max(1, count(element) - 1);
  return most / manyStyled;
}

/** An address of something inside the drawing, in a value or a stylesheet. */
const named = /url\(\s*["']?#([^\s"')]+)/gi;
/** How many times more than by its attributes a drawing may draw by its stylesheet, where the sum is only the worst that could be. */
const manyStyled = 100;

function sizeOf(root: Element): { width: number | null; height: number | null } {
  const box = (value(root, 'viewBox') ?? '').trim().split(/[\s,]+/).map(Number);
  const length = (name: string): number | null => {
    const found = /^\s*(\d+(?:\.\d+)?)\s*(px|pt|em|ex|)\s*$/i.exec(value(root, name) ?? '');
    if (!found) return null;
    const factor = { px: 1, '': 1, pt: 4 / 3, em: 16, ex: 8 }[(found[2] ?? '').toLowerCase()] ?? 1;
    return Math.round(Number(found[1]) * factor) || null;
  };
  const [, , boxWidth = 0, boxHeight = 0] = box;
  const width = length('width');
  const height = length('height');
  const shaped = boxWidth > 0 && boxHeight > 0;
  return {
    width: width ?? (shaped ? Math.round(height === null ? boxWidth : (height * boxWidth) / boxHeight) : null),
    height: height ?? (shaped ? Math.round(width === null ? boxHeight : (width * boxHeight) / boxWidth) : null),
  };
}

function value(element: Element, name: string): string | null {
  return element.attrs.find((each) => each.name === name)?.value ?? null;
}

function xml(text: string): string {
  return text
    // oxlint-disable-next-line no-control-regex -- the characters XML 1.0 forbids outright
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
