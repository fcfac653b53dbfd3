import {
  matMul,
  ones,
  reshape,
  slice,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tensor4d,
} from '@tensorflow/tfjs-core';
import type { PlainTensor } from '../backend/compiled-computation';
import { ModelUseError } from '../errors/model-use-error';
import type { RestorationModel } from '../model/model';
import type { PriorEncoder } from '../prior/prior';
import type { TaskDefinition, TaskInputs } from '../task/task';
import type { Region } from './image-region';

/** A region of a task's inputs as plain values, interleaved, row by row. */
export interface RegionValues {
  readonly rows: number;
  readonly columns: number;
  /** RGB in [0,1]. */
  readonly image: Float32Array;
  /** One value a pixel, 1 = hole. */
  readonly mask?: Float32Array;
}

/** One long computation of a restoration, as plain data that can cross to another thread. */
export type NetworkRequest =
  /** The network's output over a region, given the IPR where the network has a prior. */
  | { readonly part: 'restore'; readonly inputs: RegionValues; readonly ipr?: Float32Array }
  /** The prior's condition, from the whole picture. */
  | { readonly part: 'condition'; readonly inputs: RegionValues }
  /** The sum over some of the cells of the prior encoder's features; `cells` counts cells of the region. */
  | { readonly part: 'features'; readonly inputs: RegionValues; readonly cells: Region };

/** What a request is computed with. */
export interface RequestSetup {
  readonly network: RestorationModel;
  readonly task: TaskDefinition;
}

/** What a request asks for, without the values it asks about. */
export type RequestKind =
  | { readonly part: 'restore' }
  | { readonly part: 'condition' }
  | { readonly part: 'features'; readonly cells: Region };

/** A request's values as tensors. */
export interface RequestTensors extends TaskInputs {
  readonly ipr?: Tensor2D;
}

/** A region's values as the task's tensors. */
export function taskInputs({ rows, columns, image, mask }: RegionValues): TaskInputs {
  return {
    image: tensor4d(image, [1, rows, columns, 3]),
    ...(mask && { mask: tensor4d(mask, [1, rows, columns, 1]) }),
  };
}

/** A request's values by name, for computations that are compiled. */
export function requestValues(request: NetworkRequest): { readonly [name: string]: PlainTensor } {
  const { rows, columns, image, mask } = request.inputs;
  const ipr = request.part === 'restore' ? request.ipr : undefined;
  return {
    image: { values: image, shape: [1, rows, columns, 3] },
    ...(mask && { mask: { values: mask, shape: [1, rows, columns, 1] } }),
    ...(ipr && { ipr: { values: ipr, shape: [1, ipr.length] } }),
  };
}

/** A request's values as tensors on the current backend. */
export function requestTensors(request: NetworkRequest): RequestTensors {
  const ipr = request.part === 'restore' ? request.ipr : undefined;
  return { ...taskInputs(request.inputs), ...(ipr && { ipr: tensor2d(ipr, [1, ipr.length]) }) };
}

/**
 * Answers a request with tensors, on the current backend and inside a tidy.
 * @throws ModelUseError when the network has no prior that could answer it
 */
export function computeRequest(
  { network, task }: RequestSetup,
  kind: RequestKind,
  { ipr, ...inputs }: RequestTensors,
): Tensor {
  const input = task.prepare(inputs);
  switch (kind.part) {
    case 'restore':
      return network.restore(input, ipr);
    case 'condition':
      return encoderOf(network).encode(input);
    case 'features': {
      const { pieces } = encoderOf(network);
      if (pieces === undefined) throw notMadeForIt(network);
      const { rows, columns } = kind.cells;
      const begin = [0, rows.start, columns.start, 0];
      const own = slice(pieces.features(input), begin, [1, rows.size, columns.size, -1]);
      const cells: Tensor2D = reshape(own, [rows.size * columns.size, -1]);
      return matMul(ones([1, rows.size * columns.size]), cells);
    }
  }
}

function encoderOf(network: RestorationModel): PriorEncoder {
  if (network.prior === undefined) throw notMadeForIt(network);
  return network.prior.encoder;
}

function notMadeForIt({ descriptor }: RestorationModel): ModelUseError {
  return new ModelUseError({
    subject: descriptor.architecture,
    problem: 'it has no prior that is encoded in this way',
  });
}
