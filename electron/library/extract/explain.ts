import type { ExplainedStep, Explanation, LeftOut, Why } from '../../../shared/explanation.ts';
import { tagBits, type Block, type Blocks } from './blocks.ts';
import { groupBit } from './class-words.ts';
import type { Decision } from './keep.ts';

const steps = { title: 'lift', breadcrumb: 'lift', 'meta-line': 'lift', note: 'tidy', 'heading-without-text': 'tidy', repeated: 'tidy' } as const satisfies Partial<Record<Why, ExplainedStep>>;
/** In the order in which they are looked for: the more telling first. */
const groups = ['comment', 'related', 'share', 'promo', 'form', 'nav', 'foot', 'side', 'tags'] as const satisfies readonly Why[];
const tags = { nav: 'nav', footer: 'foot', aside: 'side', form: 'form' } as const satisfies Record<string, Why>;

/** The blocks whose words are among the article's facts, whether the chooser wanted them or not. */
export type Lifted = { title: Block | null; breadcrumb: readonly Block[]; 'meta-line': readonly Block[] };

/** What became of a page's blocks and why, as data. Only looks; asked for after everything is decided. */
export function explainDecision(page: Blocks, { kept, reasons, by }: Decision, pictures: number, lifted: Lifted): Explanation {
  const facts = new Map<Block, Why>();
  for (const why of ['breadcrumb', 'meta-line'] as const) for (const block of lifted[why]) facts.set(block, why);
  if (lifted.title !== null) facts.set(lifted.title, 'title');
  const found = new Map<Why, LeftOut>();
  const whole = { blocks: page.blocks.length, characters: 0, pictures: page.media.length };
  const inside = { blocks: kept.size, characters: 0, pictures };
  const broughtBack = { whole: 0, footnote: 0 };
  for (const block of page.blocks) {
    const { length } = block.text;
    whole.characters += length;
    const reason = reasons.get(block) ?? facts.get(block);
    if (kept.has(block)) {
      inside.characters += length;
      if (reason === 'whole' || reason === 'footnote') broughtBack[reason]++;
      continue;
    }
    const certain = reason !== undefined && reason in steps ? (reason as keyof typeof steps) : null;
    const why = certain ?? surroundings(block);
    const group = found.get(why) ?? { step: certain === null ? 'choose' : steps[certain], why, blocks: 0, characters: 0, examples: [] };
    group.blocks++;
    group.characters += length;
    if (group.examples.length < 3 && length > 1) group.examples.push(block.text.slice(0, 80));
    found.set(why, group);
  }
  return { by, page: whole, kept: inside, broughtBack, leftOut: [...found.values()].toSorted((a, b) => b.characters - a.characters) };
}

/** What a block that was not chosen stands in, by the names and tags of the boxes around it; the chooser weighed this among much else. */
function surroundings({ box, text, linked, size }: Block): Why {
  if (box.hidden) return 'hidden';
  const named = groups.find((group) => (box.around & groupBit(group)) !== 0);
  if (named !== undefined) return named;
  const tagged = (Object.keys(tags) as Array<keyof typeof tags>).find((tag) => (box.tags & (tagBits[tag] ?? 0)) !== 0);
  if (tagged !== undefined) return tags[tagged];
  return text !== '' && linked > size * 0.6 ? 'links' : 'unlikely';
}
