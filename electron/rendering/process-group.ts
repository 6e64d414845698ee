import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process that is alive, with its memory in bytes. */
export type Member = { id: number; memory: number };

/**
 * The processes of a browser that are alive: those of its group, and those that left it but name its profile, as the
 * handler of crashes does. One that was killed and not yet buried does not count. Null where it cannot be known
 * (Windows, where the engine's own limits must do).
 */
export async function membersOf(group: number, profile: string): Promise<Member[] | null> {
  switch (process.platform) {
    case 'linux': return fromProc(group, profile);
    case 'darwin': return fromList(group, profile);
    default: return null;
  }
}

async function fromProc(group: number, profile: string): Promise<Member[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  // One that ends while it is looked at has no files any more.
  const found = await Promise.all(ids.map((id) => memberOf(id, group, profile).catch(() => null)));
  return found.filter((member) => member !== null);
}

async function memberOf(id: string, group: number, profile: string): Promise<Member | null> {
  const stat = await readFile(`/proc/${id}/stat`, 'latin1');
  // After the name in brackets, which may hold anything: state, parent, group.
  const [state, , own] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return null;
  if (Number(own) !== group && !(await readFile(`/proc/${id}/cmdline`, 'utf8')).includes(profile)) return null;
  const status = await readFile(`/proc/${id}/status`, 'latin1');
  return { id: Number(id), memory: Number(/^VmRSS:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024 };
}

async function fromList(group: number, profile: string): Promise<Member[]> {
  const { stdout } = await promisify(execFile)('/bin/ps', ['-axwwo', 'pid=,pgid=,rss=,stat=,args=']);
  const lines = [...stdout.matchAll(/^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s(.*)$/gm)];
  return lines.flatMap(([, id, own, size, state, args]) =>
    state?.startsWith('Z') === true || (Number(own) !== group && args?.includes(profile) !== true) ? [] : [{ id: Number(id), memory: Number(size) * 1_024 }],
  );
}
