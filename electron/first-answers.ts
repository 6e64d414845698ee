import type { Answers } from '../shared/contract.ts';
import { GIVEN, readQuestion } from '../shared/first-questions.ts';
import { answer } from './answer.ts';

/**
 * The window's page with the answers to what the window will ask first, going by what it showed last: so it need not ask
 * before it shows its list. A question that fails is left out; the window asks it then and is told why.
 */
export async function withFirstAnswers(page: string, library: { answers: Answers }): Promise<string> {
  const settings = await answer(library, 'settings', {});
  if (!settings.ok) return page;
  const given: Record<string, unknown> = { 'settings {}': settings.value };
  for (const key of (settings.value as { lastAsked: string[] }).lastAsked) {
    const asked = readQuestion(key);
    if (asked === null || key in given) continue;
    const reply = await answer(library, asked.name, asked.input);
    if (reply.ok) given[key] = reply.value;
  }
  // Data, not script: no text in it can end the element.
  const text = JSON.stringify(given).replaceAll('<', '\\u003c');
  return page.replace('</head>', () => `<script type="application/json" id="${GIVEN}">${text}</script></head>`);
}
