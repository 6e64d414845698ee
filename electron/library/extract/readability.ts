import { Readability } from '@mozilla/readability';
import { type ReadingElement, toReadingDom } from './reading-dom.ts';
import type { Tree } from './tree.ts';

/** Mozilla's extractor as one candidate: the element it built, or null when it found nothing. */
export function runReadability(tree: Tree, threshold = 500): ReadingElement | null {
  type Input = ConstructorParameters<typeof Readability>[0];
  const reader = new Readability<ReadingElement>(toReadingDom(tree) as unknown as Input, {
    charThreshold: threshold,
    disableJSONLD: true,
    serializer: (node) => node as unknown as ReadingElement,
  });
  return reader.parse()?.content ?? null;
}
