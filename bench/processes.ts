import { readFileSync, readdirSync } from 'node:fs';
import { sure } from './pairs.ts';

/* What a process and those it started take, by /proc: Linux only. */

/** A file of a process, or null when the process is gone. */
export const fields = (pid: string, name: string): string | null => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return null;
  }
};

/** Megabytes that are a process's own, shared ones shared out. */
const pssOf = (pid: string): number => Number(/^Pss:\s+(\d+)/m.exec(fields(pid, 'smaps_rollup') ?? '')?.[1] ?? 0) / 1_024;

/** A process and all that it started. */
export function treeOf(root: number): string[] {
  const parents = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => [pid, /\) \S (\d+)/.exec(fields(pid, 'stat') ?? '')?.[1]]));
  const within = (pid: string): boolean => pid === String(root) || (parents.get(pid) !== undefined && parents.get(pid) !== '0' && within(sure(parents.get(pid))));
  return [...parents.keys()].filter(within);
}

export const memory = (root: number): number => treeOf(root).reduce((sum, pid) => sum + pssOf(pid), 0);

/** The browser that this process started. */
export const browserPid = (): number => Number(sure(treeOf(process.pid).find((pid) => /\) \S (\d+)/.exec(fields(pid, 'stat') ?? '')?.[1] === String(process.pid) && (fields(pid, 'cmdline') ?? '').includes('--remote-debugging'))));

export const written = (pid: number): number => Number(/^write_bytes: (\d+)/m.exec(fields(String(pid), 'io') ?? '')?.[1] ?? 0);

/** How often the threads of a tree have gone to sleep of their own will so far: each time they had been woken. */
export const wakeUps = (root: number): number => treeOf(root).flatMap((pid) => {
  try {
    return readdirSync(`/proc/${pid}/task`).map((task) => Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(fields(pid, `task/${task}/status`) ?? '')?.[1] ?? 0));
  } catch {
    return [];
  }
}).reduce((sum, one) => sum + one, 0);

/** Milliseconds of processor time that a tree has used so far. */
export const cpu = (root: number): number => treeOf(root).reduce((sum, pid) => {
  const [user = 0, system = 0] = (fields(pid, 'stat') ?? '').replace(/^.*\) /s, '').split(' ').slice(11, 13).map(Number);
  return sum + (user + system) * 10;
}, 0);
