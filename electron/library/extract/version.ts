/**
 * Which extractor this is: written into every article it makes, so that those an earlier one made can be found and made
 * again. Raised whenever `extract/`, `arrive/` or `decode.ts` come to other results for some page.
 */
export const extractorVersion = 'extractor 4';
