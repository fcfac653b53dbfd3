import * as tf from '@tensorflow/tfjs';
import { exact, type KernelCase, tensor4d } from './kernel-case';
import { at, noise, tabulate } from './reference-array';
import { reflect } from './reference-kernels';

/** Kernels that only move values. */
export function movementCases(): readonly KernelCase[] {
  return [transposition(), ...partitions(), enlargement(), ...paddings()];
}

/** The permutation at the heart of pixel shuffle. */
function transposition(): KernelCase {
  const blocks = noise([2, 3, 5, 2, 2, 3], { seed: 17 });
  return {
    name: 'transpose in six dimensions',
    compute: () => tf.transpose(tf.tensor6d([...blocks.values], [2, 3, 5, 2, 2, 3]), [0, 1, 4, 2, 5, 3]),
    expected: tabulate([2, 3, 2, 5, 3, 2], ([a, b, c, d, e, f]) => at(blocks, [a, b, d, f, c, e])),
    tolerance: exact,
  };
}

function partitions(): KernelCase[] {
  const x = noise([2, 3, 5, 6], { seed: 18 });
  const other = noise([2, 3, 5, 3], { seed: 19 });
  return [
    {
      name: 'concat of channels',
      compute: () => tf.concat([tensor4d(x), tensor4d(other)], 3),
      expected: tabulate([2, 3, 5, 9], ([n, i, j, c]) =>
        c < 6 ? at(x, [n, i, j, c]) : at(other, [n, i, j, c - 6]),
      ),
      tolerance: exact,
    },
    {
      name: 'split, last part',
      compute: () => tf.split(tensor4d(x), 3, 3)[2] ?? tf.tensor([]),
      expected: tabulate([2, 3, 5, 2], ([n, i, j, c]) => at(x, [n, i, j, c + 4])),
      tolerance: exact,
    },
    {
      name: 'slice',
      compute: () => tf.slice(tensor4d(x), [1, 0, 2, 1], [1, 3, 2, 4]),
      expected: tabulate([1, 3, 2, 4], ([_, i, j, c]) => at(x, [1, i, j + 2, c + 1])),
      tolerance: exact,
    },
  ];
}

function enlargement(): KernelCase {
  const image = noise([1, 3, 5, 3], { seed: 20 });
  return {
    name: 'resizeNearestNeighbor ×4',
    compute: () => tf.image.resizeNearestNeighbor(tensor4d(image), [12, 20]),
    expected: tabulate([1, 12, 20, 3], ([n, i, j, c]) =>
      at(image, [n, Math.floor(i / 4), Math.floor(j / 4), c]),
    ),
    tolerance: exact,
  };
}

function paddings(): KernelCase[] {
  const x = noise([1, 5, 6, 3], { seed: 21 });
  const reflected: [number, number][] = [
    [0, 0],
    [1, 3],
    [0, 5],
    [0, 0],
  ];
  const zeros: [number, number][] = [
    [0, 0],
    [1, 2],
    [3, 0],
    [0, 1],
  ];
  return [
    {
      name: 'mirrorPad, reflecting',
      compute: () => tf.mirrorPad(tensor4d(x), reflected, 'reflect'),
      expected: tabulate([1, 9, 11, 3], ([n, i, j, c]) => at(x, [n, reflect(i - 1, 5), reflect(j, 6), c])),
      tolerance: exact,
    },
    {
      name: 'pad with zeros',
      compute: () => tf.pad(tensor4d(x), zeros),
      expected: tabulate([1, 8, 9, 4], ([n, i, j, c]) => at(x, [n, i - 1, j - 3, c])),
      tolerance: exact,
    },
  ];
}
