/*
 * Loaded before a host (`node --import`): how long its event loop was held up. On SIGUSR2 it appends one line of JSON to
 * the file named by LOOP_DELAY, in milliseconds, and begins anew.
 */
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { monitorEventLoopDelay } from 'node:perf_hooks';

if (isMainThread && process.env.LOOP_DELAY) {
  const resolution = 5;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  let cpu = process.cpuUsage();
  process.on('SIGUSR2', () => {
    const used = process.cpuUsage(cpu);
    // What is measured is the time between two turns, of which the resolution is asked for.
    const of = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolution);
    const facts = { p50: of(delay.percentile(50)), p99: of(delay.percentile(99)), max: of(delay.max), cpu: (used.user + used.system) / 1_000, rss: process.memoryUsage().rss / 1e6 };
    appendFileSync(process.env.LOOP_DELAY, `${JSON.stringify(facts)}\n`);
    delay.reset();
    cpu = process.cpuUsage();
  });
}
