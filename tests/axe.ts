import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

type Violation = { id: string; impact: string | null; help: string; nodes: Array<{ target: unknown; html: string; failureSummary?: string }> };
type Axe = { run(context: object, options: object): Promise<{ violations: Violation[] }> };

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds wrong on the page, one line each; empty is good. Run through the debugger, so the page's own
 * security policy stays as it is. `within` is a selector; frames are left out (a frame without script cannot answer).
 */
export async function axe(page: Page, within = 'body'): Promise<string[]> {
  await page.evaluate(source);
  // Colours that are on their way from one theme to another are nobody's.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity).map((one) => one.finished)));
  const violations = await page.evaluate(async (selector) => {
    const { axe: runner } = globalThis as unknown as { axe: Axe };
    const found = await runner.run({ include: [[selector]] }, { iframes: false, resultTypes: ['violations'] });
    return found.violations;
  }, within);
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} — ${String(node.target)} ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
}
