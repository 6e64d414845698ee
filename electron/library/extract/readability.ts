import { Readability } from '@mozilla/readability';
import { toLightDom, type LightElement } from './light-dom.ts';
import type { Tree } from './tree.ts';

/** Mozilla's extractor as one candidate: the element it built, or null when it found nothing. */
export function runReadability(tree: Tree, threshold = 500): LightElement | null {
  const document = toLightDom(tree);
  type Input = ConstructorParameters<typeof Readability>[0];
  const reader = new Readability<LightElement>(document as unknown as Input, {
    charThreshold: threshold,
    disableJSONLD: true,
    serializer: (node) => node as unknown as LightElement,
  });
  return reader.parse()?.content ?? null;
}
