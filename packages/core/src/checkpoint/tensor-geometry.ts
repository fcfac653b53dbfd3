import { CheckpointError } from '../errors/checkpoint-error';
import { damaged, quoted } from './checkpoint-problem';
import { elementCount } from './values/stored-types';

/** Where a tensor's values lie in its storage, counted in values. */
export interface TensorGeometry {
  readonly shape: readonly number[];
  /** Distance between neighbours along each dimension; 0 repeats one value. */
  readonly strides: readonly number[];
  /** Index of the first value. */
  readonly offset: number;
}

/** A stretch of a storage, in values. */
export interface ElementSpan {
  readonly start: number;
  readonly length: number;
}

/** PyTorch itself handles at most 64 dimensions in its operators. */
export const maxDimensions = 64;

/** Strides of a row-major tensor without gaps. */
export function contiguousStrides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
}

/** The smallest stretch of the storage that holds all values of the tensor. */
export function elementSpan({ shape, strides, offset }: TensorGeometry): ElementSpan {
  if (elementCount(shape) === 0) return { start: offset, length: 0 };
  const last = shape.reduce((sum, size, axis) => sum + (size - 1) * (strides[axis] ?? 0), 0);
  return { start: offset, length: last + 1 };
}

/**
 * Refuses a tensor that reaches outside its storage or claims more values than `maxElements`: a stride of
 * 0 lets a tiny storage claim any number of them.
 * @throws {CheckpointError}
 */
export function checkGeometry(
  geometry: TensorGeometry,
  { subject, name, available, maxElements }: GeometryBounds,
): void {
  const { shape } = geometry;
  const count = elementCount(shape);
  if (count > maxElements) {
    throw new CheckpointError({
      subject,
      problem: `tensor ${quoted(name)} claims ${count} values, more than a file of this size may hold`,
      remedy: 'if it is a repeated (expanded) tensor, save it again with .contiguous()',
    });
  }
  const { start, length } = elementSpan(geometry);
  if (length > 0 && start + length > available) {
    throw damaged(
      subject,
      `tensor ${quoted(name)} needs ${start + length} values of a storage that has ${available}`,
    );
  }
}

export interface GeometryBounds {
  /** The file, for the message. */
  readonly subject: string;
  /** The tensor, for the message. */
  readonly name: string;
  /** Values in the storage. */
  readonly available: number;
  readonly maxElements: number;
}
