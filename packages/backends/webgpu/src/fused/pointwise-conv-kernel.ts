import type { FusedKernel } from './fused-kernel';
import { imageShape, lastDimension, presentInputs, requireInput } from './kernel-inputs';
import { productStep } from './product-step';
import { runStep } from './run-step';

/** Core's `pointwiseConv` in one dispatch. */
export const pointwiseConvKernel: FusedKernel = ({ inputs, backend, traits: { half } }) => {
  const x = requireInput(inputs, 'x');
  const weight = requireInput(inputs, 'weight');
  const [images, height, width, terms] = imageShape(x);
  const columns = lastDimension(weight);
  const bias = inputs.bias === undefined ? 'none' : 'joined';
  const step = productStep({
    name: 'pointwiseConv',
    batch: 1,
    rows: images * height * width,
    terms,
    columns,
    bias,
    half,
  });
  return {
    ...runStep(backend, step, [x, weight, ...presentInputs(inputs, ['bias'])]),
    shape: [images, height, width, columns],
  };
};
