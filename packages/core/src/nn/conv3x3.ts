import { conv2d, fused } from '@tensorflow/tfjs-core';
import { fanInUniform } from './initializer';
import type { LayerSize, PixelLayer } from './layer';
import type { ParameterScope } from './parameter-scope';

/** 3×3 convolution, stride 1, zero padding 1. */
export function conv3x3(p: ParameterScope, { inputs, outputs, bias }: LayerSize): PixelLayer {
  const initializer = fanInUniform(9 * inputs);
  const weight = p.get('weight', { layout: 'conv', shape: [outputs, inputs, 3, 3], initializer });
  const offset = bias ? p.get('bias', { layout: 'vector', shape: [outputs], initializer }) : undefined;
  return {
    forward(x) {
      if (offset === undefined) return conv2d(x, weight.tensor, 1, 'same');
      const filter = weight.tensor;
      return fused.conv2d({ x, filter, strides: 1, pad: 'same', bias: offset.tensor });
    },
    macs: (pixels) => 9 * inputs * outputs * pixels,
  };
}
