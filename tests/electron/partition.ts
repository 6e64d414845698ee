import { EventEmitter } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserServer, type CDPSession, type Page } from 'playwright-core';
import { chromiumPath } from '../stage.ts';
import { kinds, type StandInSession } from './session.ts';

/*
 * Windows that show other people's pages, each partition in a Chromium of its own. The debugger is the protocol itself,
 * so that what the app does through it is done to a real page.
 */

/** The switches that the app gave Chromium before it was ready. */
export const switches: string[] = [];

type Partition = { server: BrowserServer; browser: Browser; context: BrowserContext | null };
/** For those who cannot wait. */
const running: BrowserServer[] = [];
const partitions = new Map<StandInSession, Promise<Partition>>();

async function launch(own: StandInSession): Promise<Partition> {
  const server = await chromium.launchServer({ executablePath: chromiumPath(), chromiumSandbox: process.getuid?.() !== 0, headless: true, args: switches });
  running.push(server);
  const partition: Partition = { server, browser: await chromium.connect(server.wsEndpoint()), context: null };
  own.onCleared(async () => {
    const { context } = partition;
    partition.context = null;
    await context?.close();
  });
  return partition;
}

/** Where a partition's pages are opened: anew after each clearing, behind its proxy and its rules. */
export async function openPartition(own: StandInSession): Promise<BrowserContext> {
  const started = partitions.get(own) ?? launch(own);
  partitions.set(own, started);
  const partition = await started;
  if (partition.context === null) {
    const { proxy } = own.recorded;
    if (proxy === null) throw new Error('Other people’s pages need a proxy that leads nowhere.');
    partition.context = await partition.browser.newContext({ proxy: { server: proxy.proxyRules, bypass: proxy.proxyBypassRules } });
    await partition.context.route('**/*', (route) => own.route(route));
  }
  return partition.context;
}

export async function closePartitions(): Promise<void> {
  for (const started of partitions.values()) {
    const { browser, server } = await started;
    await browser.close();
    await server.close();
  }
}

/** The processes of pages in partitions, the largest first; sizes in kilobytes, as Electron has them. */
export function getAppMetrics(): Array<{ pid: number; memory: { workingSetSize: number } }> {
  const groups = new Set(running.map((server) => server.process().pid));
  const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((id) => {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
      const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
      if (!groups.has(group) || !readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--type=renderer')) return [];
      return [{ pid: Number(id), memory: { workingSetSize: Number(/^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'latin1'))?.[1] ?? 0) } }];
    } catch {
      return []; // ended while it was looked at
    }
  });
  return found.toSorted((a, b) => b.memory.workingSetSize - a.memory.workingSetSize);
}

type Paused = { requestId: string; request: { url: string }; resourceType: string };
export type StandInDebugger = ReturnType<typeof makeDebugger>;

/** `webContents.debugger`. As in Electron, a request is first put to the session's rules and then to the debugger. */
export function makeDebugger(page: Promise<Page>, own: StandInSession) {
  let attached: Promise<CDPSession> | null = null;
  const events = new EventEmitter();
  async function hear(session: CDPSession, method: string, params: Record<string, unknown>): Promise<void> {
    if (method === 'Fetch.requestPaused') {
      const { requestId, request, resourceType } = params as Paused;
      if (await own.refuses(request.url, kinds[resourceType.toLowerCase()] ?? 'other')) return void (await session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }));
    }
    events.emit('message', {}, method, params, '');
  }
  return Object.assign(events, {
    attach(version: string): void {
      if (version !== '1.3' || attached !== null) throw new Error('Debugger attach failed');
      attached = page.then(async (one) => {
        const session = await one.context().newCDPSession(one);
        session.on('event', ({ method, params }) => void hear(session, method, (params ?? {}) as Record<string, unknown>).catch(() => undefined));
        return session;
      });
    },
    async sendCommand(method: string, params: object = {}): Promise<Record<string, unknown>> {
      if (attached === null) throw new Error('No target available');
      return (await attached).send(method as 'Page.enable', params as never) as unknown as Promise<Record<string, unknown>>;
    },
  });
}
