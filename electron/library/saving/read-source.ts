import type { Settings } from '../../../shared/settings.ts';
import { FailureError } from '../../../shared/failure.ts';
import type { ExtractJob } from '../extract/extractor.ts';
import type { Page } from '../storage/parts.ts';
import { type RenderPage, renderSent, type RenderWishes } from './rendering.ts';

/** What an article is made of: bytes with what is known of them, and the page to be kept. */
export type Source = { bytes: Uint8Array; contentType: string | null; url: string | null; format: ExtractJob['format']; page: Page };

/** `renderPage` is there where the host has an engine. `onStep` is told of what is done next. */
export type Reading = { settings(): Settings; renderPage?: RenderPage; onStep(step: 'extract' | 'render'): void };
/** Makes an article of a source, told whether its script has run. */
type Read<T> = (source: Source, judge: ExtractJob['judge']) => Promise<T>;

/**
 * A page that a server sent, read by `read`; where it holds no article until its script has run, what the script made of
 * it, which is then the source. Throws FailureError, `wall` and `made-by-script` among them.
 */
export async function readSent<T>(reading: Reading, sent: Source, wishes: RenderWishes, signal: AbortSignal, read: Read<T>): Promise<{ source: Source; made: T }> {
  reading.onStep('extract');
  try {
    return { source: sent, made: await read(sent, 'sent') };
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.kind !== 'made-by-script') throw error;
    if (!reading.settings().renderPages) throw new FailureError({ ...error.failure, why: 'turned-off' });
    if (reading.renderPage === undefined) throw error;
    reading.onStep('render');
    const page = await renderSent(reading.renderPage, sent.page, wishes, signal);
    const source: Source = { bytes: page.bytes, contentType: page.headers['content-type'] ?? null, url: page.url, format: 'page', page };
    reading.onStep('extract');
    return { source, made: await read(source, 'rendered') };
  }
}
