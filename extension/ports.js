/** Where Lectern may listen on 127.0.0.1; the first digit of a code says which, from 1. `shared/browser.ts` has the same. */
export const ports = [27_491, 28_153, 29_347, 30_671, 31_849];
