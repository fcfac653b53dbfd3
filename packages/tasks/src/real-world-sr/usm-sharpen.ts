import { convolveMirrored } from '../degradation/convolution';
import type { FloatImage } from '../degradation/float-image';
import { generalizedGaussianKernel } from './gaussian-kernels';

export interface UsmOptions {
  /** How much of the detail is added. Default 0.5. */
  readonly weight?: number;
  /** Detail weaker than this many 8-bit levels is left alone. Default 10. */
  readonly threshold?: number;
}

/** OpenCV's σ for a kernel of 51: 0.3·((51 − 1)/2 − 1) + 0.8. */
const blurShape = { size: 51, sigmaX: 8 } as const;

/**
 * Unsharp masking as Real-ESRGAN sharpens its ground truth: the image less its blur (Gaussian 51×51,
 * σ 8) is added by `weight` where it exceeds the threshold, with that mask blurred alike.
 *
 * @throws ImageError if the image has alpha or a side below 26 pixels
 */
export function usmSharpen(image: FloatImage, { weight = 0.5, threshold = 10 }: UsmOptions = {}): FloatImage {
  const { data, ...size } = image;
  const kernel = generalizedGaussianKernel(blurShape);
  const blurred = convolveMirrored(image, kernel).data;
  const strong = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const detail = (data[i] ?? 0) - (blurred[i] ?? 0);
    strong[i] = Math.abs(detail) * 255 > threshold ? 1 : 0;
  }
  const mask = convolveMirrored({ ...size, data: strong }, kernel).data;
  const sharpened = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const sample = data[i] ?? 0;
    const share = mask[i] ?? 0;
    const sharp = Math.min(1, Math.max(0, sample + weight * (sample - (blurred[i] ?? 0))));
    sharpened[i] = share * sharp + (1 - share) * sample;
  }
  return { ...size, data: sharpened };
}
