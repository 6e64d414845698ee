import type { Theme } from '../shared/settings.ts';

/** Each theme's page colour, for the moment before the first paint; the same as in the renderer's tokens, a test says so. */
export const pageColours: Record<Theme, string> = {
  paper: '#FBF8F1',
  white: '#FFFFFF',
  sepia: '#F3E7CF',
  dusk: '#2A2926',
  night: '#0E0F11',
};
