import { findArticle, readTagChanges } from './look.ts';
import { isMisuse } from './arguments.ts';
import { safe } from './terminal.ts';
import type { Verb } from './verb.ts';

/** `lectern tag <id> +a -b`. Read by hand: `-b` is a tag to take off here, not an option. */
export const tag: Verb = async (context, argv) => {
  const { words, terminal } = context;
  const json = argv.includes('--json');
  const [what, ...rest] = argv.filter((argument) => argument !== '--json');
  if (what === undefined || rest.length === 0) return { misuse: words.cli.missing };
  const changes = readTagChanges(words, rest);
  if (isMisuse(changes)) return changes;

  const { ask } = await context.open();
  const id = await findArticle(context, ask, what);
  if (id === null) return 1;
  const reply = await ask('tag', { ids: [id], ...changes });
  if (!reply.ok) {
    terminal.fail(reply.failure);
    return 1;
  }
  const article = await ask('article', { id });
  if (!article.ok) {
    terminal.fail(article.failure);
    return 1;
  }
  const { tags } = article.value;
  if (json) terminal.json({ id, tags });
  else terminal.line(`${id}  ${tags.map((name) => `#${safe(name)}`).join(' ')}`);
  return 0;
};
