import type { ArticleId, Stage } from '../../shared/article.ts';
import type { Access } from '../open.ts';

export type Settled = { id: ArticleId; title: string; stage: Stage; links: number | null };

/**
 * Yields each article as it becomes ready or failed, and at the end those that nothing more can be done for now
 * (still `waiting`: no network, or the library's owner went away).
 */
export async function* waitFor(access: Access, ids: ArticleId[]): AsyncGenerator<Settled> {
  const pending = new Set(ids);
  let changed: Set<ArticleId> | 'any' = 'any';
  let wake: (() => void) | null = null;
  let over = false;
  const source = access.how === 'own' ? access.library : access.joined;
  const stop = source.onNews((news) => {
    if (news.about === 'articles') {
      const touched: ArticleId[] = news.ids === null ? [...pending] : news.ids.filter((id) => pending.has(id));
      if (changed !== 'any') for (const id of touched) changed.add(id);
    } else if (news.about === 'queue' && access.how === 'joined' && news.facts.waiting + news.facts.working === 0) {
      changed = 'any';
    } else return;
    wake?.();
  });
  const end = access.how === 'own' ? access.library.idle() : access.joined.ended;
  const finish = (): void => {
    over = true;
    changed = 'any';
    wake?.();
  };
  end.then(finish, finish);
  try {
    while (pending.size > 0) {
      const last = over;
      const look: ArticleId[] = changed === 'any' ? [...pending] : [...changed];
      changed = new Set();
      for (const id of look) {
        const settled = await stateOf(access, id);
        if (!last && (settled.stage.state === 'waiting' || settled.stage.state === 'working')) continue;
        pending.delete(id);
        yield settled;
      }
      if (last || pending.size === 0) return;
      await new Promise<void>((resume) => {
        wake = resume;
        if (over || changed === 'any' || changed.size > 0) resume();
      });
    }
  } finally {
    stop();
  }
}

async function stateOf(access: Access, id: ArticleId): Promise<Settled> {
  const reply = await access.ask('article', { id });
  if (reply.ok) return { id, title: reply.value.title, stage: reply.value.stage, links: reply.value.links };
  return { id, title: '', stage: { state: 'failed', failure: reply.failure }, links: null };
}
