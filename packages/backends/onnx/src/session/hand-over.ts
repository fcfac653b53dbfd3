import type { InferenceSession } from 'onnxruntime-common';
import type { OnnxModel, OnnxTensor } from '../model-file/onnx-model';
import { type PlaceConstant, writeOnnxModel } from '../model-file/write-onnx-model';

/** Makes a session of the bytes of an .onnx file, with these options beside those that all graphs have. */
type CreateSession = (
  bytes: Uint8Array,
  options: InferenceSession.SessionOptions,
) => Promise<InferenceSession>;

export interface HandedOver {
  readonly session: InferenceSession;
  /** Releases the session and all that had to stay as long as it. */
  release(): Promise<void>;
}

/**
 * A way to give a graph with its weights to onnxruntime. Weights inside the .onnx file would be copied four
 * times while it is written and read; beside it onnxruntime takes each from where it lies.
 */
export type HandOver = (model: OnnxModel, create: CreateSession) => Promise<HandedOver>;

/** Small constants lie inside the file: onnxruntime reads shapes early, and little would be gained. */
const INSIDE_BYTES = 2 ** 10;

/** Puts constants outside the file but small ones. */
export function outside(
  place: (name: string, tensor: OnnxTensor) => ReturnType<PlaceConstant>,
): PlaceConstant {
  return (name, tensor) => (tensor.byteLength < INSIDE_BYTES ? undefined : place(name, tensor));
}

/** Weights as they lie in JavaScript's memory, each a file of its own to onnxruntime. */
export const handOverInMemory: HandOver = async (model, create) => {
  const externalData: { path: string; data: Uint8Array }[] = [];
  const place = outside((name, tensor) => {
    externalData.push({ path: name, data: tensor.data() });
    return { location: name, offset: 0 };
  });
  return withoutRest(await create(writeOnnxModel(model, place), { externalData }));
};

/** In a scope of its own, that the weights do not live as long as what releases the session. */
function withoutRest(session: InferenceSession): HandedOver {
  return { session, release: () => session.release() };
}
