import type { BackboneBuilder } from './backbone';
import { chain, runStages } from './backbone';
import { convolutionRelu } from './convolution';
import { maxPoolFloor } from './max-pool';

/**
 * AlexNet as torchvision has it (Krizhevsky, One weird trick, 2014), `features.*`: the outputs of its five
 * convolutions behind their ReLUs.
 */
export const alexNet: BackboneBuilder = (p) => {
  const conv = (index: number, inputs: number, outputs: number, kernel: number, stride = 1) => {
    const padding = Math.floor(kernel / 2) - (stride > 1 ? 3 : 0);
    return convolutionRelu(p.scope(`features.${index}`), { inputs, outputs, kernel, stride, padding });
  };
  const pool = maxPoolFloor(3, 2);
  const stages = [
    conv(0, 3, 64, 11, 4),
    chain(pool, conv(3, 64, 192, 5)),
    chain(pool, conv(6, 192, 384, 3)),
    conv(8, 384, 256, 3),
    conv(10, 256, 256, 3),
  ];
  return { channels: [64, 192, 384, 256, 256], smallestSide: 31, features: (x) => runStages(stages, x) };
};
