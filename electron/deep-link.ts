import { statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import type { ArticleId } from '../shared/article.ts';
import type { HighlightId } from '../shared/highlight.ts';
import { isOpenable } from './policy.ts';

/** What a link from one's own notes leads back to. */
export type Kept = { id: ArticleId; highlight: HighlightId | null };
/** What a launch asks for: addresses typed by a person, addresses a link proposes, files to read, and an article to be shown. */
export type Launch = { urls: string[]; offered: string[]; files: string[]; kept: Kept | null };

export const noLaunch: Launch = { urls: [], offered: [], files: [], kept: null };

/** Longer than any address that a browser would follow; what is longer is not looked at. */
const addressLimit = 8_000;
/** A folder's worth of files dropped on the icon; what is more is not looked at. */
const argumentLimit = 200;
const readable = new Set(['.html', '.htm', '.txt', '.md']);

/** An http or https address in its normal spelling, or null. Nothing with a user name in it: that is how hosts are faked. */
export function webAddress(text: string): string | null {
  return text.length <= addressLimit && /^https?:\/\//i.test(text) && isOpenable(text) ? new URL(text).href : null;
}

/**
 * The address in a `lectern://save?url=…` link, or null for anything else. The grammar is exact: that one verb, that
 * one parameter, once, percent-encoded; no path, port, user or fragment. It only ever proposes, never saves by itself.
 */
export function offeredAddress(link: string): string | null {
  if (link.length > addressLimit * 3) return null;
  // Some systems add a slash after the host of a link they pass on.
  const match = /^lectern:\/\/save\/?\?url=([^&#\s]+)$/i.exec(link);
  if (match?.[1] === undefined) return null;
  try {
    return webAddress(decodeURIComponent(match[1]));
  } catch {
    return null; // a malformed percent escape
  }
}

/**
 * The article, and the highlight in it, that a `lectern://open?article=…&highlight=…` link names, or null for anything
 * else. It only ever shows what is kept; whether there is such an article, nobody outside learns.
 */
export function keptArticle(link: string): Kept | null {
  const [, id, highlight] = /^lectern:\/\/open\/?\?article=([0-9a-hjkmnp-tv-z]{20})(?:&highlight=([0-9a-hjkmnp-tv-z]{20}))?$/.exec(link) ?? [];
  return id === undefined ? null : { id, highlight: highlight ?? null };
}

/**
 * Reads the arguments of a launch, the program's own name left out. Whatever begins with a dash is ignored, as are
 * unknown schemes, folders and files of other kinds: Chromium puts its own switches among the arguments, and a
 * hostile link may try to. Where a `lectern:` link is present, nothing else counts: a link's text must not be able to
 * smuggle in arguments that look typed.
 */
export function readLaunch(argv: readonly string[], cwd: string): Launch {
  const launch: Launch = { ...noLaunch, urls: [], offered: [], files: [] };
  const given = argv.filter((argument) => argument !== '' && !argument.startsWith('-')).slice(0, argumentLimit);
  const links = given.filter((argument) => /^lectern:/i.test(argument));
  if (links.length > 0) {
    const offered = offeredAddress(links.at(-1) ?? '');
    if (offered !== null) launch.offered.push(offered);
    return { ...launch, kept: keptArticle(links.at(-1) ?? '') };
  }
  for (const argument of given) {
    const url = webAddress(argument);
    if (url !== null) launch.urls.push(url);
    else {
      const file = readableFile(argument, cwd);
      if (file !== null) launch.files.push(file);
    }
  }
  return launch;
}

/** The absolute path of an existing page or text file, or null. */
export function readableFile(argument: string, cwd: string): string | null {
  // A network share's name (`\\host\share`, `//host/share`) would sign this machine in there just by being looked at.
  if (/^[\\/]{2}/.test(argument) || argument.includes('\0') || !readable.has(extname(argument).toLowerCase())) return null;
  const path = resolve(cwd, argument);
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? path : null;
}
