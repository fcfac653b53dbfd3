import type { LayerNormKind } from '@diffir/core';

/** What decides the dispatches of half a dynamic block. */
export interface HalfBlockSizes {
  readonly images: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly iprSize: number;
  readonly kind: LayerNormKind;
  /** Which of the optional parameters there are. */
  readonly biases: {
    readonly norm: boolean;
    readonly pointwise: boolean;
    readonly depthwise: boolean;
    readonly projection: boolean;
  };
}
