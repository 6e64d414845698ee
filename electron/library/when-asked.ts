import type { Answers } from '../../shared/contract.ts';

/** Answers whose code is loaded when the first of them is asked for, and the way to end what they have begun. */
export type WhenAsked<Name extends keyof Answers, Part> = { answers: Pick<Answers, Name>; end(by: (part: Part) => unknown): Promise<void> };

/**
 * Answers these questions by what `load` comes to, which is loaded once. Most of the code serves questions that are seldom
 * asked, and reading it all would double the time a library takes to open.
 */
export function whenAsked<const Name extends keyof Answers, Part extends Pick<Answers, Name>>(names: readonly Name[], load: () => Promise<Part>): WhenAsked<Name, Part> {
  let loading: Promise<Part> | null = null;
  const part = (): Promise<Part> => {
    // Not loaded for once, say because no file could be opened at that moment: the next question tries again.
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  const ask = (name: Name) => async (input: never) => (await part())[name](input);
  return {
    answers: Object.fromEntries(names.map((name) => [name, ask(name)])) as unknown as Pick<Answers, Name>,
    async end(by) {
      if (loading !== null) await loading.then(by);
    },
  };
}
