import { type RunningBackend, readTensor, withBackend } from '@diffir/core';
import {
  add,
  depthwiseConv2d,
  div,
  mean,
  mul,
  square,
  sub,
  type Tensor,
  type Tensor4D,
  tensor4d,
  tidy,
  tile,
} from '@tensorflow/tfjs-core';
import { assertSameBatch, comparedTensor } from '../pixels/compared-tensor';
import { gaussian } from '../pixels/gaussian';
import { type PixelSettings, pixelSettings } from '../pixels/pixel-settings';
import { assertWindowFits, type SsimScore } from './ssim';
import { ssimSettings, ssimWindow } from './ssim-settings';

const { size, sigma, k1, k2 } = ssimWindow;
const [C1, C2] = [k1 ** 2, k2 ** 2];
/** Second moments are taken around mid-gray: in single precision E[x²] − μ² loses fewer digits there. */
const CENTRE = 0.5;

/**
 * SSIM of each image of a batch, `[N,H,W,C]` with C = 1 or 3 and values in [0,1]; as `ssim`, in the
 * backend's single precision.
 * @throws ImageError when the batches do not fit each other or are smaller than the window
 */
export async function ssimOfBatch(
  backend: RunningBackend,
  reference: Tensor4D,
  restored: Tensor4D,
  options: Partial<PixelSettings> = {},
): Promise<readonly SsimScore[]> {
  const settings = pixelSettings(options);
  assertSameBatch(reference, restored);
  const means = withBackend(backend, () =>
    tidy(() => meanSsim(comparedTensor(reference, settings), comparedTensor(restored, settings))),
  );
  try {
    const values = await readTensor(backend, means);
    return Array.from(values, (value) => ({ metric: 'ssim', value, settings: ssimSettings(settings) }));
  } finally {
    means.dispose();
  }
}

/** `[N]` from two batches whose values lie in [0,1]. */
function meanSsim(a: Tensor4D, b: Tensor4D): Tensor {
  const [, height, width, channels] = b.shape;
  assertWindowFits({ width, height });
  const weights = Float32Array.from(gaussian(size, sigma));
  const local = (x: Tensor4D): Tensor4D => {
    const along = tile(tensor4d(weights, [1, size, 1, 1]), [1, 1, channels, 1]);
    const down = tile(tensor4d(weights, [size, 1, 1, 1]), [1, 1, channels, 1]);
    return depthwiseConv2d(depthwiseConv2d(x, along, 1, 'valid'), down, 1, 'valid');
  };
  // A gray batch beside an RGB one is spread over its channels.
  const x: Tensor4D = sub(a.shape[3] === channels ? a : tile(a, [1, 1, 1, channels]), CENTRE);
  const y: Tensor4D = sub(b, CENTRE);
  const [u, v] = [local(x), local(y)];
  const variances = sub(local(add(square(x), square(y))), add(square(u), square(v)));
  const covariance = sub(local(mul(x, y)), mul(u, v));
  const [meanA, meanB] = [add(u, CENTRE), add(v, CENTRE)];
  const numerator = mul(add(mul(mul(meanA, meanB), 2), C1), add(mul(covariance, 2), C2));
  const denominator = mul(add(add(square(meanA), square(meanB)), C1), add(variances, C2));
  return mean(mean(mean(div(numerator, denominator), 3), 2), 1);
}
