import { tagColours } from '../../shared/tag-colour.ts';
import { TagName, type Tag } from '../../shared/tag.ts';
import { isMisuse, readArguments, type Misuse } from './arguments.ts';
import { safe } from './terminal.ts';
import type { Context, Verb } from './verb.ts';

/** What is to be done with tags; `list` and `alike` change nothing. */
type Deed =
  | { do: 'list' }
  | { do: 'alike' }
  | { do: 'retag'; tags: string[]; to: string | null }
  | { do: 'apart'; tags: string[] }
  | { do: 'colour'; tag: string; colour: (typeof tagColours)[number] | null };

/** `lectern tags`: all of them, those that look alike, and what is done with one everywhere. */
export const tags: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { json: 'flag', into: 'text' });
  if (isMisuse(given)) return given;
  const deed = deedOf(context, given.rest, given.texts.get('into') ?? null);
  if (isMisuse(deed)) return deed;
  const json = given.flags.has('json');
  const { ask } = await context.open();
  const known = await ask('tags', {});
  if (!known.ok) {
    terminal.fail(known.failure);
    return 1;
  }
  if (deed.do === 'list') {
    if (json) terminal.json(known.value);
    else if (known.value.length === 0) terminal.note(words.sidebar.noTags);
    else for (const tag of known.value) terminal.line(lineOf(tag));
    return 0;
  }
  if (deed.do === 'alike') {
    const groups = await ask('alikeTags', {});
    if (!groups.ok) {
      terminal.fail(groups.failure);
      return 1;
    }
    if (json) terminal.json(groups.value);
    else if (groups.value.length === 0) terminal.note(words.tags.noneAlike);
    else terminal.line(groups.value.map((group) => group.map(lineOf).join('\n')).join('\n\n'));
    return 0;
  }
  const missing = (deed.do === 'colour' ? [deed.tag] : deed.tags).find((name) => !known.value.some((tag) => tag.name === name));
  if (missing !== undefined) {
    terminal.fail({ kind: 'not-found', what: missing });
    return 1;
  }
  if (deed.do === 'colour') {
    const reply = await ask('setTag', { tag: deed.tag, colour: deed.colour });
    if (!reply.ok) terminal.fail(reply.failure);
    else if (json) terminal.json({ tag: deed.tag, colour: deed.colour });
    return reply.ok ? 0 : 1;
  }
  if (deed.do === 'apart') {
    const reply = await ask('keepTagsApart', { tags: deed.tags });
    if (!reply.ok) terminal.fail(reply.failure);
    else if (json) terminal.json({ apart: deed.tags });
    else terminal.note(words.tags.keptApart(safe(deed.tags.join(', '))));
    return reply.ok ? 0 : 1;
  }
  const reply = await ask('retag', { tags: deed.tags, to: deed.to });
  if (!reply.ok) {
    terminal.fail(reply.failure);
    return 1;
  }
  const { count } = reply.value;
  if (json) terminal.json({ count });
  else terminal.note(deed.to === null ? words.tags.removed(safe(deed.tags.join(', ')), count) : words.tags.merged(safe(deed.to), count));
  return 0;
};

function lineOf({ name, count, colour }: Tag): string {
  return `${String(count).padStart(6)}  ${safe(name)}${colour === null ? '' : `  (${colour})`}`;
}

function deedOf({ words }: Context, rest: readonly string[], into: string | null): Deed | Misuse {
  const [verb = 'list', ...names] = rest;
  const [first, second, extra] = names;
  const named = (text: string): string | Misuse => TagName.safeParse(text).data ?? { misuse: words.add.badTag };
  if (into !== null && verb !== 'merge') return { misuse: words.cli.unknownOption('--into') };
  switch (verb) {
    case 'list':
    case 'alike':
      return first === undefined ? { do: verb } : { misuse: words.cli.tooMuch(first) };
    case 'rename': {
      if (first === undefined || second === undefined) return { misuse: words.cli.missing };
      if (extra !== undefined) return { misuse: words.cli.tooMuch(extra) };
      const to = named(second);
      return typeof to === 'string' ? { do: 'retag', tags: [first], to } : to;
    }
    case 'merge': {
      if (first === undefined || into === null) return { misuse: words.cli.missing };
      const to = named(into);
      return typeof to === 'string' ? { do: 'retag', tags: names.filter((name) => name !== to), to } : to;
    }
    case 'apart':
      return new Set(names).size < 2 ? { misuse: words.cli.missing } : { do: 'apart', tags: names };
    case 'remove':
      return first === undefined ? { misuse: words.cli.missing } : { do: 'retag', tags: names, to: null };
    case 'colour': {
      if (first === undefined || second === undefined) return { misuse: words.cli.missing };
      if (extra !== undefined) return { misuse: words.cli.tooMuch(extra) };
      const colour = tagColours.find((name) => name === second) ?? null;
      return colour === null && second !== 'none' ? { misuse: words.cli.notOneOf(second, [...tagColours, 'none'].join(', ')) } : { do: 'colour', tag: first, colour };
    }
    default:
      return { misuse: words.cli.notOneOf(verb, 'list, alike, apart, rename, merge, remove, colour') };
  }
}
