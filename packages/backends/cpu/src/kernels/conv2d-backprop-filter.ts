import { type ConvGeometry, convGeometry, inputTensor } from '@diffir/core';
import { type KernelFunc, tensor } from '@tensorflow/tfjs-core';
import { float32Values } from './float32-values';

/**
 * Gradient of a convolution by its filter, `x` [N,H,W,I] and `dy` [N,h,w,O] to [kH,kW,I,O], in place of
 * TensorFlow.js' kernel, which reads each value through a checked accessor. Channels that come first are left
 * to that one.
 */
export function conv2dBackpropFilter(original: KernelFunc): KernelFunc {
  return (call) => {
    const { inputs, attrs = {} } = call;
    if (attrs.dataFormat === 'NCHW') return original(call);
    const [x, dy] = [inputTensor(inputs, 'x'), inputTensor(inputs, 'dy')];
    const filterShape = attrs.filterShape as number[];
    const geometry = convGeometry({ input: x.shape, filter: filterShape }, attrs, 'full');
    const sums = filterSums(float32Values(x), float32Values(dy), geometry);
    return tensor(Float32Array.from(sums), filterShape);
  };
}

/**
 * For each tap the sum over all output pixels of the product of the input under the tap with the output's
 * gradient, in double precision.
 */
function filterSums(x: Float32Array, dy: Float32Array, geometry: ConvGeometry): Float64Array {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels, outChannels } = geometry;
  const { filterHeight, filterWidth, strideHeight, padInfo } = geometry;
  const sums = new Float64Array(filterHeight * filterWidth * inChannels * outChannels);
  for (let image = 0; image < batchSize; image++) {
    for (let y = 0; y < outHeight; y++) {
      for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
        const row = y * strideHeight + tapRow - padInfo.top;
        if (row < 0 || row >= inHeight) continue;
        const xRow = (image * inHeight + row) * inWidth * inChannels;
        const dyRow = (image * outHeight + y) * outWidth * outChannels;
        for (let tapColumn = 0; tapColumn < filterWidth; tapColumn++) {
          const sum = (tapRow * filterWidth + tapColumn) * inChannels * outChannels;
          addRow(x, dy, sums, { xRow, dyRow, sum, tapColumn, geometry });
        }
      }
    }
  }
  return sums;
}

interface RowPass {
  /** Where the row's values begin in the input, and in the output's gradient. */
  readonly xRow: number;
  readonly dyRow: number;
  /** Where the tap's sums begin. */
  readonly sum: number;
  readonly tapColumn: number;
  readonly geometry: ConvGeometry;
}

/** Adds a row's products for one tap: of every input channel with every output channel, at each pixel. */
function addRow(x: Float32Array, dy: Float32Array, sums: Float64Array, pass: RowPass): void {
  const { inWidth, outWidth, inChannels, outChannels, strideWidth, padInfo } = pass.geometry;
  for (let column = 0; column < outWidth; column++) {
    const xColumn = column * strideWidth + pass.tapColumn - padInfo.left;
    if (xColumn < 0 || xColumn >= inWidth) continue;
    const xPixel = pass.xRow + xColumn * inChannels;
    const dyPixel = pass.dyRow + column * outChannels;
    for (let input = 0; input < inChannels; input++) {
      const value = x[xPixel + input] ?? 0;
      const sum = pass.sum + input * outChannels;
      for (let output = 0; output < outChannels; output++) {
        sums[sum + output] = (sums[sum + output] ?? 0) + value * (dy[dyPixel + output] ?? 0);
      }
    }
  }
}
