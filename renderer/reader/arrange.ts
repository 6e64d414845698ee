import type { Picture } from '../../shared/article.ts';

/** What the reader works with in a body that has been put on the page. */
export type Arranged = {
  /** The top-level blocks that `Place.block` counts, with their texts. */
  blocks: HTMLElement[];
  texts: string[];
  /** Where a missing picture was, with its index into the article's pictures and its alternative text. */
  missing: Array<{ slot: HTMLElement; index: number; alt: string }>;
  /** A code block and where its copy button goes. */
  codes: Array<{ slot: HTMLElement; pre: HTMLElement }>;
  /** Boxes that scroll sideways and so need a name and a place in the tab order. */
  boxes: Array<{ box: HTMLElement; kind: 'table' | 'code' }>;
  /** Pictures that open large. */
  pictures: HTMLImageElement[];
};

export const blocksPerSection = 15;
/** Below this many CSS pixels a picture is an icon in the text, not something to look at. */
const smallest = 120;

/**
 * Makes a clean, still inert body ready for reading: top-level blocks in sections that are laid out only when near,
 * tables and code in boxes of their own, pictures with their sizes so that nothing moves when they come. The text of
 * no block is changed.
 */
export function arrange(root: HTMLElement, pictures: readonly Picture[]): Arranged {
  const doc = root.ownerDocument;
  const blocks = topBlocks(root);
  const arranged: Arranged = {
    blocks, texts: blocks.map((block) => block.textContent ?? ''), missing: [], codes: [], boxes: [], pictures: [],
  };
  for (const image of root.querySelectorAll('img')) placeImage(image, pictures, arranged);
  for (const pre of root.querySelectorAll('pre')) {
    const box = wrap(pre, 'code');
    const slot = doc.createElement('span');
    box.append(slot);
    arranged.codes.push({ slot, pre });
    arranged.boxes.push({ box: pre, kind: 'code' });
  }
  for (const table of root.querySelectorAll('table')) {
    alignHeadings(table);
    if (table.parentElement?.closest('table') === null) arranged.boxes.push({ box: wrap(table, 'table'), kind: 'table' });
  }
  for (const anchor of root.querySelectorAll('a')) anchor.setAttribute('rel', 'noopener noreferrer');
  const sections: HTMLElement[] = [];
  for (const [at, block] of blocks.entries()) {
    if (at % blocksPerSection === 0) sections.push(doc.createElement('section'));
    sections.at(-1)?.append(outermost(block));
  }
  for (const section of sections) section.style.containIntrinsicSize = `auto ${linesOf(section)}lh`;
  root.replaceChildren(...sections);
  return arranged;
}

/** Gives what can be opened or scrolled in a body a name and a place in the tab order; again when the words change. */
export function nameParts({ boxes, pictures }: Arranged, words: { table: string; code: string; enlarge: string }): void {
  for (const { box, kind } of boxes) {
    const caption = box.querySelector('caption')?.textContent?.trim() ?? '';
    box.tabIndex = 0;
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', caption === '' ? words[kind] : caption);
  }
  for (const image of pictures) {
    image.tabIndex = 0;
    image.setAttribute('role', 'button');
    image.setAttribute('aria-haspopup', 'dialog');
    image.setAttribute('aria-label', image.alt === '' ? words.enlarge : `${image.alt} (${words.enlarge})`);
  }
}

/** A column whose every cell is set to the right has its heading there too, unless the page says otherwise. */
function alignHeadings(table: HTMLTableElement): void {
  const [head, ...rows] = table.rows;
  if (head === undefined || rows.length === 0 || table.querySelector('[rowspan], [colspan]') !== null) return;
  for (const [at, cell] of [...head.cells].entries()) {
    const below = rows.map((row) => row.cells[at]?.getAttribute('align'));
    if (cell.tagName === 'TH' && !cell.hasAttribute('align') && below.every((align) => align === 'right')) cell.setAttribute('align', 'right');
  }
}

/** Signs that take half a line's square: all but those of East Asian scripts. */
const narrow = /[^\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]+/g;

