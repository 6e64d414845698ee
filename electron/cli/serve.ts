import { startBrowserHost } from '../browser-host.ts';
import { untilSignalled } from '../signals.ts';
import { isMisuse, readArguments } from './arguments.ts';
import type { Verb } from './verb.ts';

/** `lectern serve`: the browser host without a window of its own. The link is the only thing printed on standard output. */
export const serve: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const given = readArguments(words, argv, {});
  if (isMisuse(given)) return given;
  if (given.rest[0] !== undefined) return { misuse: words.cli.tooMuch(given.rest[0]) };
  const access = await context.open();
  if (access.how === 'joined') {
    const { shown, link } = await access.joined.show(null);
    if (link !== null) terminal.line(link);
    terminal.note(link !== null ? words.cli.openLink : shown ? words.cli.shownThere : words.cli.waitingForOther);
    return shown || link !== null ? 0 : 1;
  }
  const signalled = untilSignalled();
  const tell = (link: string): void => {
    terminal.note(words.cli.openLink);
    terminal.line(link);
  };
  const host = await startBrowserHost(access.library, access.settings, { window: false, article: null, tell });
  await signalled;
  await host.close();
  return 0;
};
