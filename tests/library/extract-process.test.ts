import { afterAll, describe, expect, test } from 'vitest';
import { createExtractor, type ExtractJob } from '../../electron/library/extract/extractor.ts';
import { startNode, type StartChild } from '../../electron/library/extract/child.ts';
import { FailureError, type Failure } from '../../shared/failure.ts';

const sentence = '<p>A paragraph of good length, which says something, and then some more, so that anyone would take it for text.</p>';
const text = sentence.repeat(20);
const job = (html: string): ExtractJob => ({ bytes: new TextEncoder().encode(`<!doctype html><title>T</title><body>${html}`), contentType: 'text/html; charset=utf-8', url: 'https://x.example/', name: 'x', format: 'page' });
const many = (count: number, part: (i: number) => string): string => Array.from({ length: count }, (_, i) => part(i)).join('');

const extractor = createExtractor();
afterAll(() => extractor.close());

/** What came of a page; fails when the waiting thread itself was held up. */
async function outcome(html: string): Promise<{ text: string } | Failure> {
  let last = performance.now();
  let longest = 0;
  const ticks = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 20);
  try {
    return await extractor.extract(job(html));
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  } finally {
    clearInterval(ticks);
    // Seconds only because other work may share the processor; parsing here would take far longer.
    expect(longest).toBeLessThan(3_000);
  }
}

describe('hostile pages come out well or fail clearly, and the thread that waits is free', () => {
  test.each<[string, string]>([
    ['100,000 nested elements', '<div>'.repeat(100_000) + text],
    ['5,000 unclosed formatting elements', many(5_000, (i) => `<b id="x${i}">`) + text],
    ['5,000 nested tables', '<table><tr><td>'.repeat(5_000) + text],
    ['100,000 attributes on one tag', `<div ${many(100_000, (i) => `a${i}=1 `)}>${text}</div>`],
    ['50,000 nested templates', `${text}${'<template>'.repeat(50_000)}`],
    ['JSON-LD 100,000 deep', `<script type="application/ld+json">${'['.repeat(100_000)}</script>${text}`],
    ['null bytes', text.replaceAll(' ', '\0 ')],
    ['unclosed quotes', text + '<a href="'.repeat(100_000)],
    ['20 MB in a data: address', `${text}<img src="data:image/png;base64,${'A'.repeat(20_000_000)}">${text}`],
  ])('%s', { timeout: 90_000 }, async (_name, html) => {
    const result = await outcome(html);
    expect('text' in result ? result.text : result.kind).toMatch(/says something|^too-complex$/);
  });

  test.each<[string, string]>([
    ['50,000 pictures', text + many(50_000, (i) => `<img src="/i${i}.png">`) + text],
    ['50,000 links', `${text}<ul>${many(50_000, (i) => `<li><a href="/${i}">the title of link number ${i}</a></li>`)}</ul>`],
    ['20 MB of text', sentence.repeat(160_000)],
    ['1,000,000 line breaks', 'a<br>'.repeat(1_000_000)],
  ])('%s', { timeout: 90_000 }, async (_name, html) => {
    const result = await outcome(html);
    expect('text' in result || result.kind === 'too-complex').toBe(true);
  });

  test('broken UTF-8 keeps its good text', async () => {
    const { bytes, ...rest } = job(text);
    const broken = Uint8Array.from([...bytes, 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, ...bytes]);
    expect((await extractor.extract({ bytes: broken, ...rest })).text).toContain('says something');
  });
});

describe('the process', () => {
  test('may fall at any time: the page is told as too complex, this process goes on, and the next page gets another', async () => {
    let falls = 2;
    const start: StartChild = (script, hears) => {
      const child = startNode(script, hears);
      return { ...child, send: (value) => (child.send(value), falls-- > 0 && void child.kill()) };
    };
    const shaky = createExtractor({ start });
    await expect(shaky.extract(job(text))).rejects.toMatchObject({ failure: { kind: 'too-complex' } });
    await expect(shaky.extract(job(text))).rejects.toMatchObject({ failure: { kind: 'too-complex' } });
    expect((await shaky.extract(job(text))).title).toBe('T');
    await shaky.close();
  });

  test('that cannot be started is told as a fault', async () => {
    const start: StartChild = (_script, hears) => {
      queueMicrotask(() => hears.ended(new Error('no such program')));
      return { send: () => undefined, kill: async () => undefined, hold: () => undefined };
    };
    const none = createExtractor({ start });
    await expect(none.extract(job(text))).rejects.toMatchObject({ failure: { kind: 'internal', detail: expect.stringContaining('no such program') as string } });
    await none.close();
  });

  test('is killed when a page takes too long, and the next page gets another', async () => {
    const hasty = createExtractor({ seconds: 0.05 });
    await expect(hasty.extract(job(text.repeat(500)))).rejects.toMatchObject({ failure: { kind: 'too-complex' } });
    await hasty.close();
  });

  test('is killed when a page takes too much memory', { timeout: 60_000 }, async () => {
    const small = createExtractor({ megabytes: 40 });
    await expect(small.extract(job(many(400_000, () => '<p>a</p>')))).rejects.toMatchObject({ failure: { kind: 'too-complex' } });
    await small.close();
  });

  test('stops for an abort, whether running or waiting, and goes on with the rest', async () => {
    const running = new AbortController();
    const waiting = new AbortController();
    const first = extractor.extract(job(text.repeat(300)), running.signal);
    const second = extractor.extract(job(text), waiting.signal);
    const third = extractor.extract(job(text));
    waiting.abort();
    running.abort();
    await expect(first).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    await expect(second).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    expect((await third).title).toBe('T');
  });

  test('says no-article for a page without text, and stays useful', async () => {
    expect(await outcome('<script>1</script>')).toEqual({ kind: 'no-article' });
    expect(await outcome(text)).toMatchObject({ title: 'T' });
  });

  test('refuses after it was closed', async () => {
    const closed = createExtractor();
    const pending = closed.extract(job(text));
    const done = closed.close();
    await expect(pending).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    await done;
    await expect(closed.extract(job(text))).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  });
});
