import type { Lowering } from '../lower/lowering';
import { input } from './attributes';
import { lowerElementwise } from './elementwise';
import type { Operator } from './operator';

/** `gelu(gate)·value`, see core/ops. */
export const gatedGelu: Operator = {
  kernel: 'DiffIRGatedGelu',
  infer: (node) => [{ shape: input(node, 'gate').shape, dtype: 'float32' }],
  lower: (node, lowering) => [
    lowerElementwise(lowering, [input(node, 'gate'), input(node, 'value')], ([gate = '', value = '']) =>
      lowering.builder.add('Mul', [gelu(gate, lowering), value]),
    ),
  ],
};

/** The exact GELU in the form that onnxruntime recognises and fuses. */
function gelu(x: string, { builder, dialect }: Lowering): string {
  if (dialect === 'onnxruntime') return builder.addContributed('Gelu', [x]);
  const error = builder.add('Erf', [builder.add('Div', [x, builder.scalar(Math.SQRT2)])]);
  const doubled = builder.add('Mul', [x, builder.add('Add', [error, builder.scalar(1)])]);
  return builder.add('Mul', [doubled, builder.scalar(0.5)]);
}
