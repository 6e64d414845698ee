/** What commands may do with the highlights of the article on the screen. */
export type Marking = {
  /** Marks what is selected; begins to select by keys where nothing is. */
  mark(): void;
  /** Shows the article's highlights. */
  list(): void;
  /** Goes to the next highlight, or the one before. */
  step(by: 1 | -1): void;
};

let current: Marking | null = null;

/** The article's highlights on the screen, if there are any to work with. */
export const currentMarking = (): Marking | null => current;

/** Takes over as the current one; answers the stop. */
export function offerMarking(marking: Marking): () => void {
  current = marking;
  return () => {
    if (current === marking) current = null;
  };
}
