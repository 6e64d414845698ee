import { z } from 'zod';

/**
 * A moment in ISO 8601 and UTC, as acts and sealed parts tell it: one that is in the calendar, and of a year that a day of
 * this machine's calendar can be made of (an article of the year 50 would be counted in 1950, and looked for for ever).
 */
export const Instant = z
  .string()
  .regex(/^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/)
  .refine((text) => !Number.isNaN(Date.parse(text)));
