import type * as Electron from 'electron';

/** A menu item as the tests use it: its label, its keys, and what a choice of it does. */
export type StandInItem = Pick<Electron.MenuItem, 'id' | 'label' | 'type'> & {
  role: string | undefined;
  accelerator: string | undefined;
  registerAccelerator: boolean;
  submenu: StandInMenu | undefined;
  click: () => void;
};
export type StandInMenu = { items: StandInItem[]; getMenuItemById(id: string): StandInItem | null; popup(): void };

const roles = new Set('about close copy cut hide hideothers minimize paste quit redo reload selectall toggledevtools togglefullscreen undo unhide window help'.split(' '));
let shown: StandInMenu | null = null;
/** The context menus that came up, the last at the end. */
export const popped: StandInMenu[] = [];

/** The stand-in's `Menu`: holds templates to the rules that Electron holds them to. */
export const Menu = {
  buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): StandInMenu {
    const items = template.map(itemFrom);
    const menu: StandInMenu = {
      items,
      getMenuItemById: (id) => find(items, id),
      popup: () => void popped.push(menu),
    };
    return menu;
  },
  setApplicationMenu(menu: StandInMenu | null): void {
    shown = menu;
  },
  getApplicationMenu: () => shown,
};

function find(items: StandInItem[], id: string): StandInItem | null {
  for (const item of items) {
    const found = item.id === id ? item : find(item.submenu?.items ?? [], id);
    if (found !== null) return found;
  }
  return null;
}

function itemFrom(options: Electron.MenuItemConstructorOptions): StandInItem {
  const { id = '', label = '', role, accelerator, registerAccelerator = true, submenu, click, type } = options;
  if (role !== undefined && !roles.has(role.toLowerCase())) throw new TypeError(`Electron knows no role ${role}.`);
  if (label === '' && role === undefined && type !== 'separator') throw new TypeError('A menu item needs a label, a role or a type.');
  if (accelerator !== undefined && !/^([A-Za-z]+\+)*(Plus|[^+]+)$/.test(String(accelerator))) throw new TypeError(`Bad accelerator ${accelerator}.`);
  return {
    id,
    label,
    type: type ?? (submenu === undefined ? 'normal' : 'submenu'),
    role,
    accelerator: accelerator === null ? undefined : accelerator,
    registerAccelerator,
    submenu: Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : undefined,
    // The real one passes the item, the window and the key event; this app's items look at none of them.
    click: () => (click as (() => void) | undefined)?.(),
  };
}
