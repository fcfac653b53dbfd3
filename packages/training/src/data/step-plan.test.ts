import { describe, expect, it } from 'vitest';
import { planSteps } from './step-plan';

describe('step plan', () => {
  const phases = [
    { iterations: 3, patch: 64, batch: 8 },
    { iterations: 2, patch: 128, batch: 2 },
  ];

  it('goes from phase to phase, and stays in the last one', () => {
    const plan = planSteps(phases);
    expect([0, 2, 3, 4, 5, 9].map((iteration) => plan(iteration).patch)).toEqual([
      64, 64, 128, 128, 128, 128,
    ]);
    expect(plan(3).batch).toBe(2);
  });

  it('goes on in the data where the iteration before it stopped', () => {
    for (const accumulation of [1, 3]) {
      const plan = planSteps(phases, accumulation);
      for (let iteration = 0; iteration < 9; iteration++) {
        const { firstImage, batch } = plan(iteration);
        expect(plan(iteration + 1).firstImage).toBe(firstImage + batch * accumulation);
      }
    }
  });
});
