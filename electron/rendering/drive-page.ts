import { setTimeout as wait } from 'node:timers/promises';
import { FailureError } from '../../shared/failure.ts';
import type { Rendered, RenderTask } from '../library/saving/rendering.ts';
import type { DevTools } from './devtools.ts';
import { lookAtPage, takePage } from './page-script.ts';
import { answerRequests } from './traffic.ts';

/** Milliseconds between two looks, and for how long nothing may have moved before a page counts as ready. */
const pause = 150;
const rest = 600;
/** A page with next to no text is given this long once it has loaded, quiet or not: many wait a moment before they ask for their text. */
const patience = 4_000;
const littleText = 250;

/** As tall as many screens, so that what loads when it comes into view comes into view. */
const screen = { width: 1280, height: 6_000, deviceScaleFactor: 1, mobile: false };

type Look = { ready: boolean; elements: number; text: number; url: string };

/**
 * Opens the task's page in an empty one, waits until it rests, and takes what it has become. `gone` rejects when the
 * page's process ends or grows too large. Rejects as `RenderPage` says; the page is the caller's to destroy.
 */
export async function drivePage(tools: DevTools, task: RenderTask, gone: Promise<never>): Promise<Rendered> {
  const { promise: broken, reject: breakOff } = Promise.withResolvers<never>();
  const onAbort = (): void => breakOff(new FailureError({ kind: 'cancelled' }));
  task.signal.addEventListener('abort', onAbort, { once: true });
  if (task.signal.aborted) onAbort();
  const stopDialogs = tools.on((method) => {
    if (method === 'Page.javascriptDialogOpening') tools.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => undefined);
    if (method === 'Inspector.targetCrashed') breakOff(new FailureError({ kind: 'too-complex' }));
  });
  try {
    return await Promise.race([run(tools, task, breakOff), broken, gone]);
  } finally {
    stopDialogs();
    task.signal.removeEventListener('abort', onAbort);
  }
}

async function run(tools: DevTools, task: RenderTask, breakOff: (error: unknown) => void): Promise<Rendered> {
  const frame = await mainFrame(tools);
  await Promise.all([
    tools.send('Page.enable'),
    tools.send('Inspector.enable'),
    tools.send('Network.enable'),
    tools.send('Network.setBypassServiceWorker', { bypass: true }),
    tools.send('Page.setInterceptFileChooserDialog', { enabled: true }),
    tools.send('Emulation.setUserAgentOverride', { userAgent: task.userAgent }),
    tools.send('Emulation.setDeviceMetricsOverride', screen),
  ]);
  const traffic = await answerRequests(tools, task, frame, breakOff);
  try {
    const { errorText } = await tools.send('Page.navigate', { url: task.url });
    // The reason is on its way to whoever waits for this; without one, the page has nothing to show.
    if (typeof errorText === 'string' && errorText !== '') await wait(pause);
    await settle(tools, task, () => traffic.pending() === 0 && performance.now() - traffic.since() > rest);
    return await take(tools, task);
  } finally {
    traffic.stop();
  }
}

/** Resolves when the page rests, and at the latest when `settle` is over. */
async function settle(tools: DevTools, { limits, signal }: RenderTask, isQuiet: () => boolean): Promise<void> {
  const begun = performance.now();
  let last: Look | null = null;
  let moved = begun;
  /** A busy machine may take long until the script has so much as begun. */
  let loaded: number | null = null;
  while (performance.now() - begun < limits.settle * 1_000) {
    await wait(pause, undefined, { signal });
    const look = (await evaluate(tools, lookAtPage).catch(() => null)) as Look | null;
    if (look === null || last === null || look.elements !== last.elements || look.text !== last.text || look.url !== last.url) moved = performance.now();
    last = look;
    if (look === null || !look.ready) continue;
    loaded ??= performance.now();
    if (!isQuiet() || performance.now() - moved < rest) continue;
    if (look.text >= littleText || performance.now() - loaded > patience) return;
  }
}

async function take(tools: DevTools, { limits }: RenderTask): Promise<Rendered> {
  const taken = await evaluate(tools, takePage(limits.html));
  if (typeof taken === 'number') throw new FailureError({ kind: 'too-large', limit: limits.html });
  const { html, url } = taken as Rendered;
  // An error page of the engine's, or a document made of nothing: there is no page any more.
  if (!/^https?:/.test(url)) throw new FailureError({ kind: 'no-article' });
  return { html, url };
}

/** Runs in a world of its own, where nothing that the page has done to its built-in functions is seen. */
async function evaluate(tools: DevTools, expression: string): Promise<unknown> {
  const { executionContextId } = await tools.send('Page.createIsolatedWorld', { frameId: await mainFrame(tools), worldName: 'lectern' });
  const { result, exceptionDetails } = await tools.send('Runtime.evaluate', { expression, contextId: executionContextId, returnByValue: true });
  if (exceptionDetails !== undefined) throw new Error(`The page could not be read: ${JSON.stringify(exceptionDetails).slice(0, 500)}`);
  return (result as { value?: unknown } | undefined)?.value;
}

async function mainFrame(tools: DevTools): Promise<string> {
  const { frameTree } = await tools.send('Page.getFrameTree');
  return (frameTree as { frame: { id: string } }).frame.id;
}
