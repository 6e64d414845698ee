import { fittingSource, fromSrcset, isPlaceholder } from './picture-choice.ts';
import { append, attr, createElement, detach, find, isElement, isText, parsePart, replace, setAttr, textOf, type Aside, type Element } from './tree.ts';

const lazyNames = /^(?:data-(?:src|original|lazy-src|lazy|actualsrc|original-src|echo|url|srcset|lazy-srcset|image|img|hi-res-src|full-src|s|ks-lazyload|orig-file|large-file|flickity-lazyload|splide-lazy|croporisrc|backsrc|bg|background|background-image)|_src|original|file|zoomfile|lazysrc|lay-src)$/;
const imageLike = /\.(?:jpe?g|png|gif|webp|avif|bmp|svg)(?:[?#!@_].*)?$|[?&](?:wx_fmt|format|fmt)=|\/(?:image|img|photo|media|upload)s?\//i;

/** Gives the page's pictures the addresses a script would: lazy attributes before placeholders, `<noscript>` copies, pictures painted as backgrounds. */
export function wakePictures(all: Element[], aside: Aside): void {
  const noscripts: Element[] = [];
  const pictures: Element[] = [];
  for (const element of all) {
    switch (element.tagName) {
      case 'img': case 'amp-img': case 'source': wakePicture(element); break;
      case 'noscript': noscripts.push(element); break;
      case 'picture': pictures.push(element); break;
      case 'div': case 'span': case 'a': case 'i': case 'figure': paintedPicture(element); break;
    }
  }
  for (const element of pictures) choosePicture(element);
  for (const element of noscripts) unwrapNoscript(element, aside);
}

function wakePicture(element: Element): void {
  const src = attr(element, 'src') ?? '';
  const placeholder = isPlaceholder(src);
  const written = attr(element, 'srcset') ?? '';
  let set = /^\s*(?:data:|lectern-data:)/i.test(written) ? '' : written;
  let real: string | null = null;
  for (const { name, value } of element.attrs) {
    if (!lazyNames.test(name) || value.trim() === '') continue;
    if (name.endsWith('srcset')) set ||= value;
    else if (/^(?:https?:)?\/\/\S+$|^[\w./%~-]+\S*$/.test(value.trim()) && (imageLike.test(value) || name === 'data-src' || placeholder)) real ??= value.trim();
  }
  const best = fromSrcset(set);
  const chosen = best ?? real;
  if (chosen !== null) setAttr(element, 'src', chosen);
  keepShape(element);
}

/** The size some editors state beside the picture's address, for the room it takes. */
function keepShape(element: Element): void {
  const width = Number(attr(element, 'data-w') ?? Number.NaN);
  const ratio = Number(attr(element, 'data-ratio') ?? Number.NaN);
  if (!(width > 0 && width < 20_000 && ratio > 0 && ratio < 50) || attr(element, 'width') !== null || attr(element, 'height') !== null) return;
  setAttr(element, 'width', String(Math.round(width)));
  setAttr(element, 'height', String(Math.max(1, Math.round(width * ratio))));
}

/** Gives a `<picture>`'s image the address and size of the source that fits. */
function choosePicture(element: Element): void {
  const image = element.childNodes.find((child): child is Element => isElement(child) && child.tagName === 'img');
  const found = image === undefined ? null : fittingSource(element);
  if (image === undefined || found === null) return;
  setAttr(image, 'src', found.src);
  for (const name of ['width', 'height']) {
    const length = attr(found.source, name);
    if (length !== null) setAttr(image, name, length);
  }
}

/** An empty box inside a figure, or one that says it is an image, whose picture is painted behind it. */
function paintedPicture(element: Element): void {
  const said = attr(element, 'role') === 'img';
  if (!said && !(isElement(element.parentNode) && (element.tagName === 'figure' || within(element, 'figure')))) return;
  if (find(element, (one) => one.tagName === 'img' || one.tagName === 'video' || one.tagName === 'iframe') !== null) return;
  const painted = /background(?:-image)?\s*:[^;]*url\(\s*(["']?)(.*?)\1\s*\)/i.exec(attr(element, 'style') ?? '')?.[2] ?? '';
  const lazy = element.attrs.find(({ name, value }) => /^data-(?:bg|background|background-image|src)$/.test(name) && imageLike.test(value))?.value ?? '';
  const src = (painted !== '' && !isPlaceholder(painted) ? painted : lazy).replace(/^url\((["']?)(.*)\1\)$/, '$2');
  if (src === '' || isPlaceholder(src) || textOf(element).length > 200) return;
  const label = attr(element, 'aria-label') ?? attr(element, 'title') ?? '';
  const picture = createElement('img', { src, alt: label });
  picture.parentNode = element;
  element.childNodes.unshift(picture);
}

function within(element: Element, tag: string): boolean {
  for (let at = element.parentNode, up = 0; isElement(at) && up < 4; at = at.parentNode, up++) if (at.tagName === tag) return true;
  return false;
}

/** A picture kept in `<noscript>` for browsers without scripts replaces the placeholder before it. */
function unwrapNoscript(element: Element, aside: Aside): void {
  const inner = element.childNodes.map((node) => (isText(node) ? node.value : '')).join('');
  if (!/<(?:img|picture|iframe|video)\b/i.test(inner) || inner.length > 20_000) return;
  const part = parsePart(inner, aside);
  const picture = find(part, (one) => one.tagName === 'img');
  if (picture === null || textOf(part).length > 200) return;
  wakePicture(picture);
  if (/(?:pixel|beacon|track|analytics|facebook\.com\/tr|doubleclick|scorecard|count)/i.test(attr(picture, 'src') ?? '')) return;
  const parent = element.parentNode;
  if (parent === null) return;
  const siblings = parent.childNodes.filter((node) => !isText(node) || node.value.trim() !== '');
  const at = siblings.indexOf(element);
  for (const near of [siblings[at - 1], siblings[at + 1]]) {
    const old = near !== undefined && isElement(near) ? (near.tagName === 'img' ? near : near.childNodes.length < 4 && textOf(near) === '' ? find(near, (one) => one.tagName === 'img') : null) : null;
    if (old !== null) detach(old);
  }
  const box = createElement('span');
  append(box, picture);
  replace(element, [picture]);
}
