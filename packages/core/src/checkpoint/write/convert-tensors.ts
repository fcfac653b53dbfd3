import { CheckpointError } from '../../errors/checkpoint-error';
import type { StateDict, StoredTensor, StoredType } from '../state-dict';
import { doubleToHalf } from '../values/double-to-half';
import { float32ToHalf, maxHalf } from '../values/half-float';
import { bytesOf, float64View } from '../values/typed-views';
import type { TensorToWrite } from './tensor-to-write';

/** Which type floating-point values get; `keep` leaves every tensor as it is, bit by bit. */
export type TargetType = 'keep' | 'f32' | 'f16';

export interface ConvertOptions {
  readonly dtype?: TargetType;
}

/**
 * Makes the tensors of a checkpoint ready for a writer. Floating-point tensors get the target type, rounded
 * to nearest with ties to even; integers and truth values are kept as they are. With `f16`, vectors and
 * scalars (biases, norms, schedule tables) become `f32`: they take no room and their digits matter. Names
 * that share one tensor stay shared. Values are read one tensor at
 * a time, when the writer asks for them, and then rejected with CheckpointError if one is finite but too large
 * for the target type.
 */
export function* convertTensors(
  stateDict: StateDict,
  { dtype = 'keep' }: ConvertOptions = {},
): Generator<TensorToWrite> {
  const firstNames = new Map<StoredTensor, string>();
  for (const [name, tensor] of stateDict) {
    const target = targetOf(tensor, dtype);
    const sameAs = firstNames.get(tensor);
    if (sameAs === undefined) firstNames.set(tensor, name);
    yield {
      name,
      dtype: target,
      shape: tensor.shape,
      bytes: () => convert(name, tensor, target),
      ...(sameAs !== undefined && { sameAs }),
    };
  }
}

function targetOf(tensor: StoredTensor, wanted: TargetType): StoredType {
  if (wanted === 'keep' || !floatTypes.has(tensor.dtype)) return tensor.dtype;
  return wanted === 'f16' && tensor.shape.length < 2 ? 'f32' : wanted;
}

const floatTypes: ReadonlySet<StoredType> = new Set(['f64', 'f32', 'f16', 'bf16']);
const maxFloat32 = (2 - 2 ** -23) * 2 ** 127;

async function convert(name: string, tensor: StoredTensor, target: StoredType): Promise<Uint8Array> {
  if (tensor.dtype === target) return tensor.loadBytes();
  if (tensor.dtype === 'f64') {
    const values = float64View(await tensor.loadBytes());
    checkFits(name, values, target);
    return bytesOf(target === 'f16' ? Uint16Array.from(values, doubleToHalf) : new Float32Array(values));
  }
  const values = await tensor.load();
  checkFits(name, values, target);
  return bytesOf(target === 'f16' ? float32ToHalf(values) : values);
}

/** What is infinite or not a number already stays so and is no error. */
function checkFits(name: string, values: Float32Array | Float64Array, target: StoredType): void {
  const limit = target === 'f16' ? maxHalf : maxFloat32;
  for (const value of values) {
    if (Math.abs(value) > limit && Number.isFinite(value)) {
      throw new CheckpointError({
        subject: name,
        problem: `has the value ${value}, too large for ${target}`,
        remedy: target === 'f16' ? 'convert to f32 instead' : 'keep the type it has',
      });
    }
  }
}
