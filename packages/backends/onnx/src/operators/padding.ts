import { plain } from '../lower/form';
import type { Lowering } from '../lower/lowering';
import type { TracedNode } from '../trace/traced-graph';
import { input, numberOf, numbersOf, pairsOf, stringOf, unsupported } from './attributes';
import type { Operator } from './operator';
import { ofType } from './value-types';

const pad: Operator = {
  kernel: 'PadV2',
  infer: (node) => ofType(input(node, 'x'), paddedShape(node)),
  lower: (node, lowering) => {
    const { builder } = lowering;
    return [
      plain(() =>
        builder.add('Pad', [
          lowering.plain(input(node, 'x')),
          padsOf(node, lowering),
          builder.scalar(numberOf(node, 'constantValue')),
        ]),
      ),
    ];
  },
};

const mirrorPad: Operator = {
  kernel: 'MirrorPad',
  infer: (node) => ofType(input(node, 'x'), paddedShape(node)),
  lower: (node, lowering) => {
    if (stringOf(node, 'mode', '') !== 'reflect') throw unsupported(node, 'symmetric padding');
    const { builder } = lowering;
    return [
      plain(() =>
        builder.add('Pad', [lowering.plain(input(node, 'x')), padsOf(node, lowering)], {
          mode: { string: 'reflect' },
        }),
      ),
    ];
  },
};

function paddedShape(node: TracedNode): readonly number[] {
  const pads = pairsOf(node, 'paddings');
  return input(node, 'x').shape.map(
    (length, axis) => length + (pads[axis]?.[0] ?? 0) + (pads[axis]?.[1] ?? 0),
  );
}

function padsOf(node: TracedNode, { builder }: Lowering): string {
  const pads = pairsOf(node, 'paddings');
  return builder.integers([...pads.map(([before]) => before), ...pads.map(([, after]) => after)]);
}

const tile: Operator = {
  kernel: 'Tile',
  infer: (node) => {
    const reps = numbersOf(node, 'reps');
    const x = input(node, 'x');
    return ofType(
      x,
      x.shape.map((length, axis) => length * (reps[axis] ?? 1)),
    );
  },
  lower: (node, lowering) => [
    plain(() =>
      lowering.builder.add('Tile', [
        lowering.plain(input(node, 'x')),
        lowering.builder.integers(numbersOf(node, 'reps')),
      ]),
    ),
  ],
};

/** Operators that surround or repeat a value. */
export const paddingOperators: readonly Operator[] = [pad, mirrorPad, tile];
