/** HTML elements that may be shown in an article. Foreign content is MathML's presentation set only; never SVG. */
export const allowedElements = [
  'a', 'abbr', 'address', 'article', 'aside', 'b', 'bdi', 'bdo', 'blockquote', 'br', 'caption', 'cite', 'code', 'col',
  'colgroup', 'dd', 'del', 'details', 'dfn', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'h1', 'h2', 'h3', 'h4',
  'h5', 'h6', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'q', 'rb', 'rp', 'rt', 'rtc', 'ruby', 's',
  'samp', 'section', 'small', 'span', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead',
  'time', 'tr', 'tt', 'u', 'ul', 'var', 'wbr',
] as const;

/** MathML elements that draw; none that can act, link or hold HTML. */
export const allowedMath = [
  'math', 'menclose', 'merror', 'mfrac', 'mi', 'mlabeledtr', 'mmultiscripts', 'mn', 'mo', 'mover', 'mpadded', 'mphantom', 'mprescripts',
  'mroot', 'mrow', 'ms', 'mspace', 'msqrt', 'mstyle', 'msub', 'msubsup', 'msup', 'mtable', 'mtd', 'mtext', 'mtr', 'munder',
  'munderover', 'none', 'semantics',
] as const;

/** Attributes that may be shown, on any element: facts about the text, never behaviour or style. */
export const allowedAttributes = [
  'align', 'alt', 'cite', 'colspan', 'data-embed', 'data-lang', 'data-missing', 'datetime', 'dir', 'headers', 'height', 'href', 'id', 'lang', 'open',
  'reversed', 'rowspan', 'scope', 'span', 'src', 'start', 'title', 'type', 'value', 'width',
  // MathML's.
  'accent', 'accentunder', 'close', 'columnalign', 'columnspacing', 'columnspan', 'depth', 'denomalign', 'display', 'displaystyle',
  'fence', 'form', 'largeop', 'linethickness', 'lspace', 'mathvariant', 'maxsize', 'minsize', 'movablelimits', 'notation', 'numalign',
  'rowalign', 'rowspacing', 'rspace', 'scriptlevel', 'separator', 'separators', 'stretchy', 'symmetric', 'voffset',
] as const;
