import { convGeometry, inputTensor } from '@diffir/core';
import { conv2d, type KernelFunc, reverse, type Tensor4D, tidy, transpose } from '@tensorflow/tfjs-core';

/**
 * Gradient of a convolution by its input: with stride 1 the convolution of the output gradient with the
 * filter turned by 180° and its channels exchanged, which XNNPACK computes many times faster than the
 * kernel's own loops; those remain for other strides. `dy` [N,h,w,O] to [N,H,W,I].
 */
export function conv2dBackpropInput(original: KernelFunc): KernelFunc {
  return (call) => {
    const attributes = call.attrs ?? {};
    const filter = inputTensor(call.inputs, 'filter') as Tensor4D;
    const shapes = { input: attributes.inputShape as number[], filter: filter.shape };
    const geometry = convGeometry(shapes, attributes, 'full');
    if (geometry.strideHeight !== 1 || geometry.strideWidth !== 1) return original(call);
    return tidy(() => {
      const turned: Tensor4D = transpose(reverse(filter, [0, 1]), [0, 1, 3, 2]);
      return conv2d(inputTensor(call.inputs, 'dy') as Tensor4D, turned, 1, [
        [0, 0],
        [
          geometry.filterHeight - 1 - geometry.padInfo.top,
          geometry.filterHeight - 1 - geometry.padInfo.bottom,
        ],
        [geometry.filterWidth - 1 - geometry.padInfo.left, geometry.filterWidth - 1 - geometry.padInfo.right],
        [0, 0],
      ]);
    });
  };
}
