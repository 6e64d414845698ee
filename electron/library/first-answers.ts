import { questions, type Answers } from '../../shared/contract.ts';
import { questionKey, readQuestion } from '../../shared/first-questions.ts';
import type { Settings } from '../../shared/settings.ts';

/**
 * The answers to what a window will ask first, going by what it showed last, so that it asks once before it shows its list.
 * A question that fails is left out: the window asks it by itself then, and is told why.
 */
export async function firstAnswers(answers: Answers, settings: Settings): Promise<Record<string, unknown>> {
  const given: Record<string, unknown> = { [questionKey('settings', {})]: settings };
  for (const key of settings.lastAsked) {
    const asked = readQuestion(key);
    if (asked === null || key in given) continue;
    const input = questions[asked.name].input.safeParse(asked.input);
    if (!input.success) continue;
    try {
      // The name and the input it was parsed by belong together, which a union of functions cannot say.
      given[key] = await (answers[asked.name] as (input: unknown) => unknown)(input.data);
    } catch {
      continue;
    }
  }
  return given;
}
