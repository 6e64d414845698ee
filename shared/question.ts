import type { z } from 'zod';

/** One question of the contract: its input's schema, and with `as` its output's type. */
export const question = <I extends z.ZodType>(input: I) => ({ input, as: <O>() => ({ input }) as { input: I; output?: O } });
