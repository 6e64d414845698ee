import type { Tag } from '../../shared/tag.ts';

/** A tag with those nested in it; `label` is the last part of its name, `at` and `of` where it stands among its like. */
export type Branch = { name: string; label: string; count: number; at: number; of: number; children: Branch[] };

/* As the library has them in order. */
const collator = new Intl.Collator(['zh-CN', 'en'], { numeric: true });

/** Tags as a tree by the slashes in their names; a parent that is no tag itself counts what is below it. */
export function branchesOf(tags: readonly Tag[]): Branch[] {
  const roots: Branch[] = [];
  const byName = new Map<string, Branch>();
  const place = (name: string): Branch => {
    const known = byName.get(name);
    if (known !== undefined) return known;
    const cut = name.lastIndexOf('/');
    const branch: Branch = { name, label: name.slice(cut + 1), count: 0, at: 0, of: 0, children: [] };
    byName.set(name, branch);
    (cut < 0 ? roots : place(name.slice(0, cut)).children).push(branch);
    return branch;
  };
  const counted = new Set<string>();
  for (const tag of tags) {
    place(tag.name).count = tag.count;
    counted.add(tag.name);
  }
  const sum = (branch: Branch): number => {
    const below = branch.children.reduce((all, child) => all + sum(child), 0);
    if (!counted.has(branch.name)) branch.count = below;
    return branch.count;
  };
  for (const root of roots) sum(root);
  const order = (branches: Branch[]): Branch[] => {
    branches.sort((a, b) => collator.compare(a.label, b.label));
    for (const [at, branch] of branches.entries()) {
      [branch.at, branch.of] = [at, branches.length];
      order(branch.children);
    }
    return branches;
  };
  return order(roots);
}

/** The first `most` tags of a tree as it is read, and how many are left out. */
export function firstOf(branches: readonly Branch[], most: number): { first: Branch[]; left: number } {
  const first: Branch[] = [];
  let [room, left] = [most, 0];
  for (const branch of branches) {
    if (room > 0) {
      const within = firstOf(branch.children, room - 1);
      first.push(within.left === 0 ? branch : { ...branch, children: within.first });
      room -= 1 + sizeOf(branch) - within.left;
      left += within.left;
    } else left += 1 + sizeOf(branch);
  }
  return { first, left };
}

/** How many tags are nested in one. */
const sizeOf = ({ children }: Branch): number => children.reduce((sum, child) => sum + 1 + sizeOf(child), 0);
