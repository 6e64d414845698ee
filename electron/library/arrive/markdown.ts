import type { Extracted } from '../../../shared/extracted.ts';
import MarkdownIt from 'markdown-it';
import type { PageFacts } from '../extract/extract.ts';
import { sanitise } from '../extract/clean.ts';
import { readText } from './text.ts';

const renderer = new MarkdownIt({ html: true, linkify: true });

/** Markdown to an article. Throws FailureError no-article for nothing but white space. */
export function readMarkdown(text: string, facts: PageFacts): Extracted {
  return { ...readText(text, facts), html: sanitise(renderer.render(text), facts.url) };
}