/** About how many lines a section takes, for the scroll bar to be right before it is laid out. */
function linesOf(section: HTMLElement): number {
  let lines = 0;
  for (const block of section.children) {
    const text = block.textContent ?? '';
    const wide = text.replace(narrow, '').length;
    lines += Math.ceil((text.length + wide) / 76) + 0.85 + 18 * block.querySelectorAll('img').length;
  }
  return Math.round(lines);
}

/** A body wholly inside one box is that box's children; loose text becomes a paragraph. */
function topBlocks(root: HTMLElement): HTMLElement[] {
  const only = root.children.length === 1 && looseText(root) === '' ? root.firstElementChild : null;
  if (only !== null && /^(div|article|section)$/.test(only.localName) && only.children.length > 0) {
    const box = only as HTMLElement;
    const { lang, dir } = box;
    box.replaceWith(...box.childNodes);
    for (const child of root.children as HTMLCollectionOf<HTMLElement>) {
      if (lang !== '' && child.lang === '') child.lang = lang;
      if (dir !== '' && child.dir === '') child.dir = dir;
    }
    return topBlocks(root);
  }
  let loose: HTMLElement | null = null;
  const nodes = [...root.childNodes];
  for (const node of nodes) {
    if (node.nodeType === 1 && !inline.test((node as Element).localName)) loose = null;
    else if (loose === null && (node.textContent ?? '').trim() === '' && node.nodeType !== 1) node.remove();
    else {
      loose ??= root.insertBefore(root.ownerDocument.createElement('p'), node);
      loose.append(node);
    }
  }
  return [...root.children] as HTMLElement[];
}

const inline = /^(?:a|abbr|b|bdi|bdo|br|cite|code|del|dfn|em|i|img|ins|kbd|mark|q|ruby|s|samp|small|span|strong|sub|sup|time|tt|u|var|wbr)$/;

function looseText(root: Element): string {
  return [...root.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent ?? '').join('').trim();
}

/** The block itself, or the scrolling box it was put into. */
function outermost(block: HTMLElement): HTMLElement {
  const parent = block.parentElement;
  return parent?.dataset['box'] === '' && parent.firstElementChild === block ? parent : block;
}

function wrap(element: HTMLElement, name: string): HTMLElement {
  const box = element.ownerDocument.createElement('div');
  box.className = name;
  box.dataset['box'] = '';
  element.replaceWith(box);
  box.append(element);
  return box;
}

function placeImage(image: HTMLImageElement, pictures: readonly Picture[], arranged: Arranged): void {
  const src = image.getAttribute('src');
  if (src === null) {
    const slot = image.ownerDocument.createElement('span');
    slot.className = 'missing';
    image.replaceWith(slot);
    arranged.missing.push({ slot, index: Number(image.dataset['missing'] ?? -1), alt: image.alt });
    return;
  }
  const stored = pictures.find((picture) => picture.state === 'stored' && src.endsWith(`/${picture.file}`));
  const natural = stored?.state === 'stored' && stored.width !== null && stored.height !== null
    ? { width: stored.width, height: stored.height } : null;
  const asked = Number(image.getAttribute('width'));
  if (natural !== null && natural.width > 0) {
    // The page may show a picture smaller than it is, never larger; its own proportions hold.
    const width = asked >= 16 && asked < natural.width ? asked : natural.width;
    image.setAttribute('width', String(Math.round(width)));
    image.setAttribute('height', String(Math.round((width * natural.height) / natural.width)));
    image.style.setProperty('--natural', `${Math.round(width)}px`);
    image.style.setProperty('--ratio', (natural.width / natural.height).toFixed(4));
  }
  image.setAttribute('loading', 'lazy');
  image.setAttribute('decoding', 'async');
  const large = Number(image.getAttribute('width') ?? smallest) >= smallest;
  if (large) image.classList.add('block');
  if (large && image.closest('a') === null) {
    image.classList.add('zooms');
    arranged.pictures.push(image);
  }
}
