import { z } from 'zod';
import { ArticleId, type Pages, type Picture } from '../../../shared/article.ts';
import { pageKinds } from '../../../shared/page-kind.ts';
import { Instant } from './instant.ts';
import type { Meta } from './parts.ts';

/*
 * What `meta.json` must look like. Its hash only says that it is the one a journal names, not who wrote it: a fact that
 * makes no sense is left out, and without the few that everything rests on the part counts as damaged.
 */

const text = z.string().catch('');
const maybe = z.string().nullable().catch(null);
const count = z.number().nonnegative().catch(0);
const list = z.array(z.string()).catch([]);
const isWeb = (address: unknown): address is string => typeof address === 'string' && /^https?:\/\//i.test(address) && URL.canParse(address);
const web = z.custom<string>(isWeb).nullable().catch(null);
const size = z.number().positive().nullable().catch(null);
const moment = z
  .object({
    local: z.string().regex(/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?$/),
    offset: z.string().regex(/^(?:Z|[+-]\d\d:\d\d)$/).nullable(),
    assumed: z.boolean(),
  })
  .nullable()
  .catch(null);
const picture = z.discriminatedUnion('state', [
  z.object({ url: z.string(), state: z.literal('stored'), file: z.string().regex(/^[0-9a-f]{64}\.[a-z0-9]{2,5}$/), bytes: count, width: size, height: size, cut: z.literal(true).exactOptional() }),
  z.object({ url: z.string(), state: z.literal('missing'), failure: z.custom<(Picture & { state: 'missing' })['failure']>((value) => typeof value === 'object' && value !== null && 'kind' in value) }),
]);
const failure = z.custom<NonNullable<NonNullable<Pages['missing']>['failure']>>((value) => typeof value === 'object' && value !== null && 'kind' in value);
const pages = z.object({ joined: count, missing: z.object({ url: z.string(), failure: failure.nullable().catch(null) }).nullable().catch(null) });
const resource = z.object({
  title: text, more: web,
  links: z.array(z.object({ text, url: z.string().transform((url) => (isWeb(url) ? url : null)).nullable() })).catch([]),
  inText: z.enum(['round-up', 'passing']).exactOptional().catch('passing'),
});

const kind = z.enum(pageKinds);

const shape = z.looseObject({
  kind: kind.catch('article'), kindChosen: kind.exactOptional(),
  id: ArticleId, url: web, addedAt: Instant,
  title: text, byline: maybe, site: maybe, source: z.object({ text: z.string(), doubtful: z.boolean() }).nullable().catch(null),
  publishedAt: moment, modifiedAt: moment, lang: z.string().regex(/^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i).nullable().catch(null),
  dir: z.enum(['ltr', 'rtl']).catch('ltr'), leadImage: maybe, canonical: maybe, excerpt: text, breadcrumb: list, section: maybe, keywords: list,
  resources: z.array(resource).catch([]), words: count, minutes: count, extractedBy: text, encoding: text,
  pictures: z.array(picture),
  certificate: z.object({ pictures: count, stored: count, bytes: count, at: z.string() }).nullable().catch(null),
  pages: pages.nullable().catch(null),
  sums: z.record(z.string(), z.string()).catch({}),
});

/** The metadata in a value read from `meta.json`; null when it is none. */
export function readMetaShape(value: unknown): Meta | null {
  const read = shape.safeParse(value);
  return read.success ? (read.data as Meta) : null;
}
