import { settleOrAbort } from '../abort/settle-or-abort';

export interface SlotsOptions {
  /** Most holders at once. */
  readonly count: number;
  /** Most that all holders weigh together; one that weighs more has it for itself. */
  readonly weight: number;
}

/** Leave for a limited number of holders at once. */
export interface Slots {
  /**
   * Waits for its turn, in the order of asking: one that is heavy is not overtaken for ever.
   * @returns what gives the slot back; calling it again does nothing
   * @throws the reason of the first of the signals to abort before it
   */
  take(weight?: number, signals?: readonly (AbortSignal | undefined)[]): Promise<() => void>;
}

interface Waiting {
  readonly weight: number;
  grant(): void;
}

/** Slots that are all free. */
export function createSlots({ count, weight: most }: SlotsOptions): Slots {
  const waiting: Waiting[] = [];
  let held = 0;
  let heldWeight = 0;

  const fits = (weight: number) => held === 0 || (held < count && heldWeight + weight <= most);
  const grantNext = () => {
    for (let next = waiting[0]; next !== undefined && fits(next.weight); next = waiting[0]) {
      waiting.shift();
      held++;
      heldWeight += next.weight;
      next.grant();
    }
  };
  const releaser = (weight: number) => {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      held--;
      heldWeight -= weight;
      grantNext();
    };
  };

  return {
    async take(weight = 0, signals = []) {
      const release = releaser(weight);
      let place: Waiting | undefined;
      const granted = new Promise<void>((grant) => {
        place = { weight, grant };
        waiting.push(place);
      });
      grantNext();
      try {
        await settleOrAbort(granted, signals);
        return release;
      } catch (reason) {
        const position = place === undefined ? -1 : waiting.indexOf(place);
        if (position < 0) release();
        else waiting.splice(position, 1);
        // One behind it may fit where it did not.
        grantNext();
        throw reason;
      }
    },
  };
}
