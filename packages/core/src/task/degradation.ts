import type { Image } from '../image/image';
import type { RandomSource } from '../random/random-source';

/** A square convolution kernel of odd side, row by row; its middle sample lies on the pixel itself. */
export interface BlurKernel {
  readonly size: number;
  readonly weights: Float64Array;
}

/**
 * Encodes a gray or RGB image as baseline JPEG with 4:2:0 chroma at a quality (a whole number from 1 to
 * 100) and decodes it again: same size, same channels, 8 bits.
 */
export type JpegCodec = (image: Image, quality: number) => Promise<Image>;

/** What the surroundings choose for a degradation, and lend it. */
export interface DegradationContext {
  /** How many times smaller than the ground truth the low-quality image is. Default: the recipe's own. */
  readonly scale?: number;
  readonly jpeg?: JpegCodec;
  /** Blur kernels to draw from. */
  readonly kernels?: readonly BlurKernel[];
}

/** One training or evaluation example made of a good picture. */
export interface DegradedImage {
  /** The low-quality image: the network's input. 8 bits. */
  readonly lq: Image;
  /** The ground truth: the good picture, cropped so that its size is that of `lq` times the scale. */
  readonly gt: Image;
  /** The ground truth sharpened, where pixel and perceptual losses are to be taken against that. */
  readonly sharpenedGt?: Image;
  /** For inpainting: one channel, 255 = hole. */
  readonly mask?: Image;
}

/** A recipe by which training and evaluation examples are made of good pictures. */
export interface Degradation {
  /** Fit for a command line, and unique within its task. */
  readonly id: string;
  readonly description: string;
  /** Scale where the context gives none; absent where the low-quality image keeps its size. */
  readonly defaultScale?: number;
  /** What the context must hold. */
  readonly needs?: readonly ('jpeg' | 'kernels')[];
  /**
   * Degrades a gray or RGB picture. All randomness comes from `random`: the same picture, numbers and
   * context give the same example.
   * @throws ImageError when the picture has alpha or is too small
   * @throws OptionError when the context lacks what the recipe needs, or holds what makes no sense
   */
  degrade(image: Image, random: RandomSource, context?: DegradationContext): Promise<DegradedImage>;
}
