import { attentionSteps } from './attention-steps';
import type { FusedKernel } from './fused-kernel';
import { halfBlockSizes, preparedInputs } from './half-block-inputs';
import { lastDimension, presentInputs, requireInput } from './kernel-inputs';
import { runStep } from './run-step';
import { withScratch } from './scratch';

const names = (suffix: string) => ['q', 'k', 'v'].map((branch) => branch + suffix);

/** Core's `dynamicAttention` in 7 dispatches, 8 where q, k and v have biases. */
export const dynamicAttentionKernel: FusedKernel = ({ inputs, attributes, backend, traits }) => {
  const x = requireInput(inputs, 'x');
  const temperature = requireInput(inputs, 'temperature');
  const sizes = halfBlockSizes(inputs, attributes, 'q');
  const steps = attentionSteps({ ...sizes, heads: lastDimension(temperature) }, traits);
  return withScratch(backend, (scratch) => {
    const prepared = scratch.run(steps.prepare, presentInputs(inputs, preparedInputs));
    const biases = steps.join && scratch.run(steps.join, presentInputs(inputs, names('Bias')));
    const weights = presentInputs(inputs, names('Weight'));
    const projected = scratch.run(steps.project, [x, prepared, ...weights, ...(biases ? [biases] : [])]);
    const branches = scratch.run(steps.convolve, [
      projected,
      ...presentInputs(inputs, [...names('Filter'), ...names('FilterBias')]),
    ]);
    scratch.free(projected);
    const gram = scratch.run(steps.gram, [branches]);
    const attention = scratch.run(steps.softmax, [gram, temperature]);
    const mixing = scratch.run(steps.fold, [attention, requireInput(inputs, 'projectionWeight')]);
    return {
      ...runStep(backend, steps.apply, [branches, mixing, x, ...presentInputs(inputs, ['projectionBias'])]),
      shape: x.shape,
    };
  });
};
