import type { Lowering } from '../lower/lowering';
import type { TracedNode } from '../trace/traced-graph';
import { numberOf, stringOf, unsupported } from './attributes';

/** Applies the activation that TensorFlow.js' fused kernels carry in an attribute. */
export function activate(node: TracedNode, { builder }: Lowering, name: string): string {
  const activation = stringOf(node, 'activation', 'linear');
  switch (activation) {
    case 'linear':
      return name;
    case 'relu':
      return builder.add('Relu', [name]);
    case 'relu6':
      return builder.add('Clip', [name, builder.scalar(0), builder.scalar(6)]);
    case 'elu':
      return builder.add('Elu', [name]);
    case 'sigmoid':
      return builder.add('Sigmoid', [name]);
    case 'leakyrelu':
      return builder.add('LeakyRelu', [name], { alpha: { float: numberOf(node, 'leakyreluAlpha') } });
    default:
      throw unsupported(node, `activation ${activation}`);
  }
}
