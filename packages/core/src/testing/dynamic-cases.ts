import { dynamicAttention } from '../ops/dynamic-attention';
import { dynamicFeedForward } from '../ops/dynamic-feed-forward';
import type { LayerNormKind } from '../ops/normalize-channels';
import { dynamicBranchCase, modulatedInputCase } from './dynamic-case-parts';
import { type KernelCase, matrix, tensor4d, vector } from './kernel-case';
import { noise } from './reference-array';
import {
  referenceAdd,
  referenceChannelAttention,
  referenceGatedGelu,
  referencePointwise,
} from './reference-ops';

/** Float32 against float64 over sums of at most a few dozen products, with values of up to some dozens. */
const tolerance = 1e-4;

interface DynamicCase {
  readonly batch: number;
  readonly channels: number;
  /** Width of GDFN's hidden layer. */
  readonly hidden: number;
  readonly heads: number;
  readonly kind: LayerNormKind;
  readonly bias: boolean;
}

/** Both halves of a dynamic block: one image and several, widths that vectors of four fit and do not fit. */
export function dynamicCases(): readonly KernelCase[] {
  const cases: readonly DynamicCase[] = [
    { batch: 1, channels: 8, hidden: 16, heads: 2, kind: 'WithBias', bias: false },
    { batch: 3, channels: 8, hidden: 14, heads: 1, kind: 'BiasFree', bias: true },
    { batch: 1, channels: 10, hidden: 23, heads: 5, kind: 'WithBias', bias: true },
    { batch: 3, channels: 6, hidden: 13, heads: 1, kind: 'WithBias', bias: false },
  ];
  return cases.flatMap((options) => [attentionCase(options), feedForwardCase(options)]);
}

function describeCase({ batch, channels, heads, kind, bias }: DynamicCase): string {
  return `batch ${batch}, ${channels} channels, ${heads} heads, ${kind}${bias ? ', bias' : ''}`;
}

function attentionCase(options: DynamicCase): KernelCase {
  const { channels, heads, bias } = options;
  const { x, ipr, normalized, parameters } = modulatedInputCase(options);
  const branch = (seed: number) => dynamicBranchCase({ inputs: channels, outputs: channels, bias, seed });
  const [q, k, v] = [branch(21), branch(22), branch(23)];
  const temperature = noise([heads], { seed: 30, low: 0.5, high: 2 });
  const weight = noise([channels, channels], { seed: 31 });
  const offset = bias ? noise([channels], { seed: 32 }) : undefined;
  const attended = referenceChannelAttention({
    q: q.expected(normalized),
    k: k.expected(normalized),
    v: v.expected(normalized),
    temperature,
    weight,
    ...(offset && { bias: offset }),
  });
  return {
    name: `dynamicAttention, ${describeCase(options)}`,
    compute: () =>
      dynamicAttention(tensor4d(x), matrix(ipr), {
        input: parameters(),
        q: q.parameters(),
        k: k.parameters(),
        v: v.parameters(),
        temperature: vector(temperature),
        projection: { weight: matrix(weight), ...(offset && { bias: vector(offset) }) },
      }),
    expected: referenceAdd(x, attended),
    tolerance,
  };
}

function feedForwardCase(options: DynamicCase): KernelCase {
  const { channels, hidden, bias } = options;
  const { x, ipr, normalized, parameters } = modulatedInputCase(options);
  const branch = (seed: number) => dynamicBranchCase({ inputs: channels, outputs: hidden, bias, seed });
  const [gate, value] = [branch(24), branch(25)];
  const weight = noise([hidden, channels], { seed: 33, low: -0.2, high: 0.2 });
  const offset = bias ? noise([channels], { seed: 34 }) : undefined;
  const gated = referenceGatedGelu(gate.expected(normalized), value.expected(normalized));
  return {
    name: `dynamicFeedForward, ${describeCase(options)}, ${hidden} hidden`,
    compute: () =>
      dynamicFeedForward(tensor4d(x), matrix(ipr), {
        input: parameters(),
        gate: gate.parameters(),
        value: value.parameters(),
        projection: { weight: matrix(weight), ...(offset && { bias: vector(offset) }) },
      }),
    expected: referenceAdd(x, referencePointwise(gated, weight, offset)),
    tolerance,
  };
}
