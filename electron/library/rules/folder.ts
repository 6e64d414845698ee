import { lstatSync, readFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { FailureError } from '../../../shared/failure.ts';
import type { RuleFile } from '../../../shared/site-rule.ts';
import { hostOf } from '../../../shared/url.ts';
import { mostRuleBytes, readRule, type RuleText, type SiteRule } from '../extract/site-rule.ts';
import { storageFailure } from '../storage/disk.ts';
import { writeWhole } from '../storage/layout.ts';

/** The library's own folder of site rules, as it is at this moment: every answer looks at the disk again. */
export type RuleFolder = {
  readonly path: string;
  /** The rules for an address, the most telling first: its host's own file or else the nearest wildcard, then `global.txt`. */
  textsFor(url: string | null): RuleText[];
  /** The same, read. */
  rulesFor(url: string | null): SiteRule[];
  /** Request headers that the rule of this very host asks for; never those of `global.txt` or of another host. */
  headersFor(url: URL): Record<string, string>;
  list(find: string, count: number): Promise<{ total: number; files: RuleFile[] }>;
  /** Throws FailureError `not-found`. */
  read(name: string): RuleText;
  /** Throws FailureError bad-input for a name that is no rule's, storage, disk-full. */
  write(rule: RuleText): Promise<void>;
};

/** A host's name, one with a dot before it for its subdomains, or `global`. */
const namePattern = /^\.?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.txt$/;
export const isRuleName = (name: string): boolean => name.length <= 200 && namePattern.test(name);
const globalName = 'global.txt';

/** What a rule file's name says: a host, `.host` for its subdomains, null for every site. */
export const hostOfRule = (name: string): string | null => (name === globalName ? null : name.replace(/\.txt$/, ''));

/** The names a host's rule may have, the most telling first. A wildcard is for what stands before its dot, not for the host itself. */
export function ruleNamesFor(host: string): string[] {
  const labels = host.split('.');
  return [host, ...labels.slice(1, -1).map((_, i) => `.${labels.slice(i + 1).join('.')}`)].map((each) => `${each}.txt`).filter(isRuleName);
}

type Known = { stamp: string; text: RuleText; rule: SiteRule };

/** Opens `rules/` of a library folder; it need not be there. */
export function openRules(root: string): RuleFolder {
  const folder = join(root, 'rules');
  const known = new Map<string, Known>();

  /** A file's rule, read anew when the file is another one; null when there is none of that name. */
  function look(name: string): Known | null {
    if (!isRuleName(name)) return null;
    const facts = lstatSync(join(folder, name), { throwIfNoEntry: false });
    // A link that someone put there must not make a rule of what lies elsewhere.
    if (facts === undefined || !facts.isFile()) {
      known.delete(name);
      return null;
    }
    const stamp = `${facts.ino} ${facts.size} ${facts.mtimeMs}`;
    const before = known.get(name);
    if (before?.stamp === stamp) return before;
    const text: RuleText = { name, text: facts.size > mostRuleBytes * 2 ? ' '.repeat(mostRuleBytes + 1) : readText(join(folder, name)) };
    const found = { stamp, text, rule: readRule(text) };
    known.set(name, found);
    return found;
  }

  function namesIn(url: string | null): Known[] {
    const host = hostOf(url);
    if (host === null) return [];
    const own = ruleNamesFor(host).map(look).find((found) => found !== null) ?? null;
    return [own, look(globalName)].filter((found) => found !== null);
  }

  return {
    path: folder,
    textsFor: (url) => namesIn(url).map(({ text }) => text),
    rulesFor: (url) => namesIn(url).map(({ rule }) => rule),
    headersFor: (url) => namesIn(url.href).find(({ text }) => text.name !== globalName)?.rule.headers ?? {},
    async list(find, count) {
      const files: RuleFile[] = [];
      const names = (await namesOf(folder)).filter((name) => name.includes(find.toLowerCase())).toSorted((a, b) => (a.replace(/^\./, '') < b.replace(/^\./, '') ? -1 : 1));
      for (const [index, name] of names.slice(0, count).entries()) {
        if (index % 50 === 49) await setImmediate();
        const found = look(name);
        if (found !== null) files.push({ name, host: hostOfRule(name), directives: found.rule.directives, problems: found.rule.problems });
        else files.push({ name, host: null, directives: 0, problems: [{ line: 0, kind: 'file-name', name }] });
      }
      return { total: names.length, files };
    },
    read(name) {
      const found = look(name);
      if (found === null) throw new FailureError({ kind: 'not-found', what: name });
      return found.text;
    },
    async write({ name, text }) {
      if (!isRuleName(name)) throw new FailureError({ kind: 'bad-input', problem: name });
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        if (lstatSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === false) throw new FailureError({ kind: 'bad-input', problem: name });
        writeWhole(join(folder, name), text);
      } catch (error) {
        throw error instanceof FailureError ? error : storageFailure(error, folder);
      }
    },
  };
}

async function namesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.txt'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw storageFailure(error, folder);
  }
}

/** A file gone between being looked at and being read is none. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}
