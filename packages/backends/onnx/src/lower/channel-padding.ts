import type { TracedNode, TracedValue } from '../trace/traced-graph';
import { constantView } from './constant-view';

/** How many channels a value has in the graph; more than in the trace where zeros are appended. */
export type ChannelCount = (value: TracedValue) => number;

/** As many channels as the trace says. */
export const unpadded: ChannelCount = (value) => channelsOf(value);

/** Channels that onnxruntime's blocked convolutions take at a time on processors with AVX-512; half elsewhere. */
const BLOCK = 16;

const producers: ReadonlySet<string> = new Set(['DiffIRPointwiseConv', 'DiffIRModulatedPointwiseConv']);
const depthwise: ReadonlySet<string> = new Set(['DepthwiseConv2dNative', 'FusedDepthwiseConv2D']);

/**
 * Rounds the channels between two 1×1 convolutions up to whole blocks: depthwise convolutions of other
 * counts take a slow path (a feed-forward network of 281 channels, as ⌊128·2.2⌋ makes one). Exact: the
 * first convolution's extra outputs are zero, and stay so until the second one ignores them.
 * @param values in an order in which each comes behind those that it depends on
 */
export function planChannelPadding(values: readonly TracedValue[]): ChannelCount {
  const uses = usesOf(values);
  const padded = new Map<TracedValue, number>();
  for (const value of values) {
    const channels = channelsOf(value);
    const rounded = Math.ceil(channels / BLOCK) * BLOCK;
    if (rounded === channels || channels < BLOCK || value.origin.kind !== 'node') continue;
    if (mayStart(value.origin.node) || passesOn(value.origin.node, padded)) {
      if (endsInConvolutions(value, uses)) padded.set(value, rounded);
    }
  }
  return (value) => padded.get(value) ?? channelsOf(value);
}

function channelsOf({ shape }: TracedValue): number {
  return shape[shape.length - 1] ?? 1;
}

interface Use {
  readonly node: TracedNode;
  /** Name of the input. */
  readonly as: string;
  readonly result: TracedValue;
}

function usesOf(values: readonly TracedValue[]): ReadonlyMap<TracedValue, readonly Use[]> {
  const uses = new Map<TracedValue, Use[]>();
  for (const result of values) {
    if (result.origin.kind !== 'node') continue;
    const { node } = result.origin;
    for (const [as, value] of Object.entries(node.inputs)) {
      uses.set(value, [...(uses.get(value) ?? []), { node, as, result }]);
    }
  }
  return uses;
}

/** A 1×1 convolution whose weights are at hand can have more outputs. */
function mayStart(node: TracedNode): boolean {
  return producers.has(node.kernel) && isConstant(node.inputs.weight) && isConstantOrAbsent(node.inputs.bias);
}

/** What treats every channel by itself keeps what all its images have. */
function passesOn(node: TracedNode, padded: ReadonlyMap<TracedValue, number>): boolean {
  if (!isDepthwise(node) && node.kernel !== 'DiffIRGatedGelu') return false;
  return imagesOf(node).every((image) => padded.has(image));
}

function isDepthwise(node: TracedNode): boolean {
  const { filter, bias } = node.inputs;
  return (
    depthwise.has(node.kernel) && filter?.shape[3] === 1 && isConstant(filter) && isConstantOrAbsent(bias)
  );
}

function imagesOf({ kernel, inputs }: TracedNode): readonly TracedValue[] {
  const images = kernel === 'DiffIRGatedGelu' ? [inputs.gate, inputs.value] : [inputs.x];
  return images.filter((image) => image !== undefined);
}

/** Whether all that use a value treat channels by themselves, up to 1×1 convolutions that can ignore some. */
function endsInConvolutions(value: TracedValue, uses: ReadonlyMap<TracedValue, readonly Use[]>): boolean {
  const all = uses.get(value) ?? [];
  return (
    all.length > 0 &&
    all.every(({ node, as, result }) => {
      if (node.kernel === 'DiffIRPointwiseConv') return as === 'x' && isConstant(node.inputs.weight);
      const separate = (isDepthwise(node) && as === 'x') || node.kernel === 'DiffIRGatedGelu';
      return separate && endsInConvolutions(result, uses);
    })
  );
}

function isConstant(value: TracedValue | undefined): boolean {
  return value !== undefined && constantView(value) !== undefined;
}

function isConstantOrAbsent(value: TracedValue | undefined): boolean {
  return value === undefined || isConstant(value);
}
