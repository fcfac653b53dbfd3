import type { LayerNormKind } from '@diffir/core';
import type { FusedCase } from './compare-fused';

interface Family {
  readonly dim: number;
  readonly expansion: number;
  readonly kind: LayerNormKind;
}

/** Deblurring, inpainting and super-resolution. */
const families: readonly Family[] = [
  { dim: 48, expansion: 2, kind: 'WithBias' },
  { dim: 52, expansion: 1.8, kind: 'WithBias' },
  { dim: 64, expansion: 2.2, kind: 'BiasFree' },
];

/** Every width of block that the published presets have, with its heads. */
const levels = [
  { times: 1, heads: 1 },
  { times: 2, heads: 1 },
  { times: 2, heads: 2 },
  { times: 4, heads: 4 },
  { times: 8, heads: 8 },
];

/** Both halves of every block of the published presets, at odd sizes, for one image and for three. */
export function widthCases(): readonly FusedCase[] {
  return families.flatMap(({ dim, expansion, kind }) =>
    levels.flatMap(({ times, heads }) => {
      const channels = dim * times;
      const hidden = Math.floor(channels * expansion);
      const block = { channels, heads, hidden, kind, bias: false };
      const sizes = [
        { batch: 1, height: 5, width: 7 },
        { batch: 3, height: 3, width: 5 },
      ];
      return sizes.flatMap((size) => [
        { ...block, ...size, half: 'attention' as const },
        // Heads are the attention's alone.
        ...(heads === times ? [{ ...block, ...size, half: 'feedForward' as const }] : []),
      ]);
    }),
  );
}

/** More pixels than one run of the attention's sums holds, biases, and widths that vectors do not fit. */
export function oddCases(): readonly FusedCase[] {
  const common = { kind: 'WithBias', bias: true } as const;
  const blocks = [
    { batch: 1, height: 9, width: 16, channels: 48, heads: 1, hidden: 93 },
    { batch: 2, height: 9, width: 16, channels: 6, heads: 3, hidden: 13 },
    { batch: 1, height: 9, width: 16, channels: 70, heads: 1, hidden: 5 },
    { batch: 1, height: 9, width: 81, channels: 12, heads: 2, hidden: 24 },
  ];
  return blocks.flatMap((block) => [
    { ...common, ...block, half: 'attention' as const },
    { ...common, ...block, half: 'feedForward' as const },
  ]);
}

/** For test names. */
export function describeCase({ half, batch, height, width, channels, heads, hidden }: FusedCase): string {
  const inner = half === 'attention' ? `${heads} heads` : `${hidden} hidden`;
  return `${half}, ${batch}×${height}×${width}×${channels}, ${inner}`;
}
