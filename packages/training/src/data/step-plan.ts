/** Training at one patch size; DiffIR's deblurring grows patches and shrinks batches from phase to phase. */
export interface PatchPhase {
  /** How many iterations it lasts; the last phase lasts to the end. */
  readonly iterations: number;
  /** Side of the GT patches in pixels. */
  readonly patch: number;
  /** Images in a batch. */
  readonly batch: number;
}

/** What one iteration trains on. */
interface PlannedStep {
  readonly patch: number;
  readonly batch: number;
  /** How many images earlier iterations took: where this one goes on in the data. */
  readonly firstImage: number;
}

/** Says what each iteration, counted from 0, trains on. */
export type StepPlan = (iteration: number) => PlannedStep;

/**
 * Plans iterations over phases.
 * @param accumulation batches that are made and averaged in one iteration
 */
export function planSteps(phases: readonly PatchPhase[], accumulation = 1): StepPlan {
  return (iteration) => {
    let firstImage = 0;
    let start = 0;
    for (const [index, { iterations, patch, batch }] of phases.entries()) {
      const last = index === phases.length - 1;
      const images = batch * accumulation;
      if (last || iteration < start + iterations) {
        return { patch, batch, firstImage: firstImage + (iteration - start) * images };
      }
      firstImage += iterations * images;
      start += iterations;
    }
    return { patch: 0, batch: 0, firstImage };
  };
}
