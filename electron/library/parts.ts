import type { ArticleId, Certificate, Picture } from '../../shared/article.ts';
import type { Extracted } from '../../shared/extracted.ts';
import type { Store } from './store.ts';

/** Everything known of an article but its text: `meta.json`. `sums` are the SHA-256 of the other parts. */
export type Meta = Omit<Extracted, 'html' | 'text'> & {
  id: ArticleId;
  url: string | null;
  addedAt: string;
  /** Lectern's version. */
  extractedBy: string;
  encoding: string;
  pictures: Picture[];
  certificate: Certificate | null;
  sums: Record<string, string>;
};

/** What a server sent, before anything was done to it. */
export type Page = { bytes: Uint8Array; headers: Record<string, string>; url: string };

export type Sealed = { folder: string; sums: Record<string, string> };
