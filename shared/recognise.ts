import { addressKey, normalAddress } from './url.ts';

/*
 * What a person typed, pasted or dropped, understood before anything is done with it: a list of addresses, or a text
 * to be kept. Pure: nothing is looked up. Made for hundreds of lines at a key press.
 */

/** Why a line in a list of addresses is left out: no address in it, an address of another kind than http(s), or longer than 8,000 characters. */
export type Refusal = 'no-address' | 'not-web' | 'too-long';
/** A line left out, counted from 1. */
export type Refused = { line: number; text: string; why: Refusal };

export type Recognised =
  | { kind: 'nothing' }
  /** `addresses` are normal, each page once, in order; `repeated` counts the ones left out for being there already. */
  | { kind: 'addresses'; addresses: string[]; repeated: number; refused: Refused[] }
  /** `title` is the text's own first heading or line, at most 200 characters. */
  | { kind: 'text'; format: 'text' | 'markdown' | 'html'; title: string };

/** The longest address that is taken, in characters. */
export const longestAddress = 8_000;
/** With more words than this around its addresses a line is prose, in characters. */
const PROSE = 160;

const webAddress = /https?:\/\/[^\s<>"'`|，。；、！？（）【】《》「」『』“”]+/giu;
/** A line that is one address and nothing else: full-width brackets may belong to it, as in titles of encyclopedias. */
const wholeLine = /^https?:\/\/(?:(?!https?:\/\/)[^\s<>"'`|，。；！？])+$/iu;
/** Chinese, Japanese and Korean prose leaves no space after an address: it goes on right behind a Latin letter or digit. */
const proseBehind = /(?<=[a-z0-9])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}].*$/iu;
const bracketBehind = /(?<=[a-z0-9])（.*$/iu;
const otherScheme = /^[a-z][a-z0-9+.-]*:(?!\d)\S/iu;
const bareHost = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+([\p{L}]{2,24})(?::\d{1,5})?(?:[/?#]\S*)?$/u;
const bareLocal = /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?:[/?#]\S*)?$/iu;
const fileEndings = new Set('txt md html htm pdf doc docx xls xlsx csv json xml zip gz tar jpg jpeg png gif webp svg mp3 mp4 epub js ts py'.split(' '));

/** Understands a text. Never fails: what is no list of addresses is a text. */
export function recognise(input: string): Recognised {
  const text = input.trim();
  if (text === '') return { kind: 'nothing' };
  if (/^(?:<!doctype html|<html|<\?xml|<head|<body|<article|<div|<p[\s>])/iu.test(text)) {
    return { kind: 'text', format: 'html', title: htmlTitle(text) };
  }
  return asAddresses(input) ?? { kind: 'text', format: isMarkdown(text) ? 'markdown' : 'text', title: firstLine(text) };
}

function asAddresses(input: string): Recognised | null {
  const found = new Map<string, string>();
  const refused: Refused[] = [];
  let repeated = 0;
  let withAddress = 0;
  let lines = 0;
  for (const [index, raw] of input.split(/\r\n|[\n\r]/u).entries()) {
    const line = raw.trim();
    if (line === '') continue;
    lines += 1;
    const { addresses, around } = addressesIn(line);
    if (around > PROSE) return null;
    const kept = addresses.filter((address) => address.length <= longestAddress);
    if (kept.length === 0) {
      const why = addresses.length > 0 ? 'too-long' : otherScheme.test(line) ? 'not-web' : 'no-address';
      refused.push({ line: index + 1, text: line.slice(0, 200), why });
      continue;
    }
    withAddress += 1;
    for (const address of kept) {
      const key = addressKey(address) ?? address;
      if (found.has(key)) repeated += 1;
      else found.set(key, address);
    }
  }
  // Titles between addresses are usual in pasted lists; a text that merely cites one is not a list.
  if (withAddress === 0 || withAddress * 2 < lines) return null;
  return { kind: 'addresses', addresses: [...found.values()], repeated, refused };
}

/** The addresses of one line, and how many characters of other words stand around them. */
function addressesIn(line: string): { addresses: string[]; around: number } {
  const found: string[] = [];
  let taken = 0;
  const spaced = line.replaceAll(/[,;](?=https?:\/\/)/giu, ' ');
  for (const hit of wholeLine.test(spaced) ? [spaced] : spaced.matchAll(webAddress)) {
    const cut = withoutTail(typeof hit === 'string' ? hit.replace(bracketBehind, '') : withoutProse(hit));
    const address = normalAddress(cut);
    if (address === null) continue;
    found.push(address);
    taken += cut.length;
  }
  if (found.length > 0) return { addresses: found, around: line.length - taken };
  const bare = bareAddress(line.replace(/^[-*•>]\s+/u, ''));
  return bare === null ? { addresses: [], around: line.length } : { addresses: [bare], around: 0 };
}

/** An address with white space or brackets on both sides is taken whole; any other ends where prose goes on. */
function withoutProse({ 0: address, index, input }: RegExpExecArray): string {
  const apart = /^$|[\s<(]/u.test(input[index - 1] ?? '') && /^$|[\s>)]/u.test(input[index + address.length] ?? '');
  return apart ? address : address.replace(proseBehind, '');
}

/** Typed by hand without `https://`: `example.org/page`, `localhost:8080`. Names of files are not taken for hosts. */
function bareAddress(line: string): string | null {
  if (bareLocal.test(line)) return normalAddress(`http://${line}`);
  const ending = bareHost.exec(line)?.[1];
  if (ending === undefined) return null;
  if (fileEndings.has(ending.toLowerCase()) && !/[/?#]/u.test(line)) return null;
  return normalAddress(`https://${line}`);
}

/** Without the punctuation that ends a sentence or a Markdown link; a closing bracket stays when it was opened inside. */
function withoutTail(address: string): string {
  const extra = { ')': surplus(address, '(', ')'), ']': surplus(address, '[', ']'), '}': surplus(address, '{', '}') };
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address[end - 1] ?? '';
    if (last === ')' || last === ']' || last === '}') {
      if (extra[last] <= 0) break;
      extra[last] -= 1;
    } else if (!/[.,;:!?*_~…]/u.test(last)) break;
  }
  return address.slice(0, end);
}

/** How many more closing than opening brackets there are. */
function surplus(text: string, open: string, close: string): number {
  return text.split(close).length - text.split(open).length;
}

function isMarkdown(text: string): boolean {
  if (/^(?:#{1,6} \S|---\n)/u.test(text)) return true;
  const signs = [/^#{1,6} \S/mu, /^(?:[-*+]|\d+\.) \S/mu, /\[[^[\]\n]+\]\([^[)\s]+\)/u, /^```/mu, /\*\*[^*\n]+\*\*/u, /^> \S/mu];
  return signs.filter((sign) => sign.test(text)).length >= 2;
}

function firstLine(text: string): string {
  const line = text.split(/\r\n|[\n\r]/u).find((each) => each.trim() !== '') ?? '';
  return line.trim().replace(/^#{1,6}\s+/u, '').slice(0, 200);
}

function htmlTitle(text: string): string {
  const title = /<title[^<>]*>([^<]*)/iu.exec(text)?.[1] ?? /<h1[^<>]*>([^<]*)/iu.exec(text)?.[1] ?? '';
  return title.replace(/\s+/gu, ' ').trim().slice(0, 200);
}
