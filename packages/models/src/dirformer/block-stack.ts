import type { ParameterScope } from '@diffir/core';
import { type DynamicBlockOptions, type DynamicLayer, dynamicBlock } from './dynamic-block';

/** `count` dynamic blocks in a row, named `0`, `1`, … in `p`; every intermediate is freed on the way. */
export function blockStack(p: ParameterScope, count: number, options: DynamicBlockOptions): DynamicLayer {
  const blocks = Array.from({ length: count }, (_, index) => dynamicBlock(p.scope(`${index}`), options));
  return {
    forward(x, ipr) {
      let features = x;
      for (const block of blocks) {
        const next = block.forward(features, ipr);
        if (features !== x) features.dispose();
        features = next;
      }
      return features;
    },
    macs: (pixels) => blocks.reduce((sum, block) => sum + block.macs(pixels), 0),
  };
}
