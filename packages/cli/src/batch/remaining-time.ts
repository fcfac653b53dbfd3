export interface RemainingTimeOptions {
  /** How many pieces of work are under way at once, on as many workers. */
  readonly lanes: number;
  /** How many times as long as its later ones a worker's first piece takes; default 1. */
  readonly warmUp?: number;
  /** Milliseconds from any beginning. */
  readonly clock?: () => number;
}

/** Says how long the rest of a job will take, from how long pieces of it took. */
export interface RemainingTime {
  /**
   * Work begins now: what passed since the last piece is not counted as work. Where several pieces are under
   * way at once that holds only before anything is done, as of a start-up.
   * @returns the seconds that are not counted; 0 with several workers, which are at different pieces
   */
  begin(): number;
  /** Of the time since the oldest piece under way was begun, so many seconds are not counted as work. */
  leaveOut(seconds: number): void;
  /**
   * A piece of work is done, in any unit.
   * @param slowness how many times as long as others of its size it took, if that is known; what it took beyond is
   * not counted as work
   * @returns the seconds it took its worker, and how many of them are not counted
   */
  add(work: number, slowness?: number): { readonly seconds: number; readonly beyond: number };
  /**
   * Seconds that `work` more takes, what is under way included; undefined while nothing is done.
   * @param extra seconds to come that are not counted as work; default 0
   */
  seconds(work: number, extra?: number): number | undefined;
}

/**
 * Every worker is taken to be always busy: a piece that is done took its worker since that one's last
 * piece, and what workers have spent on unfinished pieces is work that need not be done again. So with
 * several workers the first piece already tells what all of them do. First pieces, which take longer, are
 * forgotten once there are as many others.
 */
export function createRemainingTime({
  lanes,
  warmUp = 1,
  clock = () => performance.now(),
}: RemainingTimeOptions): RemainingTime {
  /** When each worker's present piece was begun, the oldest first. */
  let begun: number[] = Array.from({ length: lanes }, clock);
  let pieces = 0;
  /** Of the workers' first pieces and of later ones: the work, and what all workers have spent on it in milliseconds. */
  const first = { done: 0, spent: 0 };
  const later = { done: 0, spent: 0 };
  const known = () =>
    pieces < 2 * lanes ? { done: first.done + later.done, spent: first.spent + later.spent } : later;
  return {
    begin() {
      const now = clock();
      const [oldest = now] = begun;
      if (pieces === 0 || lanes === 1) begun = begun.map(() => now);
      return lanes === 1 ? (now - oldest) / 1000 : 0;
    },
    leaveOut(seconds) {
      const [oldest = clock(), ...others] = begun;
      begun = [...others, oldest + seconds * 1000].sort((a, b) => a - b);
    },
    add(work, slowness = pieces < lanes ? warmUp : 1) {
      const now = clock();
      const took = now - (begun.shift() ?? now);
      const counted = pieces < lanes ? first : later;
      counted.spent += took / slowness;
      counted.done += work;
      pieces++;
      begun.push(now);
      return { seconds: took / 1000, beyond: (took - took / slowness) / 1000 };
    },
    seconds(work, extra = 0) {
      const { done, spent } = known();
      if (done === 0 || spent === 0) return undefined;
      const now = clock();
      const unfinished = begun.reduce((sum, start) => sum + now - start, 0);
      const needed = (work * spent) / done;
      return Math.max(0, (needed - unfinished) / lanes / 1000 + extra);
    },
  };
}
