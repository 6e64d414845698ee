import { append, attr, createElement, detach, dropAttr, find, isElement, isText, parsePart, replace, setAttr, textOf, type Aside, type Element, type Node, type Parent, type Tree } from './tree.ts';

/**
 * Makes the tree what a reader with a browser would see, before anyone looks for the article: streamed parts in their
 * places, hidden WeChat bodies shown, shadow roots opened, lazy pictures with their real addresses.
 */
export function repair(tree: Tree, aside: Aside): void {
  const streamed: Element[] = [];
  const places = new Map<string, Place>();
  const shadows: Element[] = [];
  const noscripts: Element[] = [];
  visit(tree, (element) => {
    const id = attr(element, 'id') ?? '';
    switch (element.tagName) {
      case 'div':
        if (/^S:[0-9a-f]+$/i.test(id) && attr(element, 'hidden') !== null) streamed.push(element);
        else if (id === 'js_content' || id === 'img-content') dropAttr(element, 'style');
        break;
      case 'template':
        if (/^[BP]:[0-9a-f]+$/i.test(id)) places.set(id.slice(2), placeOf(element));
        else if (attr(element, 'shadowrootmode') !== null || attr(element, 'shadowroot') !== null) shadows.push(element);
        break;
      case 'noscript': noscripts.push(element); break;
      case 'img': case 'amp-img': case 'source': wakePicture(element); break;
    }
  });
  for (const element of streamed) placeStreamed(element, places);
  for (const element of shadows) openShadow(element);
  for (const element of noscripts) unwrapNoscript(element, aside);
}

function visit(parent: Parent, look: (element: Element) => void): void {
  for (const child of parent.childNodes) {
    if (!isElement(child)) continue;
    look(child);
    visit(child, look);
  }
}

/** Where a streamed part belongs; `fallback` is what stood there while it was waited for. */
type Place = { template: Element; fallback: Element | null };

/** Found before anything is moved: afterwards a neighbour may be another part's content. */
function placeOf(template: Element): Place {
  const siblings = template.parentNode?.childNodes ?? [];
  const next = siblings[siblings.indexOf(template) + 1];
  const isFallback = /^B/i.test(attr(template, 'id') ?? '') && next !== undefined && isElement(next) && !/^(?:template|script)$/.test(next.tagName);
  return { template, fallback: isFallback && attr(next, 'hidden') === null && textOf(next).length < 200 ? next : null };
}

/** React streams late parts to the end of the body as `<div hidden id="S:n">`; a script would move them to `<template id="B:n">`. */
function placeStreamed(part: Element, places: Map<string, Place>): void {
  dropAttr(part, 'hidden');
  const place = places.get((attr(part, 'id') ?? '').slice(2));
  if (place === undefined || isInside(place.template, part)) return;
  if (place.fallback !== null) detach(place.fallback);
  replace(place.template, [...part.childNodes]);
  detach(part);
}

function isInside(node: Node, ancestor: Element): boolean {
  for (let at: Parent | null = node.parentNode; at !== null; at = 'parentNode' in at ? at.parentNode : null) if (at === ancestor) return true;
  return false;
}

/** A declarative shadow root's content takes the host's place; slotted children go where the slot is. */
function openShadow(template: Element): void {
  const host = template.parentNode;
  if (host === null || !('content' in template)) return;
  const content = (template as Element & { content: Parent }).content;
  const light = host.childNodes.filter((node) => node !== template);
  const box = createElement('div', {}, [...content.childNodes]);
  for (const slot of slots(box)) {
    const name = attr(slot, 'name');
    const taken = light.filter((node) => (isElement(node) ? attr(node, 'slot') : null) === name);
    if (taken.length > 0) replace(slot, taken);
    else replace(slot, [...slot.childNodes]);
  }
  replace(template, [...box.childNodes]);
}

function slots(root: Element): Element[] {
  const out: Element[] = [];
  visit(root, (element) => {
    if (element.tagName === 'slot') out.push(element);
  });
  return out;
}

const lazyNames = /^(?:data-(?:src|original|lazy-src|lazy|actualsrc|original-src|echo|url|srcset|lazy-srcset|image|img|hi-res-src|full-src|s|ks-lazyload|orig-file|large-file)|_src|original|file|zoomfile|lazysrc|lay-src)$/;
const imageLike = /\.(?:jpe?g|png|gif|webp|avif|bmp|svg)(?:[?#!@_].*)?$|[?&](?:wx_fmt|format|fmt)=|\/(?:image|img|photo|media|upload)s?\//i;

/** Gives a picture its real address: lazy attributes before a placeholder, the largest of a `srcset` up to a reading width at double density. */
function wakePicture(element: Element): void {
  const src = attr(element, 'src') ?? '';
  const placeholder = src === '' || /^(?:data:|about:)/i.test(src) || src.startsWith('lectern-data:') || /(?:blank|placeholder|spacer|loading|lazy|pixel|grey|gray|transparent|default|1x1)[^/]*\.(?:gif|png|svg|jpe?g|webp)/i.test(src);
  let set = attr(element, 'srcset') ?? '';
  let real: string | null = null;
  for (const { name, value } of element.attrs) {
    if (!lazyNames.test(name) || value.trim() === '') continue;
    if (name.endsWith('srcset')) set ||= value;
    else if (/^(?:https?:)?\/\/\S+$|^[\w./%~-]+\S*$/.test(value.trim()) && (imageLike.test(value) || name === 'data-src' || placeholder)) real ??= value.trim();
  }
  if (real !== null) setAttr(element, 'src', real);
  else if (set !== '' && (placeholder || element.tagName === 'source')) {
    const best = fromSrcset(set);
    if (best !== null) setAttr(element, 'src', best);
  } else if (set !== '') {
    const best = fromSrcset(set);
    if (best !== null && !/^data:/i.test(best)) setAttr(element, 'src', best);
  }
}

/** The candidate nearest above 1,600 pixels (or 2x), else the largest. Commas inside addresses are respected. */
export function fromSrcset(set: string): string | null {
  let best: { url: string; size: number } | null = null;
  for (const match of set.matchAll(/\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]+)([wxh]))?\s*(?:,|$)/g)) {
    const url = match[1] ?? '';
    const size = match[2] === undefined ? 800 : Number(match[2]) * (match[3] === 'x' ? 800 : 1);
    if (best === null || (best.size < 1_600 ? size > best.size : size >= 1_600 && size < best.size)) best = { url, size };
  }
  return best?.url ?? null;
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
  const before = siblings[siblings.indexOf(element) - 1];
  const after = siblings[siblings.indexOf(element) + 1];
  for (const near of [before, after]) {
    const old = near !== undefined && isElement(near) ? (near.tagName === 'img' ? near : near.childNodes.length < 4 && textOf(near) === '' ? find(near, (one) => one.tagName === 'img') : null) : null;
    if (old !== null) detach(old);
  }
  const figure = createElement('span');
  append(figure, picture);
  replace(element, [picture]);
}
