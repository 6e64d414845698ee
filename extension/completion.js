/** Tags are divided by either comma. */
const divider = /[,，、]/;

/**
 * A field for tags that completes the one being typed: arrows choose, Enter or Tab takes, Escape leaves.
 * @param {HTMLInputElement} field
 * @param {HTMLUListElement} list
 */
export function keepCompletion(field, list) {
  /** @type {string[]} */
  let known = [];
  /** @type {string[]} */
  let offered = [];
  let at = -1;

  const parts = () => field.value.split(divider);
  const chosen = () => [...new Set(parts().map((tag) => tag.trim().replace(/^#/, '')).filter((tag) => tag !== ''))];

  function draw() {
    list.replaceChildren(
      ...offered.map((tag, index) => {
        const item = document.createElement('li');
        item.id = `known-${index}`;
        item.role = 'option';
        item.ariaSelected = String(index === at);
        item.textContent = tag;
        // Before the field loses the focus.
        item.addEventListener('pointerdown', (event) => {
          event.preventDefault();
          take(index);
        });
        return item;
      }),
    );
    list.hidden = offered.length === 0;
    field.ariaExpanded = String(offered.length > 0);
    if (at < 0) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', `known-${at}`);
  }

  function look() {
    const typed = (parts().at(-1) ?? '').trim().toLowerCase();
    const has = new Set(chosen());
    const fits = typed === '' ? [] : known.filter((tag) => tag.toLowerCase().includes(typed) && !has.has(tag));
    offered = fits.toSorted((a, b) => Number(b.toLowerCase().startsWith(typed)) - Number(a.toLowerCase().startsWith(typed))).slice(0, 6);
    at = -1;
    draw();
  }

  /** @param {number} index */
  function take(index) {
    const before = parts().slice(0, -1).map((tag) => tag.trim());
    field.value = `${[...before, offered[index] ?? ''].join(', ')}, `;
    look();
  }

  field.addEventListener('input', look);
  field.addEventListener('blur', () => {
    offered = [];
    at = -1;
    draw();
  });
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || offered.length === 0) return;
    if (event.key === 'ArrowDown') at = Math.min(offered.length - 1, at + 1);
    else if (event.key === 'ArrowUp') at = Math.max(-1, at - 1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && at >= 0) return event.preventDefault(), take(at);
    else if (event.key === 'Escape') offered = [];
    else return;
    event.preventDefault();
    draw();
  });

  return {
    chosen,
    /** @param {string[]} names the tags the library has */
    offer(names) {
      known = names;
    },
  };
}
