import type { Words } from '../../shared/words/words.ts';
import type { KeptRule } from '../../shared/tag-rule.ts';
import { ruleText } from '../../shared/rule-text.ts';
import { systemLanguage } from '../system-words.ts';
import { isMisuse, readArguments, type Misuse } from './arguments.ts';
import { rowLine, safe } from './terminal.ts';
import type { Verb } from './verb.ts';

/** What is to be done; a rule is named by its number in the list. */
type Deed = { do: 'list' } | { do: 'try' | 'apply'; number: number };

/** `lectern tag-rules`: the reader's rules, what one would change here, and one applied to that. */
export const tagRules: Verb = async ({ words, terminal, open }, argv) => {
  const given = readArguments(words, argv, { json: 'flag', count: 'text' });
  if (isMisuse(given)) return given;
  const deed = deedOf(words, given.rest);
  if (isMisuse(deed)) return deed;
  const asked = given.texts.get('count');
  if (asked !== undefined && deed.do !== 'try') return { misuse: words.cli.unknownOption('--count') };
  const count = asked === undefined ? 20 : numberOf(asked);
  if (count === null || count > 100) return { misuse: words.cli.notNumber(asked ?? '') };
  const json = given.flags.has('json');
  const { ask } = await open();
  const kept = await ask('tagRules', {});
  if (!kept.ok) {
    terminal.fail(kept.failure);
    return 1;
  }
  if (deed.do === 'list') {
    if (json) terminal.json(kept.value);
    else if (kept.value.length === 0) terminal.note(words.tagRules.none);
    else kept.value.forEach((rule, at) => terminal.line(lineOf(words, rule, at + 1)));
    return 0;
  }
  const chosen = kept.value[deed.number - 1];
  if (chosen === undefined) {
    terminal.fail({ kind: 'not-found', what: String(deed.number) });
    return 1;
  }
  if (deed.do === 'try') {
    const reply = await ask('tryTagRule', { rule: chosen.rule, count });
    if (!reply.ok) terminal.fail(reply.failure);
    else if (json) terminal.json(reply.value);
    else {
      for (const row of reply.value.rows) terminal.line(rowLine(words, row));
      terminal.note(words.cli.ruleWouldChange(reply.value.total));
    }
    return reply.ok ? 0 : 1;
  }
  const reply = await ask('applyTagRule', { rule: chosen.rule });
  if (!reply.ok) terminal.fail(reply.failure);
  else if (json) terminal.json({ count: reply.value.count });
  else terminal.note(words.cli.ruleChanged(reply.value.count));
  return reply.ok ? 0 : 1;
};

function deedOf(words: Words, [verb = 'list', number, extra]: readonly string[]): Deed | Misuse {
  if (verb === 'list') return number === undefined ? { do: 'list' } : { misuse: words.cli.tooMuch(number) };
  if (verb !== 'try' && verb !== 'apply') return { misuse: words.cli.notOneOf(verb, 'list, try, apply') };
  if (number === undefined) return { misuse: words.cli.missing };
  if (extra !== undefined) return { misuse: words.cli.tooMuch(extra) };
  const at = numberOf(number);
  return at === null ? { misuse: words.cli.notNumber(number) } : { do: verb, number: at };
}

function numberOf(text: string): number | null {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : null;
}

function lineOf(words: Words, { rule }: KeptRule, number: number): string {
  const { when, deeds } = ruleText(words, systemLanguage(), rule);
  return `${String(number).padStart(3)}  ${safe(when)}  →  ${safe(deeds)}${rule.on ? '' : `  (${words.cli.ruleOff})`}`;
}
