import { hanPairs } from './han.table.ts';

let table: Map<string, string> | null = null;

function simplified(): Map<string, string> {
  if (table === null) {
    table = new Map();
    for (let at = 0; at < hanPairs.length; at += 2) table.set(hanPairs.charAt(at), hanPairs.charAt(at + 1));
  }
  return table;
}

/**
 * Traditional characters as simplified ones, one for one, everything else as it is: 髮 and 發 both become 发. Only for
 * comparing: the way back, and what is shown, would need the words around.
 */
export function foldHan(text: string): string {
  const to = simplified();
  let folded = '';
  for (let at = 0; at < text.length; at += 1) folded += to.get(text.charAt(at)) ?? text.charAt(at);
  return folded;
}

/** Every character that folding changes, with what it becomes. */
export function hanChanges(): Iterable<[from: string, to: string]> {
  return simplified();
}
