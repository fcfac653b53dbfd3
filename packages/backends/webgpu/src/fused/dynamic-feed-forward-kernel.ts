import { feedForwardSteps } from './feed-forward-steps';
import type { FusedKernel } from './fused-kernel';
import { halfBlockSizes, preparedInputs } from './half-block-inputs';
import { lastDimension, presentInputs, requireInput } from './kernel-inputs';
import { runStep } from './run-step';
import { withScratch } from './scratch';

const names = (suffix: string) => ['gate', 'value'].map((branch) => branch + suffix);

/** Core's `dynamicFeedForward` in 4 dispatches. */
export const dynamicFeedForwardKernel: FusedKernel = ({ inputs, attributes, backend, traits }) => {
  const x = requireInput(inputs, 'x');
  const hidden = lastDimension(requireInput(inputs, 'gateWeight'));
  const steps = feedForwardSteps({ ...halfBlockSizes(inputs, attributes, 'gate'), hidden }, traits);
  return withScratch(backend, (scratch) => {
    const prepared = scratch.run(steps.prepare, presentInputs(inputs, preparedInputs));
    const expanded = scratch.run(steps.expand, [
      x,
      prepared,
      ...presentInputs(inputs, [...names('Weight'), ...names('Bias')]),
    ]);
    const gated = scratch.run(steps.gate, [
      expanded,
      ...presentInputs(inputs, [...names('Filter'), ...names('FilterBias')]),
    ]);
    scratch.free(expanded);
    return {
      ...runStep(backend, steps.project, [
        gated,
        ...presentInputs(inputs, ['projectionWeight']),
        x,
        ...presentInputs(inputs, ['projectionBias']),
      ]),
      shape: x.shape,
    };
  });
};
