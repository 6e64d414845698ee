import { z } from 'zod';
import { ArticleId, Place } from '../../../shared/article.ts';
import { joinedNoteLimit } from '../../../shared/note.ts';
import type { Failure, FailureKind } from '../../../shared/failure.ts';
import { fitsLook, lookFields } from '../../../shared/look.ts';
import { TagRule, TagRuleId } from '../../../shared/tag-rule.ts';
import { longestNote } from '../../../shared/highlight.ts';
import { Anchor, HighlightColour, HighlightId } from '../../../shared/highlight-shape.ts';
import { sortOrders } from '../../../shared/listing.ts';
import { SearchId, SearchName } from '../../../shared/search-questions.ts';
import type { Act, Job } from './acts.ts';
import { descriptionLimit, mostTitles } from '../../../shared/limits.ts';
import { Instant } from './instant.ts';
import { folderPattern, isPartName } from './parts.ts';
import { spotPattern } from './spots.ts';

/*
 * What a journal line must look like. A library's folder may be shared or handed over, and a line's sum is no secret:
 * whatever becomes a path, a clock or a row is checked here, once, before anything is done with it.
 */

/** A record, so that a kind added to `Failure` and forgotten here does not compile. */
const failureKinds: Record<FailureKind, true> = {
  'no-network': true, 'no-such-host': true, 'no-connection': true, timeout: true, refused: true, gone: true, 'server-error': true,
  certificate: true, 'too-many-redirects': true, 'private-address': true, 'bad-address': true, 'too-large': true, 'cut-short': true,
  'not-a-picture': true, 'stand-in': true, 'picture-cut-short': true, 'picture-too-large': true, 'pictures-too-large': true, 'too-many-pictures': true, 'pictures-off': true,
  'too-many-pages': true, 'not-a-page': true, 'broken-archive': true, 'too-many-entries': true, 'no-article': true, 'made-by-script': true, wall: true, 'no-page-kept': true, 'too-complex': true, cancelled: true, 'not-found': true, 'bad-input': true,
  'too-big-a-request': true, 'read-only': true, 'in-use': true, 'disk-full': true, 'no-room': true, 'bad-folder': true, 'bad-copy': true, damaged: true, storage: true, internal: true,
};
const clock = z.string().regex(/^[0-9a-f]{11}-[0-9a-f]{5}-[0-9a-z]{1,32}$/);
const time = Instant;
const failure = z.custom<Failure>(
  (value) =>
    typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string' && Object.hasOwn(failureKinds, value.kind) &&
    // Shown as a time: anything else would break the row that shows it.
    (!('retryAt' in value) || time.safeParse(value.retryAt).success),
);
const tag = z.string().min(1).max(200);
const webAddress = z.string().regex(/^https?:\/\//i).refine((text) => URL.canParse(text));
const job: z.ZodType<Job> = z.discriminatedUnion('from', [
  z.object({ from: z.literal('web'), typed: z.boolean(), asked: webAddress.exactOptional() }),
  z.object({ from: z.literal('file'), stored: z.string(), name: z.string(), format: z.enum(['page', 'selection', 'text', 'markdown']).nullable() }),
]);
const sums = z.record(z.string().refine(isPartName), z.string().regex(/^[0-9a-f]{64}$/));
const of = { id: ArticleId, clock };
const mark = { act: z.literal('setHighlight'), ...of, highlight: HighlightId };

const kinds = {
  save: z.object({ act: z.literal('save'), ...of, at: time, url: webAddress.nullable(), name: z.string(), tags: z.array(tag).max(1_000), job, bookmark: z.literal(true).exactOptional() }),
  bump: z.object({ act: z.literal('bump'), ...of, at: time }),
  wait: z.object({ act: z.literal('wait'), ...of }),
  ready: z.object({ act: z.literal('ready'), ...of, folder: z.string().regex(folderPattern), sums }),
  failed: z.object({ act: z.literal('failed'), ...of, failure }),
  bookmark: z.object({ act: z.literal('bookmark'), ...of }),
  glance: z.object({ act: z.literal('glance'), ...of, title: z.string().max(1_000).nullable(), excerpt: z.string().max(1_000).nullable() }),
  set: z.discriminatedUnion('field', [
    z.object({ act: z.literal('set'), ...of, field: z.enum(['favourite', 'archived']), value: z.boolean(), at: time.exactOptional() }),
    z.object({ act: z.literal('set'), ...of, field: z.enum(['finished', 'trashed']), value: time.nullable() }),
    z.object({ act: z.literal('set'), ...of, field: z.literal('title'), value: z.string().nullable() }),
    z.object({ act: z.literal('set'), ...of, field: z.literal('note'), value: z.string().min(1).max(joinedNoteLimit).nullable() }),
  ]),
  look: z
    .object({ act: z.literal('look'), ...of, field: z.enum(lookFields), value: z.union([z.string(), z.number(), z.boolean()]).nullable() })
    .refine(({ field, value }) => value === null || fitsLook(field, value)),
  tag: z.object({ act: z.literal('tag'), ...of, tag, on: z.boolean() }),
  place: z.object({ act: z.literal('place'), ...of, at: time, place: Place.nullable(), carried: z.literal(true).exactOptional() }),
  read: z.object({ act: z.literal('read'), ...of, day: z.iso.date(), seconds: z.int().min(1).max(86_400) }),
  highlight: z.object({ act: z.literal('highlight'), ...of, highlight: HighlightId, at: time, anchor: Anchor, colour: HighlightColour, note: z.string().max(longestNote) }),
  setHighlight: z.discriminatedUnion('field', [
    z.object({ ...mark, field: z.literal('colour'), value: HighlightColour }),
    z.object({ ...mark, field: z.literal('note'), value: z.string().max(longestNote) }),
    z.object({ ...mark, field: z.literal('anchor'), value: Anchor }),
    z.object({ ...mark, field: z.literal('removed'), value: z.boolean() }),
  ]),
  erase: z.object({ act: z.literal('erase'), ...of }),
  icon: z.object({ act: z.literal('icon'), clock, host: z.string().regex(/^[^\s/]{1,253}$/), file: z.string().regex(/^[0-9a-f]{64}\.[a-z0-9]{2,5}$/).nullable(), at: time }),
  ruled: z.object({ act: z.literal('ruled'), ...of }),
  rule: z.object({ act: z.literal('rule'), clock, rule: TagRuleId, value: TagRule.nullable() }),
  apart: z.object({ act: z.literal('apart'), clock, one: ArticleId, other: ArticleId, on: z.boolean() }).refine(({ one, other }) => one < other),
  tagsApart: z.object({ act: z.literal('tagsApart'), clock, one: tag, other: tag, on: z.boolean() }).refine(({ one, other }) => one < other),
  search: z.object({
    act: z.literal('search'), clock, search: SearchId,
    value: z.object({ name: SearchName, query: z.string().min(1).max(500), sort: z.enum(sortOrders), place: z.number() }).nullable(),
  }),
  shelves: z.object({ act: z.literal('shelves'), clock, tags: z.array(tag).max(1_000).nullable() }),
  about: z.discriminatedUnion('field', [
    z.object({ act: z.literal('about'), clock, tag, field: z.literal('description'), value: z.string().min(1).max(descriptionLimit).nullable() }),
    z.object({ act: z.literal('about'), clock, tag, field: z.enum(['colour', 'order']), value: z.string().regex(/^[a-z-]{1,40}$/).nullable() }),
    z.object({ act: z.literal('about'), clock, tag, field: z.literal('titles'), value: z.int().min(1).max(mostTitles).nullable() }),
    z.object({ act: z.literal('about'), clock, tag, field: z.literal('folded'), value: z.boolean().nullable() }),
  ]),
  spot: z.object({ act: z.literal('spot'), ...of, tag, spot: z.string().regex(spotPattern).nullable() }),
} satisfies Record<Act['act'], z.ZodType<Act>>;

/**
 * A line's value as an act; null when it is none. Of an act that only a later Lectern knows, nothing but its kind and
 * clock is kept: it names no article that anything could be done to.
 */
export function readAct(value: unknown): Act | null {
  if (typeof value !== 'object' || value === null || !('act' in value) || typeof value.act !== 'string') return null;
  if (!Object.hasOwn(kinds, value.act)) {
    const later = 'clock' in value ? clock.safeParse(value.clock) : null;
    return later?.success === true ? ({ act: value.act, clock: later.data } as unknown as Act) : null;
  }
  const read = kinds[value.act as Act['act']].safeParse(value);
  return read.success ? read.data : null;
}
