import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { inOrder } from './in-order';

/** Work whose pieces end when told. */
function manualWork() {
  const started: number[] = [];
  const endings = new Map<number, { resolve(value: string): void; reject(error: unknown): void }>();
  const work = (input: number) => {
    started.push(input);
    return new Promise<string>((resolve, reject) => endings.set(input, { resolve, reject }));
  };
  return { started, work, end: (input: number) => endings.get(input) };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('inOrder', () => {
  it('has no more under way than it may, and gives out in order', async () => {
    const { started, work, end } = manualWork();
    const given: string[] = [];
    const reading = (async () => {
      for await (const { item, index } of inOrder([10, 20, 30], 2, work)) given.push(`${index}:${item}`);
    })();
    await turn();
    expect(started).toEqual([10, 20]);
    end(20)?.resolve('b');
    await turn();
    expect(given).toEqual([]);
    end(10)?.resolve('a');
    await turn();
    expect(given).toEqual(['0:a', '1:b']);
    expect(started).toEqual([10, 20, 30]);
    end(30)?.resolve('c');
    await reading;
    expect(given).toEqual(['0:a', '1:b', '2:c']);
  });

  it('meets a failure in its turn, waits for what is under way, and starts nothing more', async () => {
    const unhandled: unknown[] = [];
    const watch = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', watch);
    const { started, work, end } = manualWork();
    const outcomes: string[] = [];
    const reading = (async () => {
      for await (const { item } of inOrder([10, 20, 30, 40], 3, work)) outcomes.push(item);
    })().catch((error: unknown) => outcomes.push(`failed: ${error}`));
    await turn();
    end(20)?.reject('out of paint');
    await turn();
    end(10)?.resolve('a');
    await turn();
    expect(outcomes).toEqual(['a']);
    end(30)?.resolve('c');
    end(40)?.resolve('d');
    await reading;
    process.off('unhandledRejection', watch);
    expect(outcomes).toEqual(['a', 'failed: out of paint']);
    expect(started).toEqual([10, 20, 30, 40]);
    expect(unhandled).toEqual([]);
  });

  it('lets go of a result once it is given out', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc');
    const references: WeakRef<object>[] = [];
    const alive: number[] = [];
    const make = async () => {
      const result = { large: true };
      references.push(new WeakRef(result));
      return result;
    };
    for await (const { index } of inOrder([...Array(8).keys()], 1, make)) {
      // References seen in a turn are kept until the next one.
      await new Promise((resolve) => setTimeout(resolve, 0));
      collectGarbage();
      if (index === 7) alive.push(...references.flatMap((reference, at) => (reference.deref() ? [at] : [])));
    }
    // The last one is still in the loop's hands, the one before perhaps.
    expect(alive.filter((at) => at < 6)).toEqual([]);
  });
});
