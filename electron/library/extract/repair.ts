import { hideDialogs } from './dialogs.ts';
import { settleEmbeds } from './embeds.ts';
import { settleFootnotes } from './footnotes.ts';
import { settleFormulas } from './formulas.ts';
import { wakePictures } from './lazy-pictures.ts';
import { settleListings } from './listings.ts';
import { spreadSlides } from './slides.ts';
import { settleVerse } from './verse.ts';
import { allElements, attr, createElement, detach, dropAttr, isElement, replace, textOf, type Aside, type Element, type Node, type Parent, type Tree } from './tree.ts';

/**
 * Makes the tree what a reader with a browser would see, before anyone looks for the article: streamed parts in their
 * places, hidden WeChat bodies shown, shadow roots opened, lazy pictures with their real addresses, listings and formulas
 * as one thing each, however often they were drawn.
 */
export function repair(tree: Tree, aside: Aside): void {
  const streamed: Element[] = [];
  const places = new Map<string, Place>();
  const shadows: Element[] = [];
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
    }
  });
  for (const element of streamed) placeStreamed(element, places);
  for (const element of shadows) openShadow(element);
  const all = allElements(tree);
  hideDialogs(all);
  spreadSlides(all);
  wakePictures(all, aside);
  settleFormulas(all);
  settleVerse(all);
  settleListings(all);
  settleEmbeds(all);
  settleFootnotes(all);
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
