/** Knows whether this machine seems to be without network, and when to try again. */
export type Offline = {
  paused(): boolean;
  /** True when something may be asked of the network: always while not paused, and once after each pause. */
  mayTry(): boolean;
  /** Something is being asked of the network. */
  trying(): void;
  /** What was being tried is over, whatever came of it. */
  tried(): void;
  /** Something reached the network. */
  worked(): void;
  /** A request found no network. Answers whether to keep its article waiting (true) or to give it up (false). */
  failed(attempts: number): boolean;
  close(): void;
};

const longest = 60;
/** An article that alone finds no network while others get through has another trouble; it is not tried for ever. */
const strikes = 3;

/** `resume` is called when something may be tried again; `first` is the first pause, in seconds, doubled each time. */
export function createOffline(resume: () => void, first: number): Offline {
  let paused = false;
  let due = false;
  let pause = first;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  /** True while something got through since the last failure of this kind. */
  let reached = false;

  function plan(): void {
    if (!paused || due || timer !== null || closed) return;
    timer = setTimeout(() => {
      timer = null;
      due = true;
      pause = Math.min(longest, pause * 2);
      resume();
    }, pause * 1_000);
  }

  return {
    paused: () => paused,
    mayTry: () => !paused || due,
    trying() {
      due = false;
    },
    tried: plan,
    worked() {
      reached = true;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      paused = false;
      due = false;
      pause = first;
    },
    failed(attempts) {
      if (reached && attempts >= strikes) return false;
      reached = false;
      paused = true;
      plan();
      return true;
    },
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
