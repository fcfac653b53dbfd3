import { attentionSteps } from './attention-steps';
import { feedForwardSteps } from './feed-forward-steps';
import { bytesOf, type FusedStep } from './fused-step';
import type { FusionTraits } from './fusion-traits';
import type { HalfBlockSizes } from './half-block-sizes';

/** A dynamic block: both halves. */
export interface BlockSizes extends HalfBlockSizes {
  readonly heads: number;
  readonly hidden: number;
}

/** What a fused block costs, from its sizes alone. */
export interface BlockAccount {
  readonly steps: readonly FusedStep[];
  /** Bytes that the dispatches read and write. */
  readonly moved: number;
  /**
   * Bytes if every tensor of image size were written once and read once: the input, q, k and v before and
   * after their depthwise convolutions, gate and value before theirs, gelu(gate)·value, both results; and
   * every parameter read once.
   */
  readonly minimum: number;
}

/** Single precision and reductions in workgroup memory: what every device can do. */
const plainTraits: FusionTraits = { reduction: { lanes: 32, subgroups: false }, half: false };

/** Adds up the dispatches of a fused block and what they move. */
export function blockAccount(sizes: BlockSizes, traits: FusionTraits = plainTraits): BlockAccount {
  const steps = [
    ...Object.values(attentionSteps(sizes, traits)),
    ...Object.values(feedForwardSteps(sizes, traits)),
  ].flatMap((step: FusedStep | undefined) => step ?? []);
  const moved = steps.reduce((sum, { traffic }) => sum + traffic.read + traffic.written, 0);
  return { steps, moved, minimum: minimumBytes(sizes) };
}

function minimumBytes(sizes: BlockSizes): number {
  const { images, height, width, channels, hidden } = sizes;
  const ends = 2 * channels;
  const between = 3 * channels + 3 * channels + channels + 2 * hidden + hidden;
  return bytesOf(images * height * width * (ends + 2 * between) + parameterCount(sizes));
}

/** Values of the block's parameters, but for biases. */
function parameterCount({ channels, hidden, iprSize }: BlockSizes): number {
  const modulations = 2 * 2 * iprSize * channels;
  const pointwise = 4 * channels ** 2 + 3 * channels * hidden;
  const depthwise = 9 * (3 * channels + 2 * hidden);
  return modulations + pointwise + depthwise;
}
