/** What commands and keys may do with finding in the article on the screen. */
export type FindingHere = {
  /** Opens the bar, or goes back into its field. */
  begin(): void;
  /** Ends finding and goes back to the place; false when nothing is being found. */
  leave(): boolean;
};

let current: FindingHere | null = null;

/** Finding in the article on the screen; null where there is none. */
export const currentFinding = (): FindingHere | null => current;

/** Takes over as the current one; answers the stop. */
export function offerFinding(finding: FindingHere): () => void {
  current = finding;
  return () => {
    if (current === finding) current = null;
  };
}
