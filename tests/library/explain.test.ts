import { expect, test } from 'vitest';
import { runJob } from '../../electron/library/extract/job.ts';

const paragraphs = ['harbour', 'market', 'orchard', 'railway', 'library'].map(
  (place) => `In the morning the people of the ${place} met to talk about the fog, and by noon most of them agreed that something had to be done, though nobody could say what it was, or by whom.`,
);
const html = `<!doctype html><title>The fog</title><body>
  <div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/sea">Sea</a> &gt; The fog</div>
  <nav class="menu"><ul><li><a href="/a">Weather</a></li><li><a href="/b">Ferries</a></li></ul></nav>
  <article><h1>The fog</h1>${paragraphs.slice(0, 3).map((text) => `<p>${text}</p>`).join('')}<img src="/boat.jpg" width="600" height="400">${paragraphs.slice(3).map((text) => `<p>${text}</p>`).join('')}</article>
  <div id="comments" class="comments"><p>I was there too, and saw nothing.</p></div>
  <footer><p>Copyright of the harbour paper, all rights kept.</p></footer>`;
const job = { bytes: Buffer.from(html), contentType: null, url: 'https://paper.example/fog', name: '', format: 'page' as const };

test('extraction tells what it left out and why, when it is asked', () => {
  const { explanation, ...explained } = runJob({ ...job, explain: true });
  const plain = runJob(job);
  expect(explained).toEqual(plain);
  expect(plain).not.toHaveProperty('explanation');
  expect(explanation).toMatchObject({ by: 'chooser', kept: { blocks: 5, characters: paragraphs.join('').length, pictures: 1 } });
  const whys = new Map(explanation?.leftOut.map((group) => [group.why, group]));
  expect(whys.get('comment')).toMatchObject({ step: 'choose', blocks: 1, examples: ['I was there too, and saw nothing.'] });
  expect(whys.get('foot')).toMatchObject({ step: 'choose', blocks: 1 });
  expect(whys.get('title')).toMatchObject({ step: 'lift', examples: ['The fog'] });
  expect(whys.get('breadcrumb')?.step).toBe('lift');
  expect(whys.get('nav')?.examples).toContain('Weather');
  const counted = [...whys.values()].reduce((sum, { blocks }) => sum + blocks, explanation?.kept.blocks ?? 0);
  expect(counted).toBe(explanation?.page.blocks);
});

test('text and Markdown, where nobody chooses, have nothing to explain', () => {
  expect(runJob({ ...job, bytes: Buffer.from('# A list\n\nKept.'), format: 'markdown', explain: true })).not.toHaveProperty('explanation');
});
