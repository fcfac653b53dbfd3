import { batchToSpaceND, conv2d, spaceToBatchND, type Tensor4D } from '@tensorflow/tfjs';

/**
 * 3×3 convolution without bias whose taps lie `dilation` pixels apart, zero padding that keeps the size.
 * As plain convolutions of every `dilation`-th pixel: TensorFlow.js differentiates no dilated ones.
 */
export function dilatedConvolution(x: Tensor4D, filter: Tensor4D, dilation: number): Tensor4D {
  if (dilation === 1) return conv2d(x, filter, 1, 'same');
  const [, height, width] = x.shape;
  const surplus = (size: number) => (dilation - (size % dilation)) % dilation;
  const [below, beside] = [surplus(height), surplus(width)];
  const block = [dilation, dilation];
  const phases: Tensor4D = spaceToBatchND(x, block, [
    [dilation, dilation + below],
    [dilation, dilation + beside],
  ]);
  return batchToSpaceND(conv2d(phases, filter, 1, 'valid'), block, [
    [0, below],
    [0, beside],
  ]);
}
