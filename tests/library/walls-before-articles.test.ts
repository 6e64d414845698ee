import { expect, onTestFinished, test } from 'vitest';
import { png } from '../web/pictures.ts';
import { scriptPages } from '../web/script-pages.ts';
import { startWeb } from '../web/web.ts';
import { openTestLibrary } from './open-test-library.ts';

/* What stands before an article is told as that; an article is kept, whatever boxes stand around it. */

test('a sign-in, a check for robots, a demand to subscribe or to agree is told as what it is', async () => {
  const web = await startWeb({ ...scriptPages('http://127.0.0.1:9'), '/boat.png': png(40, 30) });
  onTestFinished(() => web.close());
  const library = await openTestLibrary();
  const expected: Record<string, unknown> = {
    '/login': 'login', '/login-zh': 'login', '/robot': 'robot', '/robot-403': 'robot', '/robot-503': 'robot', '/robot-zh': 'robot', '/robot-wechat': 'robot', '/paywall': 'paywall', '/consent': 'consent',
    '/plain-403': 'refused', '/newsletter': 'ready', '/about-robots': 'ready', '/short-note': 'ready',
  };
  const saved = await library.answers.save({ urls: Object.keys(expected).map((path) => web.origin + path), tags: [], typed: true });
  await library.idle();
  const found: Record<string, unknown> = {};
  for (const { id, url } of saved) {
    const { stage } = await library.answers.article({ id });
    found[new URL(url ?? '').pathname] = stage.state !== 'failed' ? stage.state : stage.failure.kind === 'wall' ? stage.failure.wall : stage.failure.kind;
  }
  expect(found).toEqual(expected);
});
