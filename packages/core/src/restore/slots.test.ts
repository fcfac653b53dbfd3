import { describe, expect, it } from 'vitest';
import { createSlots } from './slots';

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Asks for slots and notes who got one. */
function askers(slots: ReturnType<typeof createSlots>) {
  const got: string[] = [];
  const ask = (name: string, weight?: number, signal?: AbortSignal) =>
    slots.take(weight, [signal]).then((release) => {
      got.push(name);
      return release;
    });
  return { got, ask };
}

describe('slots', () => {
  it('lets in as many as there are, the others in the order of asking', async () => {
    const { got, ask } = askers(createSlots({ count: 2, weight: Number.POSITIVE_INFINITY }));
    const [first, , third] = ['a', 'b', 'c', 'd'].map((name) => ask(name));
    await turn();
    expect(got).toEqual(['a', 'b']);
    const release = await first;
    release?.();
    // A second time it gives nothing back.
    release?.();
    await turn();
    expect(got).toEqual(['a', 'b', 'c']);
    (await third)?.();
    await turn();
    expect(got).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets in no more than they may weigh together, but one of any weight by itself', async () => {
    const { got, ask } = askers(createSlots({ count: 4, weight: 10 }));
    const light = ask('light', 4);
    const heavy = ask('heavy', 40);
    const after = ask('after', 1);
    await turn();
    // What comes after the heavy one would fit, but it would keep the heavy one waiting.
    expect(got).toEqual(['light']);
    (await light)();
    await turn();
    expect(got).toEqual(['light', 'heavy']);
    (await heavy)();
    (await after)();
    expect(got).toEqual(['light', 'heavy', 'after']);
  });

  it('forgets who stops waiting, and lets in who waited behind', async () => {
    const { got, ask } = askers(createSlots({ count: 2, weight: 10 }));
    const controller = new AbortController();
    const first = ask('first', 5);
    const heavy = ask('heavy', 40, controller.signal);
    const behind = ask('behind', 5);
    await turn();
    expect(got).toEqual(['first']);
    controller.abort('enough');
    await expect(heavy).rejects.toBe('enough');
    (await behind)();
    (await first)();
    expect(got).toEqual(['first', 'behind']);
    // Nothing is left behind: a heavy one gets in.
    (await ask('last', 99))();
    expect(got).toEqual(['first', 'behind', 'last']);
  });

  it('takes a slot back that was given in the moment of the abort', async () => {
    const slots = createSlots({ count: 1, weight: 1 });
    const controller = new AbortController();
    const first = await slots.take();
    const second = slots.take(0, [controller.signal]);
    controller.abort('enough');
    first();
    await expect(second).rejects.toBe('enough');
    (await slots.take())();
  });
});
