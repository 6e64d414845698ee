import type { ExtractResult } from './job.ts';

/** How many links a list page has, each address once; null for an article. */
export function countLinks({ kind, resources }: Pick<ExtractResult, 'kind' | 'resources'>): number | null {
  return kind === 'list' ? new Set(resources.flatMap(({ links }) => links.flatMap(({ url }) => url ?? []))).size : null;
}
