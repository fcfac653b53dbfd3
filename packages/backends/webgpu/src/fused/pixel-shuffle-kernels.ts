import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import type { FusedKernel } from './fused-kernel';
import { imageShape, requireInput } from './kernel-inputs';
import { pixelShuffleStep, pixelUnshuffleStep } from './pixel-shuffle-step';
import { runStep } from './run-step';

/** Core's `pixelShuffle` in one dispatch. */
export const pixelShuffleKernel: FusedKernel = ({ inputs, attributes, backend }) => {
  const x = requireInput(inputs, 'x');
  const factor = readFactor(attributes);
  const [images, h, w, c] = imageShape(x);
  const shape = { images, height: h * factor, width: w * factor, channels: c / factor ** 2 };
  return {
    ...runStep(backend, pixelShuffleStep({ ...shape, factor }), [x]),
    shape: Object.values(shape),
  };
};

/** Core's `pixelUnshuffle` in one dispatch. */
export const pixelUnshuffleKernel: FusedKernel = ({ inputs, attributes, backend }) => {
  const x = requireInput(inputs, 'x');
  const factor = readFactor(attributes);
  const [images, height, width, c] = imageShape(x);
  const shape = { images, height: height / factor, width: width / factor, channels: c * factor ** 2 };
  return {
    ...runStep(backend, pixelUnshuffleStep({ ...shape, factor }), [x]),
    shape: Object.values(shape),
  };
};

function readFactor(attributes: NamedAttrMap | undefined): number {
  return Number(attributes?.factor);
}
