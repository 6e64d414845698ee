import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { ArticleId, Stage } from '../../shared/article.ts';
import type { Ask, Saved } from '../../shared/contract.ts';
import { normalAddress } from '../../shared/url.ts';
import { isMisuse, readArguments } from './arguments.ts';
import { readInput } from './input.ts';
import { safe, stateText } from './terminal.ts';
import type { Context, Verb } from './verb.ts';
import { type Settled, waitFor } from './wait.ts';

/** One thing to add: addresses that belong together, or the bytes of a page. */
type Thing = { urls: string[] } | { name: string; bytes: Buffer };
type Wanted = { tags: string[]; url: string | null; bookmark: boolean; note: string; wait: boolean; json: boolean };

/** `lectern add`: everything is safe on the disk before a line about it is printed. */
export const add: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, { tag: 'several', url: 'text', bookmark: 'flag', note: 'text', wait: 'flag', json: 'flag' });
  if (isMisuse(given)) return given;
  if (given.rest.length === 0) return { misuse: words.cli.missing };
  const wanted: Wanted = {
    tags: given.lists.get('tag') ?? [],
    url: given.texts.get('url') ?? null,
    bookmark: given.flags.has('bookmark'),
    note: given.texts.get('note') ?? '',
    wait: given.flags.has('wait'),
    json: given.flags.has('json'),
  };
  if (wanted.note !== '' && !wanted.bookmark) return { misuse: words.cli.noteAlone };
  let failed = false;
  const things: Thing[] = [];
  for (const argument of given.rest) {
    for (const thing of await look(context, argument)) {
      if (thing === null) failed = true;
      else if (wanted.bookmark && !('urls' in thing)) {
        failed = true;
        terminal.complain(words.cli.notAnAddress(safe(argument)));
      }
      else things.push(thing);
    }
  }
  if (things.length === 0) return 1;

  const access = await context.open();
  const saved: Saved[] = [];
  for (const thing of together(things)) {
    const kept = await keep(context, access.ask, thing, wanted);
    if (kept === null) failed = true;
    else saved.push(...kept);
    if (!wanted.wait) for (const one of kept ?? []) print(context, one, 'urls' in thing ? '' : thing.name, null, wanted.json);
  }
  if (!wanted.wait) return failed ? 1 : 0;

  const byId = new Map<ArticleId, Saved>(saved.map((one) => [one.id, one]));
  terminal.progress(0, byId.size);
  let done = 0;
  let waiting = 0;
  for await (const { id, title, stage, links } of waitFor(access, [...byId.keys()])) {
    const one = byId.get(id);
    if (one === undefined) continue;
    done += 1;
    if (stage.state !== 'ready' && stage.state !== 'bookmark') failed = true;
    if (stage.state === 'waiting' || stage.state === 'working') waiting += 1;
    print(context, one, title, { title, stage, links }, wanted.json);
    terminal.progress(done, byId.size);
  }
  terminal.calm();
  if (waiting > 0) {
    const queue = await access.ask('queue', { count: 1 });
    terminal.complain(queue.ok && queue.value.held ? words.cli.heldWaiting(waiting) : words.cli.stillWaiting(waiting));
  }
  return failed ? 1 : 0;
};

/** What an argument stands for, null for what is nothing; a file that is there wins over an address of the same spelling. */
async function look({ words, terminal }: Context, argument: string): Promise<Array<Thing | null>> {
  const nothing = (sentence: string): [null] => {
    terminal.complain(sentence);
    return [null];
  };
  if (argument === '-') {
    const bytes = await readInput();
    if (bytes.length === 0) return nothing(words.cli.emptyInput);
    const listed = addressesIn(bytes);
    if (listed === null) return [{ name: 'stdin', bytes }];
    return listed.map((line) => (normalAddress(line) === null ? nothing(words.cli.nothingToRead(safe(line)))[0] : { urls: [line] }));
  }
  if (statSync(argument, { throwIfNoEntry: false })?.isFile() === true) {
    try {
      return [{ name: basename(resolve(argument)), bytes: readFileSync(argument) }];
    } catch (error) {
      return nothing(words.cli.cannotRead(safe(argument), reasonOf(error)));
    }
  }
  if (normalAddress(argument) !== null) return [{ urls: [argument] }];
  return nothing(words.cli.nothingToRead(safe(argument)));
}

/** The lines of standard input that are not blank, when it is a list of addresses: the first is one, and so are most. */
function addressesIn(bytes: Buffer): string[] | null {
  if (bytes.length > 4_000_000) return null;
  const lines = bytes.toString('utf8').replace(/^\ufeff/, '').split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  const isAddress = (line: string): boolean => /^https?:\/\/\S+$/i.test(line) && normalAddress(line) !== null;
  const [first] = lines;
  return first !== undefined && isAddress(first) && lines.filter(isAddress).length * 2 > lines.length ? lines : null;
}

/** Neighbouring addresses in one question, so that 500 of them are one act; at most as many as the contract takes. */
function together(things: Thing[]): Thing[] {
  const merged: Thing[] = [];
  for (const thing of things) {
    const last = merged.at(-1);
    if ('urls' in thing && last !== undefined && 'urls' in last) last.urls.push(...thing.urls);
    else merged.push('urls' in thing ? { urls: [...thing.urls] } : thing);
  }
  return merged.flatMap((thing) => {
    if (!('urls' in thing)) return [thing];
    const parts: Thing[] = [];
    for (let from = 0; from < thing.urls.length; from += 10_000) parts.push({ urls: thing.urls.slice(from, from + 10_000) });
    return parts;
  });
}

async function keep({ terminal }: Context, ask: Ask, thing: Thing, wanted: Wanted): Promise<Saved[] | null> {
  if ('urls' in thing) {
    const { urls } = thing;
    const reply = wanted.bookmark
      ? await ask('bookmark', { pages: urls.map((url) => ({ url, note: wanted.note })), tags: wanted.tags })
      : await ask('save', { urls, tags: wanted.tags });
    if (reply.ok) return reply.value;
    terminal.fail(reply.failure);
    return null;
  }
  const reply = await ask('saveFile', { name: thing.name, base64: thing.bytes.toString('base64'), url: wanted.url, tags: wanted.tags });
  if (reply.ok) return [reply.value];
  terminal.fail(reply.failure, thing.name);
  return null;
}

/** One line about one thing; `name` is what it is called where it has no address. */
function print({ words, terminal }: Context, saved: Saved, name: string, end: Omit<Settled, 'id'> | null, json: boolean): void {
  if (json) {
    const facts = end === null ? {} : { title: end.title, state: end.stage.state, links: end.links, failure: end.stage.state === 'failed' ? end.stage.failure : null, ...waitOf(end.stage) };
    return terminal.json({ ...saved, ...facts });
  }
  const what = safe(end?.title ?? saved.url ?? name);
  if (end === null) return terminal.line(`${saved.id}  ${what}  ${saved.outcome === 'known' ? words.cli.known : words.cli.kept}`);
  terminal.line(`${saved.id}  ${what}  ${end.links !== null && end.stage.state === 'ready' ? words.list.listPage(end.links) : stateText(words, end.stage)}`);
  if (end.stage.state === 'failed') terminal.fail(end.stage.failure, saved.url ?? what);
}

/** For scripts: what an article waits for. */
function waitOf(stage: Stage): object {
  if (stage.state !== 'waiting') return {};
  return { retry: stage.retry ?? null, rest: stage.rest ?? null };
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
