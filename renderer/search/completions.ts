import { foldText } from '../../shared/fold.ts';
import { havings, operators, spellingsOf, splitOperator, states, type Operator } from '../../shared/query-operators.ts';
import type { Words } from '../words.ts';

/** One way to go on with the word at the caret: `[from, to)` of the text becomes `insert`. */
export type Completion = { from: number; to: number; insert: string; label: string; says: string };

/** The word being typed, up to the caret; in quotes after an operator it may have blanks. */
export type Typed = { word: string; from: number; operator: Operator | null; value: string };

const atMost = 6;

/** What stands before the caret, as far as it can be completed. */
export function typedAt(text: string, caret: number): Typed {
  const found = /(?:^|[\s(（])[-]?((?:[^\s"“(（:：]+[:：]["“][^"”]*|[^\s"“(（]*))$/u.exec(text.slice(0, caret));
  const word = found?.[1] ?? '';
  const split = splitOperator(word);
  return { word, from: caret - word.length, operator: split?.operator ?? null, value: (split?.value ?? '').replace(/^["“]/u, '') };
}

/** How the word at the caret can go on: the operators that begin so, or the values of one. */
export function completionsOf(typed: Typed, known: { tags: readonly string[]; hosts: readonly string[] }, words: Words, now: Date): Completion[] {
  const { word, from, operator, value } = typed;
  const to = from + word.length;
  if (operator === null) {
    const folded = foldText(word);
    if (folded.length < (/^[a-z]/u.test(folded) ? 2 : 1)) return [];
    return operators.flatMap((each) => {
      const name = spellingsOf(each).find((spelling) => spelling.startsWith(folded));
      return name === undefined ? [] : [{ from, to, insert: `${name}:`, label: `${name}:`, says: words.search.operatorSays[each] }];
    }).slice(0, 3);
  }
  const name = word.slice(0, word.search(/[:：]/u));
  const wanted = foldText(value);
  const offer = (values: ReadonlyArray<{ value: string; says: string }>): Completion[] => {
    const fits = values.filter((each) => foldText(`${each.value} ${each.says}`).includes(wanted));
    const first = fits.filter((each) => foldText(each.value).startsWith(wanted));
    const sorted = [...first, ...fits.filter((each) => !first.includes(each))];
    // What is written out needs no completing.
    if (sorted.some((each) => foldText(each.value) === wanted)) return [];
    return sorted.slice(0, atMost).map((each) => ({ from, to, insert: `${name}:${quoted(each.value)} `, label: `${name}:${each.value}`, says: each.says }));
  };
  const plain = (values: readonly string[]) => offer(values.map((each) => ({ value: each, says: '' })));
  switch (operator) {
    case 'tag':
      return plain(known.tags);
    case 'site':
      return plain(known.hosts);
    case 'is':
      return offer(states.map((state) => ({ value: state, says: words.search.states[state] })));
    case 'has':
      return offer(havings.map((having) => ({ value: having, says: words.search.havings[having] })));
    case 'lang':
      return offer(Object.entries(words.search.languages).map(([code, says]) => ({ value: code, says })));
    case 'before':
    case 'after':
    case 'saved':
    case 'published': {
      const year = now.getFullYear();
      return offer([
        { value: '7d', says: words.search.ago.week }, { value: '1m', says: words.search.ago.month }, { value: '1y', says: words.search.ago.year },
        { value: `${year}-${String(now.getMonth() + 1).padStart(2, '0')}`, says: words.search.ago.thisMonth }, { value: String(year), says: words.search.ago.thisYear },
      ]);
    }
    case 'longer':
    case 'shorter':
      return offer(['5', '10', '20', '60'].map((minutes) => ({ value: minutes, says: words.search.minutes(Number(minutes)) })));
    case 'by':
      return [];
    default:
      return operator satisfies never;
  }
}

function quoted(value: string): string {
  return /[\s()（）"“]/u.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}
