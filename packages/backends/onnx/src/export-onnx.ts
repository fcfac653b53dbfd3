import {
  estimatePrior,
  ModelUseError,
  type NamedTensors,
  type RestorationModel,
  type RunningBackend,
  type TaskDefinition,
} from '@diffir/core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { type GraphPort, lowerGraph } from './lower/lower-graph';
import type { OnnxModel } from './model-file/onnx-model';
import { writeOnnxModel } from './model-file/write-onnx-model';
import { trace } from './trace/trace';
import { startTracer } from './trace/tracer';

export interface ExportOptions {
  /** The network, loaded on the backend that `startExporter` returned. */
  readonly network: RestorationModel;
  readonly task: TaskDefinition;
  readonly exporter: RunningBackend;
  /** Input pixels, multiples of what the network needs; absent: any such size at run time. */
  readonly size?: { readonly height: number; readonly width: number };
  /** How weights of two and more dimensions are stored; arithmetic is in f32 all the same. Default: f32. */
  readonly weights?: 'f32' | 'f16';
  /** What the file says of itself, beside size and scale. */
  readonly metadata?: { readonly [key: string]: string };
}

/** A backend that networks are loaded on to be exported. Needs no onnxruntime. */
export function startExporter(): RunningBackend {
  return startTracer({
    id: 'onnx-export',
    device: 'tracing',
    limits: { maxTensorBytes: Number.MAX_SAFE_INTEGER },
    evaluate: () =>
      Promise.reject(
        new ModelUseError({ subject: 'export', problem: 'the model looks at values while it computes' }),
      ),
  });
}

/**
 * A network as the bytes of an .onnx file of ONNX's own operators: inputs `image` `[1,3,H,W]` in [0,1],
 * `noise` `[1,256]` (z_T) where the network has a prior, and `mask` `[1,1,H,W]` (1 = hole) where the task
 * takes one; output `restored` `[1,3,H·scale,W·scale]` in [0,1].
 * @throws ModelUseError naming an op that graphs cannot express, or when the network depends on its
 * input's size in a way that a graph for any size cannot say
 */
export function exportOnnx(options: ExportOptions): Uint8Array {
  const { size } = options;
  if (size !== undefined) return writeOnnxModel(exportGraph(options, size));
  const { sizeMultiple: side } = options.network.descriptor;
  const [graph, other] = [
    exportGraph(options, { height: 2 * side, width: 3 * side }),
    exportGraph(options, { height: 5 * side, width: 4 * side }),
  ];
  if (JSON.stringify(graph.nodes) === JSON.stringify(other.nodes) && sameShapes(graph, other)) {
    return writeOnnxModel(graph);
  }
  throw new ModelUseError({
    subject: options.network.descriptor.architecture,
    problem: 'its graph depends on the size of the image',
    remedy: 'export it for a given size',
  });
}

/** Constants that differ would be sizes baked in; of weights the shapes are enough to compare. */
function sameShapes(a: OnnxModel, b: OnnxModel): boolean {
  const facts = ({ initializers }: OnnxModel) =>
    JSON.stringify(
      [...initializers].map(([name, { shape, byteLength, data }]) => [
        name,
        shape,
        byteLength > 256 ? 0 : [...data()],
      ]),
    );
  return facts(a) === facts(b);
}

function exportGraph(
  options: ExportOptions,
  { height, width }: NonNullable<ExportOptions['size']>,
): OnnxModel {
  const { network, task, exporter, weights = 'f32', metadata = {} } = options;
  const { descriptor, prior } = network;
  const shapes = {
    image: [1, height, width, 3],
    ...(prior && { noise: [1, prior.encoder.size] }),
    ...(task.mask === 'required' && { mask: [1, height, width, 1] }),
  };
  const { inputs, output } = trace(exporter, (tensors) => restoration(network, task, tensors), shapes);
  const dynamic = options.size === undefined;
  const symbols = dynamic ? { symbols: { 2: 'height', 3: 'width' } } : {};
  const enlarged =
    descriptor.scale === 1 ? symbols : dynamic ? { symbols: { 2: 'outHeight', 3: 'outWidth' } } : {};
  return lowerGraph({
    name: descriptor.architecture,
    inputs: Object.entries(inputs).map(
      ([name, value]): GraphPort =>
        value.shape.length === 4
          ? { name, value, layout: 'planar', ...symbols }
          : { name, value, layout: 'plain' },
    ),
    outputs: [{ name: 'restored', value: output, layout: 'planar', ...enlarged }],
    weights,
    metadata: {
      task: task.id,
      scale: `${descriptor.scale}`,
      sizeMultiple: `${descriptor.sizeMultiple}`,
      ...metadata,
    },
  });
}

/** From the photo to the finished picture: what `restoreImage` does with a single tile. */
function restoration(network: RestorationModel, task: TaskDefinition, tensors: NamedTensors): Tensor {
  const { image, noise, mask } = tensors as { image: Tensor4D; noise?: Tensor2D; mask?: Tensor4D };
  const inputs = { image, ...(mask && { mask }) };
  const input = task.prepare(inputs);
  const ipr = network.prior && noise && estimatePrior(network.prior, input, noise).ipr;
  return task.compose(network.restore(input, ipr), inputs);
}
